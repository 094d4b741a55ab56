# Two commands do it all on a fresh machine with Python 3.11, make and git:
#   make site   the environment, the seeds imported, The Update Desk built into build/
#   make test   the environment with what tests need, and every test, the long ones with a sample of what they can try
#
# `make test-long` tries all of it, for hours.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test test-long lint docs bench bench-large wheel clean

$(VENV)/site.stamp: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Slugline needs Python 3.11 or later; say which with PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

# The seed of The Update Desk names no date and no section: its importing editor did.
site: $(VENV)/site.stamp
	$(BIN)/slugline import seeds/ --date 2026-01-24 --section world
	$(BIN)/slugline build
	@$(BIN)/python tools/where.py

test: $(VENV)/test.stamp
	$(BIN)/python -m ruff check
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n auto --dist loadgroup

test-long: export SLUGLINE_LONG := 1
test-long: test

lint: $(VENV)/test.stamp
	$(BIN)/python -m ruff check
	$(BIN)/python -m mypy

# The documentation as a site: to look at it, python3 -m http.server -d docs-site
docs: $(VENV)/test.stamp
	$(BIN)/python tools/docs_site.py docs-site

bench: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	mkdir -p bench/results docs
	$(BIN)/python -m bench.run --stories 10000 --runs 5 --result bench/results/10000.json --table bench/results/10000.md --plot docs/performance.svg

bench-large: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	mkdir -p bench/results
	$(BIN)/python -m bench.run --stories 10000 --large 100000 --runs 5 --peers hugo --variants plain --result bench/results/100000.json --table bench/results/100000.md

wheel: $(VENV)/test.stamp
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf build .slugline .build.staging dist docs-site
