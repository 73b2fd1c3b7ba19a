.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input -c constraints.txt
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
BENCH_STAMP := .venv/.installed-bench
# Tools of the supply chain stand apart: what they need is no part of the product or its tests.
SUPPLY := .venv/supply
# The tests of a module stay together, so that each process sets up few of them.
PYTEST := $(BIN)/python -m pytest -n logical --dist worksteal
# Tracing half as much again as the tests take: in CI, and where it is asked for.
COVERAGE := --cov --cov-report=term-missing:skip-covered
MINUTES ?= 10
ROOMS := accounts bot cli complaints database deadlines kernel knowledge localisation messaging notifications \
	oversight registry_data reminders reports localgram/src tools
NODE_PACKAGES := grammy@1.46.0 telegraf@4.16.3

.PHONY: help setup run test check static test-fast test-long soak coverage bench where lock sbom pin-images migrate prove-contributing screenshots format

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DEV_STAMP) ## make .venv and install everything, pinned

run: $(RUN_STAMP) ## the bot on a local Telegram (on Telegram itself where QYZMET_BOT_TOKEN is set)
	@if [ -n "$$QYZMET_BOT_TOKEN" ]; then exec $(BIN)/qyzmet run; else exec $(BIN)/qyzmet demo; fi

test: static ## every check, and every test but the long ones
	@echo "── Running the tests …"
	@$(PYTEST) -m "not long" $(if $(CI),$(COVERAGE))

test-long: $(DEV_STAMP) ## the tests that take longest: killed processes, stopped databases, years of reminders
	@echo "── Running the long tests …"
	@$(PYTEST) -m long

test-fast: $(DEV_STAMP) ## the tests that need no browser, no PostgreSQL, no whole bot and little time
	@$(PYTEST) -q -m "not postgres and not browser and not bot and not long and not slow"

coverage: $(DEV_STAMP) ## the tests of make test, and which lines and branches they reach
	@$(PYTEST) -m "not long" $(COVERAGE)

soak: $(DEV_STAMP) ## minutes of faults, of a hostile Telegram, of damaged files and of random input: make soak MINUTES=30
	@echo "── Two soaks of $(MINUTES) minutes side by side, at most as many of damaged files beside them …"
	@$(BIN)/python -m bench.soak --minutes $(MINUTES) --people 8 & one=$$!; \
	$(BIN)/python -m bench.soak --hostile --minutes $(MINUTES) --people 8 & two=$$!; \
	$(BIN)/python -m bench.strangers --mutations 100000 --minutes $(MINUTES) & three=$$!; \
	failed=0; for part in $$one $$two $$three; do wait $$part || failed=1; done; exit $$failed
	@echo "── $(MINUTES) minutes of random input …"
	@end=$$(( $$(date +%s) + 60 * $(MINUTES) )); \
	while [ $$(date +%s) -lt $$end ]; do $(PYTEST) -q -m "fuzz and not long" || exit 1; done

check: static ## format, lint, types, import contracts, texts, data
	@echo "── Texts in three languages …" && $(BIN)/python -m pytest tests/texts -q --no-header -p no:randomly

static: $(DEV_STAMP)
	@echo "── Format …" && $(BIN)/ruff format --check --quiet .
	@echo "── Lint …" && $(BIN)/ruff check --quiet .
	@echo "── Spelling …" && $(BIN)/codespell
	@echo "── Types …" && $(BIN)/mypy
	@echo "── Security …" && $(BIN)/bandit --quiet --configfile pyproject.toml --recursive $(ROOMS) 2> .venv/bandit.log || { cat .venv/bandit.log; exit 1; }
	@echo "── Import contracts …" && $(BIN)/lint-imports --no-logo > .venv/imports.log || { cat .venv/imports.log; exit 1; }
	@echo "── Registry data …" && $(BIN)/qyzmet registry check

bench: $(BENCH_STAMP) ## measure: answers against rivals, questions a second, due dates against a naive count, crashes, many notices
	@$(BIN)/python -m bench.answers.comparison
	@$(BIN)/python -m bench.answers.scale
	@$(BIN)/python -m bench.throughput
	@$(BIN)/python -m bench.deadlines
	@$(BIN)/python -m bench.crashes
	@$(BIN)/python -m bench.notices
	@$(BIN)/python -m bench.flood.told_to_wait
	@$(BIN)/python -m bench.reports
	@$(BIN)/python -m bench.redating
	@$(BIN)/python -m bench.complaints
	@$(BIN)/python -m bench.counting
	@$(BIN)/python -m bench.reminders
	@$(BIN)/python -m bench.reminders_years --years 5 --crashes 500
	@$(BIN)/python -m bench.load.roles
	@$(BIN)/python -m bench.load.latency
	@$(BIN)/python -m bench.load.country
	@$(BIN)/python -m bench.load.hot_spots
	@$(BIN)/python -m bench.walks

