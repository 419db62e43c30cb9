#!/usr/bin/env bash
# Django's deployment check with the production settings and the example of an environment; and whether every static
# file that another one names is there.
set -euo pipefail
cd "$(dirname "$0")/.."

set -a
# shellcheck source=deploy/env.example
. deploy/env.example
SECRET_KEY=$(.venv/bin/python -c "import secrets; print(secrets.token_urlsafe(64))")
PORTAL_VAR=$(mktemp -d)
set +a
trap 'rm -rf "$PORTAL_VAR"' EXIT
.venv/bin/python manage.py check --deploy --fail-level WARNING
.venv/bin/python manage.py collectstatic --noinput --verbosity 0
