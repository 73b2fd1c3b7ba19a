.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input -c constraints.txt
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
BENCH_STAMP := .venv/.installed-bench

.PHONY: help setup run test check test-fast bench migrate screenshots format

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DEV_STAMP) ## make .venv and install everything, pinned

run: $(RUN_STAMP) ## the bot on a local Telegram (on Telegram itself where QYZMET_BOT_TOKEN is set)
	@if [ -n "$$QYZMET_BOT_TOKEN" ]; then exec $(BIN)/qyzmet run; else exec $(BIN)/qyzmet demo; fi

test: check ## every check and every test
	@echo "── Running all tests …"
	@$(BIN)/python -m pytest -n logical --cov --cov-report=term-missing:skip-covered

check: $(DEV_STAMP) ## format, lint, types, arrows, texts, data
	@echo "── Format …" && $(BIN)/ruff format --check --quiet .
	@echo "── Lint …" && $(BIN)/ruff check --quiet .
	@echo "── Spelling …" && $(BIN)/codespell
	@echo "── Types …" && $(BIN)/mypy
	@echo "── Arrows between the rooms …" && $(BIN)/lint-imports --no-logo > .venv/arrows.log || { cat .venv/arrows.log; exit 1; }
	@echo "── Texts in three languages …" && $(BIN)/python -m pytest tests/texts -q --no-header -p no:randomly
	@echo "── Registry data …" && $(BIN)/qyzmet registry check

test-fast: $(DEV_STAMP) ## the tests that need no browser, no PostgreSQL and little time
	@$(BIN)/python -m pytest -q -m "not postgres and not browser and not slow"

bench: $(BENCH_STAMP) ## measure: answers against rivals, questions a second, due dates against a naive count, crashes, many notices
	@$(BIN)/python -m bench.answers.rivals
	@$(BIN)/python -m bench.answers.scale
	@$(BIN)/python -m bench.throughput
	@$(BIN)/python -m bench.deadlines
	@$(BIN)/python -m bench.crashes
	@$(BIN)/python -m bench.notices
	@$(BIN)/python -m bench.reports
	@$(BIN)/python -m bench.redating
	@$(BIN)/python -m bench.complaints
	@$(BIN)/python -m bench.counting
	@$(BIN)/python -m bench.reminders
	@$(BIN)/python -m bench.reminders_years --years 5 --crashes 500
	@$(BIN)/python -m bench.load.roles
	@$(BIN)/python -m bench.load.latency
	@$(BIN)/python -m bench.load.country
	@$(BIN)/python -m bench.load.hottest
	@$(BIN)/python -m bench.walks

migrate: $(DEV_STAMP) ## write a migration for what the tables have become: make migrate m="why"
	@$(BIN)/python -m tools.migrate "$(m)"

screenshots: $(DEV_STAMP) ## make every picture of docs/ again (needs Chromium, LibreOffice and poppler)
	@$(BIN)/python -m tools.screenshots
	@$(BIN)/python -m tools.report_pictures

format: $(DEV_STAMP) ## format the code and mend what the linter can
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Qyzmet needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@echo "── Making .venv …"
	@$(PYTHON) -m venv .venv
	@touch $@

$(RUN_STAMP): .venv/.made pyproject.toml constraints.txt
	@echo "── Installing the pinned packages into .venv (once; a minute or two) …"
	@$(PIP) --quiet --progress-bar on -e '.[local]'
	@touch $@

$(DEV_STAMP): .venv/.made pyproject.toml constraints.txt
	@echo "── Installing the pinned packages and the tools of the tests into .venv (once; a few minutes) …"
	@$(PIP) --quiet --progress-bar on -e '.[dev]'
	@touch $(RUN_STAMP) $@

$(BENCH_STAMP): $(DEV_STAMP)
	@echo "── Installing the rivals of the benchmarks …"
	@$(PIP) --quiet --progress-bar on -e '.[dev,bench]'
	@touch $@
