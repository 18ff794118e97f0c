# Two commands matter: `make run` and `make test`. Both install what is missing first. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
DOCUMENTS ?= 1000
SOURCES ?= $(wildcard samples/*.txt samples/*.pdf)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: run
run: setup ## ingest samples/ into out/ through the Prefect flow (SOURCES=… OUT=… to change)
	@$(BIN)/python -m flows run $(SOURCES) --out $(OUT)

.PHONY: test
test: setup-test ## everything a change must pass: lint, types, imports, schema, tests with coverage
	@echo "== lint, types, import rules, schema"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m schemas.export --check
	@echo "== tests (about five minutes on two cores)"
	@$(BIN)/python -m pytest -m "not browser and not slow" --cov --cov-report=
	@echo "coverage of schemas, pipeline and flows: $$($(BIN)/coverage report --format=total) % of the lines"

.PHONY: test-all
test-all: setup-browser ## test, and what is slow or needs a browser
	@$(MAKE) --no-print-directory test
	@$(BIN)/python -m pytest -m "browser or slow"

.PHONY: serve
serve: setup ## start a Prefect server, a worker and the deployments; Ctrl-C stops all
	@$(BIN)/python -m flows serve --out $(OUT)

.PHONY: bench
bench: setup-test ## speed and memory, as ratios inside one run; writes tests/bench/report.json
	@$(BIN)/python -m tests.bench

.PHONY: bench-flow
bench-flow: setup-test ## 1,000 letters by the deployed flow beside the command line, and what Retry costs (DOCUMENTS=…)
	@$(BIN)/python -m tests.bench.flow $(DOCUMENTS)

.PHONY: samples
samples: setup-test ## draw the sample PDFs again from the sample texts
	@$(BIN)/python samples/draw.py

.PHONY: schema
schema: setup ## write schemas/json from the models
	@$(BIN)/python -m schemas.export

.PHONY: profiles
profiles: setup-test ## fit the language tables anew from gathered texts (TEXTS=folder; see pipeline/languages/training)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[profiles]'
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pipeline.languages.training $(TEXTS)

.PHONY: outlines
outlines: setup ## add the glyph outlines of PDFs to the table that mends false text layers (FILES=…)
	@$(BIN)/python -m pipeline.pages.learning $(FILES)

.PHONY: format
format: setup-test ## put the code into form
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format -q .

.PHONY: setup
setup: $(VENV)/.installed-run ## install the Debian packages, the virtual environment and the project

.PHONY: setup-test
setup-test: $(VENV)/.installed-test

.PHONY: setup-browser
setup-browser: $(VENV)/.installed-test
	@PYTHON=$(PYTHON) sh .ci/system browser

$(VENV)/.installed-run: pyproject.toml .ci/system .ci/constraints.txt
	@PYTHON=$(PYTHON) sh .ci/system run
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making the virtual environment"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the project (two minutes the first time)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .
	@$(BIN)/python -m compileall -q schemas pipeline flows
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed-run
	@PYTHON=$(PYTHON) sh .ci/system test
	@echo "Installing what the tests need (a minute or two)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e ".[dev]"
	@touch $@

.PHONY: clean
clean: ## remove the virtual environment, out/ and caches
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build *.egg-info
