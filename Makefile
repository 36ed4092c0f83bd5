# One command each; `make` alone lists them.

PY = .venv/bin/python
JS_TESTS = $(shell find tests static -name node_modules -prune -o -name '*.test.*js' -print 2>/dev/null)
LOCK = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

MINUTES = 10

.PHONY: help run setup test check bench bench-history faults soak fix lock screenshots words dev tools \
	lint types sizes
.NOTPARALLEL:

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; \
	do printf '  make %-12s %s\n' "$$name" "$$what"; done

run: setup ## everything: install, migrate, serve http://127.0.0.1:8000
	@.venv/bin/python app.py --first-run

setup: ## only .venv with what the server needs
	@scripts/setup requirements.txt

test: dev tools ## every test, and first what they need (ARGS="-k word" for some)
	$(if $(JS_TESTS),node --test $(JS_TESTS))
	$(PY) -m pytest -n auto --dist worksteal $(ARGS)

check: lint types test sizes ## all that CI runs: format, lint, types, tests

bench: dev tools ## the benchmarks
	$(PY) -m bench $(ARGS)

bench-history: dev tools ## how costs grow up to ten million texts (ARGS="--sizes 10000" for less)
	$(PY) -m bench.growth $(ARGS)

faults: dev tools ## do everything that can go wrong; fails when a promise is broken
	$(PY) -m faults $(ARGS)

soak: dev tools ## a steady load for MINUTES=10, and whether memory is steady
	$(PY) -m faults.soak --minutes $(MINUTES) $(ARGS)

fix: dev ## put the code in order
	$(PY) -m ruff format
	$(PY) -m ruff check --fix

lock: dev ## pin again what requirements.in and requirements-dev.in ask for
	$(PY) -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt

screenshots: dev tools ## take the pictures that the documents show
	$(PY) -m tests.screenshots

words: dev ## gather what people read for translating, and compile what is translated
	$(PY) -m scripts.words

dev:
	@scripts/setup requirements-dev.txt

tools: dev
	@scripts/test-tools

lint: dev
	$(PY) -m ruff format --check
	$(PY) -m ruff check

types: dev
	$(PY) -m mypy

sizes:
	@$(PY) scripts/sizes.py
