#!/usr/bin/env bash
# Puts a backup back in place of what is there: deploy/restore.sh /var/backups/portal/2026-11-23
# Stop the portal first. Reads DATABASE_URL and PORTAL_VAR.
set -euo pipefail
folder=${1:?the folder to read from}
pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction --dbname="$DATABASE_URL" \
    "$folder/database.dump"
rm -rf "$PORTAL_VAR/media"
tar --extract --gzip --file="$folder/media.tar.gz" --directory="$PORTAL_VAR"
