# A fresh machine needs python3 (3.10 or newer), node (20 or newer), make and git; the rest is set up here.
#
#   make notebook   JupyterLab with the quickstart open   (ARGS=--no-browser, ARGS=--port=9000, ...)
#   make test       everything that has to hold before a change lands
#   make test-hosts     the widget in Notebook 7, nbclassic, marimo and Voila, and shared by two; installs 0.5 GB into .hosts
#   make audit          known weaknesses of what we depend on, as PyPI and npm know them
#   make test-interop   other tools read our files; installs 3 GB of them into .interop

PYTHON ?= python3
BIN := .venv/bin
BUNDLE := src/boxreel/widget/static/widget.js
BUNDLE_SOURCES := js/build.mjs $(shell find js/src -type f -not -name '*.test.ts*')
ROOT_USER := $(filter 0,$(shell id -u))

.DELETE_ON_ERROR:
.PHONY: setup build notebook test check check-python check-js test-js test-python test-interop test-hosts e2e bench audit clean

setup: .venv/installed build

build: $(BUNDLE)

notebook: setup
	$(BIN)/jupyter lab --ServerApp.root_dir=notebooks --LabApp.default_url=/lab/tree/quickstart.ipynb \
		$(if $(ROOT_USER),--allow-root) $(ARGS)

test: check test-js test-python e2e

check: check-python check-js

check-python: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check-js: js/node_modules/installed
	cd js && npm run --silent check

test-js: js/node_modules/installed
	cd js && npm run --silent test

test-python: setup
	$(BIN)/pytest -m 'not e2e and not interop and not hosts' --numprocesses=2 $(ARGS)

e2e: setup .venv/chromium
	$(BIN)/pytest -m e2e --numprocesses=2 --dist=loadfile $(ARGS)

test-interop: setup
	$(BIN)/pytest tests/interop -m interop --timeout=0 $(ARGS)

test-hosts: setup .venv/chromium .hosts/installed
	$(BIN)/pytest tests/hosts -m hosts $(ARGS)

bench: setup .venv/chromium
	for benchmark in benchmarks/*.py; do PYTHONPATH=. $(BIN)/python $$benchmark || exit 1; done

audit: .audit/installed js/node_modules/installed
	.audit/bin/pip-audit --strict --progress-spinner off .
	cd js && npm audit

clean:
	rm -rf .venv .interop .hosts .audit dist js/node_modules $(dir $(BUNDLE)) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# SKIP_JUPYTER_BUILDER: the rule of the bundle builds it, pip need not do it again.
# TrackEval, which the metrics are held against, runs without the half a gigabyte that it asks for.
.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	SKIP_JUPYTER_BUILDER=1 $(BIN)/python -m pip install --quiet --editable '.[test]'
	$(BIN)/python -m pip install --quiet --no-deps trackeval==1.3.0
	touch $@

.hosts/installed: tests/hosts/requirements.txt pyproject.toml | build
	$(PYTHON) -m venv --clear .hosts
	SKIP_JUPYTER_BUILDER=1 .hosts/bin/python -m pip install --quiet --requirement $< --editable .
	touch $@

.audit/installed:
	$(PYTHON) -m venv --clear .audit
	.audit/bin/python -m pip install --quiet pip-audit
	touch $@

.venv/chromium: tests/e2e/chromium.py | .venv/installed
	$(BIN)/python tests/e2e/chromium.py
	touch $@

js/node_modules/installed: js/package.json js/package-lock.json
	cd js && npm ci --no-audit --no-fund
	touch $@

$(BUNDLE): $(BUNDLE_SOURCES) js/node_modules/installed
	cd js && npm run --silent build
