# Each verb sets up what it needs. `make` alone lists them.
# Kept to what GNU make 3.81 and the BSD tools of macOS understand.

SHELL = /bin/sh
PYTHON = .venv/bin/python
SETUP = sh scripts/bootstrap.sh
ARGS =
WORKERS = auto

.PHONY: help demo test lint bench screens

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: ## set up, rank the packaged index, write report.html
	@$(SETUP) run
	@.venv/bin/rankscope demo $(ARGS)

test: ## set up, browser and LibreOffice included, and run the tests (ARGS="-k ties" for some, WORKERS=0 to debug)
	@$(SETUP) test
	@$(PYTHON) -m tests.support.browser ensure || echo "The tests that need one are skipped."
	@$(PYTHON) -m tests.support.office ensure || echo "The tests that need it are skipped."
	@$(PYTHON) -m pytest -n $(WORKERS) --maxprocesses 4 $(ARGS)

lint: ## check style, types and who imports whom
	@$(SETUP) dev
	@failed=0; for check in "ruff check ." "ruff format --check ." mypy lint-imports; do \
		echo "$$check"; .venv/bin/$$check || failed=1; \
	done; exit $$failed

bench: ## measure against the budgets, write benchmarks/RESULTS.md
	@$(SETUP) test
	@if test -f benchmarks/__main__.py; then $(PYTHON) -m benchmarks $(ARGS); else echo "There are no benchmarks yet."; fi

screens: ## photograph the report and the explorer at desktop and phone width into docs/screens/
	@$(SETUP) test
	@$(PYTHON) -m tests.support.browser ensure
	@$(PYTHON) -m tests.support.screens $(ARGS)