where: ## the files whose path or docstrings tell of these words: make where w="deputy leave"
	@$(PYTHON) -m tools.where "$$w"

lock: $(SUPPLY)/.installed ## requirements.lock anew: what production installs, pinned in constraints.txt, with its hashes
	@CUSTOM_COMPILE_COMMAND="make lock" $(SUPPLY)/bin/pip-compile --quiet --generate-hashes --no-annotate --strip-extras \
		--allow-unsafe --build-deps-for wheel --no-emit-options --constraint constraints.txt \
		--output-file requirements.lock pyproject.toml

sbom: $(SUPPLY)/.installed ## what production holds, from requirements.lock: deploy/sbom.cdx.json and deploy/licences.md
	@$(PYTHON) -m venv --clear $(SUPPLY)/production
	@$(SUPPLY)/production/bin/pip --disable-pip-version-check --quiet install --no-input --require-hashes -r requirements.lock
	@$(SUPPLY)/production/bin/pip --disable-pip-version-check --quiet uninstall --yes pip setuptools
	@$(SUPPLY)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-format JSON \
		--output-file deploy/sbom.cdx.json $(SUPPLY)/production
	@$(SUPPLY)/bin/python -m tools.sbom deploy/sbom.cdx.json
	@$(SUPPLY)/bin/pip-licenses --python $(SUPPLY)/production/bin/python --format markdown --order name \
		--output-file deploy/licences.md >/dev/null

pin-images: $(DEV_STAMP) ## the images of deploy/ by the digests their registry gives today (needs skopeo)
	@$(BIN)/python -m tools.pin_images

migrate: $(DEV_STAMP) ## write a migration for what the tables have become: make migrate m="why"
	@$(BIN)/python -m tools.migrate "$(m)"

prove-contributing: $(DEV_STAMP) ## follow each recipe of CONTRIBUTING.md in a copy of the tree
	@$(BIN)/python -m tools.prove_contributing

screenshots: $(DEV_STAMP) ## make every picture of docs/ again (needs Chromium, LibreOffice, poppler and the Noto fonts)
	@$(BIN)/python -m tools.screenshots
	@$(BIN)/python -m tools.report_pictures

format: $(DEV_STAMP) ## format the code and mend what the linter can
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Qyzmet needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@echo "── Making .venv …"
	@$(PYTHON) -m venv .venv
	@touch $@

$(RUN_STAMP): .venv/.made pyproject.toml localgram/pyproject.toml constraints.txt
	@echo "── Installing the pinned packages into .venv (once; a minute or two) …"
	@$(PIP) --quiet --progress-bar on -e ./localgram -e '.[local]'
	@touch $@

$(DEV_STAMP): .venv/.made pyproject.toml localgram/pyproject.toml constraints.txt
	@echo "── Installing the pinned packages and the tools of the tests into .venv (once; a few minutes) …"
	@$(PIP) --quiet --progress-bar on -e ./localgram -e '.[dev]'
	@if command -v npm >/dev/null; then \
		echo "── Installing two bot libraries of JavaScript for localgram's tests …"; \
		npm install --silent --no-audit --no-fund --prefix .venv/node $(NODE_PACKAGES) \
			|| echo "They could not be installed: their tests are left out."; \
	fi
	@touch $(RUN_STAMP) $@

$(SUPPLY)/.installed: pyproject.toml constraints.txt
	@echo "── Installing the tools of the supply chain …"
	@$(PYTHON) -m venv --clear $(SUPPLY)
	@$(SUPPLY)/bin/pip --disable-pip-version-check --quiet install --no-input -c constraints.txt \
		cyclonedx-bom pip-licenses pip-tools
	@touch $@

$(BENCH_STAMP): $(DEV_STAMP)
	@echo "── Installing the rivals of the benchmarks …"
	@$(PIP) --quiet --progress-bar on -e ./localgram -e '.[dev,bench]'
	@touch $@
