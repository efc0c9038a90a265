# The chores. `make` alone lists them; each needs only Python 3.11+ and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# The tracer doubles what a test takes. So what is covered is measured without the tests of the content,
# and without those that take long and run few lines which the others leave out; without deadlines.
LONG := $(addprefix tests/,$(addsuffix .py,test_stores test_sources test_sentences \
  test_cite_questions test_cite_properties test_cite_covering reason/test_article reason/test_following \
  web/test_web_kept web/test_web_robust web/test_web_site))
COVERING := $(filter-out $(LONG),$(wildcard tests/test_*.py tests/reason/test_*.py tests/web/test_*.py)) \
  tests/repository/test_reference.py tests/repository/test_coverage.py

.DEFAULT_GOAL := help
.PHONY: help demo test coverage test-browser test-stores check golden docs fmt lint types benchmarks clean

help: ## list the chores
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/eurohpc-kg: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "eurohpc-kg needs Python 3.11 or newer: call make PYTHON=/path/to/python3.11" >&2; exit 3; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q src/eurohpc_kg # where PYTHONDONTWRITEBYTECODE is set, too
	@touch $@

$(VENV)/dev: $(BIN)/eurohpc-kg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(BIN)/eurohpc-kg ## build the graph, ask what one article says and what all say, with the sources
	$(BIN)/eurohpc-kg build
	$(BIN)/eurohpc-kg ask factories-targeting-sector --sector healthcare --document "vtv 2025-10-12" --sources
	$(BIN)/eurohpc-kg ask factories-targeting-sector --sector healthcare

test: $(VENV)/dev ## run all tests; ARGS="…" goes to pytest
	$(BIN)/python -m pytest -n auto $(ARGS)

coverage: $(VENV)/dev ## measure what the quicker half of the tests covers; refuses less than 90 %
	$(BIN)/python -m pytest -n auto --hypothesis-profile=ci --cov --cov-report=term $(COVERING)

test-browser: $(VENV)/dev ## install Chromium, and read the pages in it as five kinds of people do
	bash tests/browser/install.sh
	$(BIN)/python -m pytest tests/browser $(ARGS)

test-stores: $(VENV)/dev ## install the real stores, load and ask them, and write docs/reference/stores.md
	@for script in tests/stores/install/[!c]*.sh tests/stores/install/comunica.sh; do echo "$$script"; bash $$script || [ $$? = 3 ] || exit 1; done
	@bash tests/stores/run.sh $(BIN)/python; status=$$?; \
	$(BIN)/python tests/stores/record.py build/stores-*.xml && $(BIN)/python -m eurohpc_kg.reference && exit $$status

check: $(BIN)/eurohpc-kg ## check the graph: form, shapes, check queries, sizes, consistency
	$(BIN)/eurohpc-kg check

golden: $(VENV)/dev ## write the golden answers anew; the diff is the review
	$(BIN)/python tests/golden/rewrite.py
	$(BIN)/python tests/consoles.py

docs: $(VENV)/dev ## write docs/reference/ anew
	$(BIN)/python -m eurohpc_kg.reference

fmt: $(VENV)/dev ## write Turtle and Python in house form
	$(BIN)/eurohpc-kg fmt
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

lint: $(VENV)/dev ## look for faults of style
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

types: $(VENV)/dev ## check the types, strictly
	$(BIN)/mypy

benchmarks: $(VENV)/dev ## measure, beside peers
	$(BIN)/python -m benchmarks

clean: ## remove what was made here
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*
