# The commands a newcomer needs; `make` alone explains them. What a command needs and cannot have, it says in one line.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
SERVE ?= 1
UV ?= uv
# A Neo4j of yours is emptied by the tests: two runs at once would empty each other's.
TESTERS ?= $(if $(ZHIZE_TEST_NEO4J_URI),0,auto)
# The first Python on the path that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PIP := -m pip --disable-pip-version-check --quiet
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras

ENV := .venv
DEMO_ENV := .venv-demo
DEMO_STORE := embedded:./zhize-data-demo
QUESTION := 一盔一带由哪些单位负责?

.PHONY: help
help:
	@echo 'zhize 职责: who must do what, about whom, by when, to what number'
	@echo
	@echo '  make demo    install into $(DEMO_ENV), load examples/, answer a question, serve http://127.0.0.1:8000'
	@echo '               PORT=8001 serves elsewhere; SERVE=0 stops after the answer; PYTHON=… chooses the Python'
	@echo '  make test    everything: linters, types, all tests on Neo4j, on the embedded store and in Chromium, coverage'
	@echo '  make lint    linters and types only'
	@echo '  make docs    write the reference pages of docs/ and the answer in the READMEs anew'
	@echo '  make openapi write the description of the API that clients rely on: tests/data/openapi.json'
	@echo '  make quality measure extraction on the annotated texts: tests/eval/baseline.json and docs/quality.md'
	@echo '  make lock    choose newest allowed versions anew and write requirements/*.txt (needs uv)'
	@echo '  make clean   remove environments, caches and the demo store'
	@echo
	@echo 'One test:      $(ENV)/bin/python -m pytest tests/unit -k NAME        (after the first make test)'
	@echo 'Your own file: $(DEMO_ENV)/bin/zhize ingest FILE && $(DEMO_ENV)/bin/zhize ask "…"      (after make demo)'

.PHONY: demo
demo: $(DEMO_ENV)/.installed
	@if [ '$(SERVE)' != 0 ]; then tools/need.sh port $(DEMO_ENV)/bin/python '$(PORT)'; fi
	@$(DEMO_ENV)/bin/zhize ingest examples --store '$(DEMO_STORE)'
	@echo && echo '$$ zhize ask "$(QUESTION)"'
	@$(DEMO_ENV)/bin/zhize ask '$(QUESTION)' --store '$(DEMO_STORE)'
	@if [ '$(SERVE)' != 0 ]; then \
		echo && echo 'http://127.0.0.1:$(PORT)   (Ctrl+C stops it)'; \
		exec $(DEMO_ENV)/bin/zhize serve --host 127.0.0.1 --port '$(PORT)' --store '$(DEMO_STORE)'; \
	fi

# Editable, so that a change of the source shows in the next `make demo`; nothing is built with what was not locked.
$(DEMO_ENV)/.installed: requirements/runtime.txt requirements/build.txt pyproject.toml
	@tools/need.sh python '$(PYTHON)'
	@echo 'Installing into $(DEMO_ENV) (once)…'
	@[ -x $(DEMO_ENV)/bin/python ] || '$(PYTHON)' -m venv $(DEMO_ENV)
	@$(DEMO_ENV)/bin/python $(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(DEMO_ENV)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(ENV)/.installed: requirements/dev.txt pyproject.toml
	@tools/need.sh python '$(PYTHON)'
	@echo 'Installing into $(ENV) (once)…'
	@[ -x $(ENV)/bin/python ] || '$(PYTHON)' -m venv $(ENV)
	@$(ENV)/bin/python $(PIP) install --require-hashes -r requirements/dev.txt
	@$(ENV)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: lint
lint: $(ENV)/.installed
	$(ENV)/bin/ruff check .
	$(ENV)/bin/ruff format --check .
	$(ENV)/bin/mypy
	$(ENV)/bin/lint-imports --no-logo

# The needs come first: a missing browser is said at once, not after ten minutes of other tests.
.PHONY: test
test: $(ENV)/.installed
	@tools/need.sh chromium
	@tools/need.sh neo4j
	@$(MAKE) lint
	$(ENV)/bin/python -m pytest --numprocesses='$(TESTERS)' --dist=loadfile --cov --cov-report=term:skip-covered

.PHONY: docs
docs: $(ENV)/.installed
	$(ENV)/bin/python tools/docs.py
	$(ENV)/bin/python tools/transcript.py

# What clients rely on; refuses what would break them.
.PHONY: openapi
openapi: $(ENV)/.installed
	$(ENV)/bin/python tools/openapi.py

# The figures no type may fall below; a drop that is worth it is committed with its reason.
.PHONY: quality
quality: $(ENV)/.installed
	$(ENV)/bin/python -m tests.eval.baseline
	$(ENV)/bin/python tools/docs.py

.PHONY: lock
lock:
	@tools/need.sh uv '$(UV)'
	$(LOCK) pyproject.toml --extra fast -o requirements/runtime.txt
	$(LOCK) pyproject.toml --extra fast --extra lac --group dev -c requirements/runtime.txt -o requirements/dev.txt
	$(LOCK) requirements/build.in -c requirements/dev.txt -o requirements/build.txt

.PHONY: clean
clean:
	rm -rf $(ENV) $(DEMO_ENV) zhize-data-demo dist htmlcov .coverage .coverage.* \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
