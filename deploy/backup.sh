#!/usr/bin/env bash
# Writes database and uploads into one folder: deploy/backup.sh /var/backups/portal/2026-11-23
# Reads DATABASE_URL and PORTAL_VAR. Everything else is in the repository.
set -euo pipefail
folder=${1:?the folder to write to}
umask 077
mkdir -p "$folder"
pg_dump --format=custom --no-owner --file="$folder/database.dump" "$DATABASE_URL"
mkdir -p "$PORTAL_VAR/media"
tar --create --gzip --file="$folder/media.tar.gz" --directory="$PORTAL_VAR" media
