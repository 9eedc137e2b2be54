# Everything a person types. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := $(VENV)/bin
PIP_FLAGS ?=
# Half the cores keep the servers of the tests responsive; each worker has a database of its own. Tests that start
# whole stacks are grouped, so that they take turns.
JOBS ?= $(shell $(PYTHON) -c 'import os; print(max(2, (os.cpu_count() or 2) // 2))')

RUNTIME := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
LIVE ?=
# Résumés beside their truth files, for `make eval`.
LABELLED ?= ../shared/data
# Real postings as JSON lines, and how many rows they are multiplied to, for `make bench-catalogue`.
POSTINGS ?= ../shared/data/postings
ROWS ?= 100000

.PHONY: help demo up test check bench bench-catalogue eval lint types migrate storm

help: ## This list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  \033[1mmake %-15s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## The whole way on this machine: make demo [RESUME=cv.pdf] [LIVE=1]
	@$(BIN)/offerline demo $(if $(RESUME),"$(RESUME)") $(if $(LIVE),--live)

up: $(RUNTIME) ## Start everything in the foreground, data in var/
	@$(BIN)/offerline up

test: $(DEV) ## Every test, the storms in their short form
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

check: lint types $(DEV) ## What CI adds to the tests: lint, types, layers, schema, architecture
	$(BIN)/lint-imports
	$(BIN)/offerline migrate --check
	$(BIN)/python -m pytest -q tests/test_architecture.py

lint: $(DEV) ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## mypy, strict
	$(BIN)/mypy

bench: $(DEV) ## Throughput against plain Celery, as ratios
	$(BIN)/python -m benchmarks

bench-catalogue: $(DEV) ## Import against a bare COPY, and searches: make bench-catalogue [POSTINGS=folder] [ROWS=100000]
	POSTINGS="$(POSTINGS)" $(BIN)/python -m benchmarks.catalogue --rows $(ROWS)

eval: $(DEV) ## How well résumés are read, on labelled ones
	$(BIN)/offerline eval resumes "$(LABELLED)"

storm: $(DEV) ## The fault tests at full length
	$(BIN)/python -m pytest -m storm $(ARGS)

migrate: $(RUNTIME) ## Migrate the database of DATABASE_URL, or of the running stack
	$(BIN)/offerline migrate

# The stamps keep a second run from installing again.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet $(PIP_FLAGS) -c constraints.txt -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet $(PIP_FLAGS) -c constraints.txt -e '.[dev]'
	@touch $(RUNTIME) $@
