# Treffpunkt: every command a person needs. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
# The first Python that runs and is new enough: a name on the path may be a stand-in that does not.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
PYTEST := $(BIN)/pytest -n 2 --durations 25 --durations-min 5
INSTANCE_DIR ?= instance
export INSTANCE_DIR
# What Python compiled is kept: the tests start many processes, and pytest compiles each test anew for its messages.
unexport PYTHONDONTWRITEBYTECODE
# Links follow another port; on the usual one PUBLIC_URL is left to the settings, `.env` included.
ifneq ($(PORT),8000)
run: export PUBLIC_URL ?= http://localhost:$(PORT)
endif

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed. Install it, or say where it is: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv

$(RUN_STAMP): $(BIN)/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pybabel -q compile -d outreach/translations
	@touch $@

$(DEV_STAMP): $(BIN)/python requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

translations: | $(BIN)/python
	@$(BIN)/pybabel -q compile -d outreach/translations

# What works beside the web server: sends what is due, reads extracts in, makes letters, reads answers from calendars (where MAILBOX_URL
# is set), links the audit trail. It ends with the server.
define beside
$(BIN)/flask messages send-due --loop & sender=$$!; $(BIN)/flask register work --loop & reader=$$!; \
$(BIN)/flask letters work --loop & setter=$$!; \
$(BIN)/flask rsvp read-replies --loop & mailer=$$!; \
$(BIN)/flask audit link --loop >/dev/null & linker=$$!; trap "kill $$sender $$reader $$setter $$mailer $$linker 2>/dev/null" EXIT
endef
SERVE = $(BIN)/granian --interface wsgi --port $(PORT) --workers 2 --blocking-threads 1 --no-ws

demo: $(RUN_STAMP) translations
	@$(BIN)/flask db upgrade
	@$(BIN)/flask demo load --if-empty

run: demo ## serve the demo municipality on http://localhost:8000 (PORT=…)
	@$(beside); echo "Treffpunkt: http://localhost:$(PORT) (Ctrl-C stopper)"; \
	$(SERVE) --host 127.0.0.1 --log-level warning wsgi:app

run-https: export PUBLIC_URL ?= https://$(shell hostname):$(PORT)
run-https: demo ## the same with a local certificate, so that a real phone's camera works
	@$(BIN)/flask demo certificate $(INSTANCE_DIR)/tls
	@$(beside); $(SERVE) --host 0.0.0.0 \
	  --ssl-certificate $(INSTANCE_DIR)/tls/certificate.pem --ssl-keyfile $(INSTANCE_DIR)/tls/key.pem wsgi:app

machine: ## what the tests need besides Python: browser, PostgreSQL; installed or named
	@bash tests/machine.sh

test: $(DEV_STAMP) translations machine ## everything the tests need, then all tests on SQLite and PostgreSQL
	$(PYTEST) tests
	TEST_DATABASE=postgresql $(PYTEST) tests --ignore tests/browser --ignore tests/test_architecture.py
	node --test tests/door/*.test.mjs

lint: $(DEV_STAMP) ## style and security lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/bandit -q -r outreach -c pyproject.toml

types: $(DEV_STAMP) ## strict types
	$(BIN)/mypy

check: $(DEV_STAMP) ## lint, types, all tests: what continuous integration runs
	@$(MAKE) --no-print-directory --jobs 2 lint types
	@$(MAKE) --no-print-directory test

check-full: lint types ## the whole matrix: languages, widths, states (the proofs: make proofs)
	FULL_MATRIX=1 $(MAKE) test

vulnerabilities: $(DEV_STAMP) ## known vulnerabilities in the pinned packages (asks the network)
	$(BIN)/pip-audit -r requirements.txt --require-hashes --disable-pip

bench: $(DEV_STAMP) ## benchmarks: each figure as a ratio to a baseline of the same run
	$(BIN)/python -m benchmarks

proofs: $(DEV_STAMP) translations machine ## killed senders, rushes, doors, guesses, each with its control; hours, QUICK=1 minutes
	$(BIN)/python -m benchmarks.proofs $(if $(QUICK),--quick)

screenshots: $(DEV_STAMP) translations machine ## pictures of every page into docs/screens/
	$(BIN)/python -m tests.browser.screenshots

theme: ## build the vendored style again after a new version or component (needs Node and npm)
	sh docs/theme/build.sh

messages: $(DEV_STAMP) ## read new texts into the translation catalogues
	$(BIN)/pybabel -q extract -F outreach/translations/babel.cfg -k N_ -k _l -k lazy_gettext -o outreach/translations/messages.pot --no-location --sort-output --project Treffpunkt --version 1 .
	$(BIN)/pybabel -q update -i outreach/translations/messages.pot -d outreach/translations --no-fuzzy-matching --ignore-obsolete

lock: ## pin requirements with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean: ## remove what can be made again; the instance folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache

.PHONY: help demo run run-https machine test lint types check check-full bench proofs screenshots messages lock clean translations vulnerabilities
