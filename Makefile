# The ways to work with the portal. `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
APPS := portal home knowledge mentoring matching search
CATALOGUES := $(patsubst %.po,%.mo,$(shell find locale -name "*.po"))
# Which tests a run leaves to another one; see the markers in pyproject.toml.
WITHOUT_SERVERS := not browser and not postgresql and not elasticsearch and not stress and not audit
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
# Where the servers of `make services` are; no address of a cluster where there is no Java for it.
SERVERS = DATABASE_URL=$$(deploy/services.sh url) PORTAL_ELASTICSEARCH_URL=$$(deploy/services.sh search-url)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

## Every day

.PHONY: run
run: .venv/base $(CATALOGUES)  ## start the portal with demo content at http://localhost:8000
	@$(MANAGE) run

.PHONY: test
test: .venv/dev $(CATALOGUES)  ## the whole suite on SQLite, without servers
	@env -u DATABASE_URL -u PORTAL_ELASTICSEARCH_URL $(PYTEST) -m "$(WITHOUT_SERVERS)"

.PHONY: check
check: export DATABASE_URL = sqlite://:memory:
check: .venv/dev $(CATALOGUES)  ## format, lint, types, imports, templates, catalogue, migrations, settings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	find $(APPS) -name "*.html" -print0 | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/curlylint --quiet $(APPS)
	$(MANAGE) catalogue check
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING
	deploy/check.sh

.PHONY: format
format: .venv/dev  ## let the tools mend what they can: layout of Python and templates, order of imports
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	find $(APPS) -name "*.html" -print0 | xargs -0 $(BIN)/djade --target-version 5.2

.PHONY: messages
messages: .venv/dev  ## collect new texts into the German and Czech catalogues
	@$(MANAGE) catalogue update

## With servers

.PHONY: services
services:  ## install and start what test-all needs: PostgreSQL, Elasticsearch (ports 55432, 55920) and Chromium
	@deploy/services.sh install
	@deploy/services.sh start

.PHONY: services-stop
services-stop:  ## stop them again
	@deploy/services.sh stop

.PHONY: test-all
test-all: .venv/dev $(CATALOGUES)  ## the whole suite on PostgreSQL and Elasticsearch, in a browser too (after make services)
	@$(SERVERS) $(PYTEST) -m "not stress and not audit"

# The first test that needs them would fill them, while the others wait.
.PHONY: test-databases
test-databases: export DJANGO_SETTINGS_MODULE = portal.settings.test
test-databases: .venv/dev $(CATALOGUES)  ## fill the databases that tests begin with, beforehand (after make services)
	@env -u DATABASE_URL -u PORTAL_ELASTICSEARCH_URL $(BIN)/python -m tests.databases
	@$(SERVERS) $(BIN)/python -m tests.databases

.PHONY: ready
ready: .venv/dev $(CATALOGUES)  ## install all that is needed to develop

.PHONY: stress
stress: .venv/dev $(CATALOGUES)  ## races and crashes, many rounds (after make services)
	@$(SERVERS) $(BIN)/python -m pytest -m stress

.PHONY: audit
audit: .venv/dev $(CATALOGUES) var/vnu.jar  ## accessibility of every page in every width, light and dark (after make services)
	@$(SERVERS) $(PYTEST) -m audit

.PHONY: bench
bench: .venv/dev $(CATALOGUES)  ## measure speed; `make bench search` and `make bench matching` measure quality
	@$(BIN)/python -m tests.benchmarks $(filter-out bench,$(MAKECMDGOALS))

# Words after `bench`, not goals of their own.
ifneq ($(filter bench,$(MAKECMDGOALS)),)
.PHONY: $(filter-out bench,$(MAKECMDGOALS))
$(filter-out bench,$(MAKECMDGOALS)): ;
endif

## Once in a while

.PHONY: requirements
requirements: .venv/dev  ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade \
		pyproject.toml --output-file requirements/base.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade \
		pyproject.toml --group dev --constraint requirements/base.txt --output-file requirements/dev.txt

.PHONY: help
help:  ## this list
	@awk -F ':.*## ' '/^## /{print "\n" substr($$0, 4)} /^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

# Files

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(PYTHON) -c \
		'import sys; print("Python cannot make a virtual environment yet: apt-get install python3.%d-venv" % sys.version_info[1])'; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/base .venv/dev: .venv/%: requirements/%.txt | .venv/bin/python
	@echo "Installing requirements/$*.txt ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

var/vnu.jar: deploy/html-checker.sh
	@$<

%.mo: %.po | .venv/base
	@$(MANAGE) catalogue compile
