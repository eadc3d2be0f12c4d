# Afterkit's commands. `make run` and `make test` need nothing but Python 3.11 and this file; `make help` lists all.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PO := $(wildcard locales/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
MIGRATIONS := $(wildcard store/migrations/*.py store/migrations/*/*.py)
# One stamp for each database: another DATABASE_URL is another database to migrate.
DATABASE := var/.ready-$(shell printf %s '$(value DATABASE_URL)' | cksum | cut -d ' ' -f 1)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where Python may not keep what it compiled, every process of ours takes seconds longer to start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run setup test check bench peers learn clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## set up, then start web, scheduler and simulator; Ctrl-C stops them
	@exec $(BIN)/afterkit run

setup: $(VENV)/.runtime $(MO) $(DATABASE) ## all that `make run` needs, without starting anything

test: setup $(VENV)/.dev ## set up, add the test tools, then check and test everything
	tools/install_test_programs
	$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.dev ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

bench: setup $(VENV)/.dev ## measure
	$(BIN)/python -m bench

peers: setup $(VENV)/.dev ## install what `make bench` compares with, apart from everything else
	$(BIN)/python -m venv var/peers
	var/peers/bin/pip install --quiet -r requirements.txt -r bench/peers/requirements.txt
	@command -v redis-server >/dev/null || echo "For Celery install redis-server too (apt-get install redis-server)."

learn: setup $(VENV)/.dev ## learn from tests/corpus what words suggest, after texts were added
	$(BIN)/python -m venv --system-site-packages var/learn
	var/learn/bin/pip install --quiet 'scikit-learn==1.9.1'
	PYTHONPATH=.:$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') var/learn/bin/python -m bench.hear_learn

clean: ## remove what set-up made, but not the data in var/
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis $(MO) var/.ready-*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	tools/make_venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	tools/install_packages $(VENV) requirements.txt
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	tools/install_packages $(VENV) requirements-dev.txt
	@touch $@

$(MO) &: $(PO) | $(VENV)/.runtime
	$(BIN)/python -m messages.compile
	@touch -c $(MO)

# Exit status 1 is the demo's refusal: a real Twilio account is configured and wants no demo.
$(DATABASE): $(MIGRATIONS) $(wildcard .env) | $(VENV)/.runtime $(MO)
	$(BIN)/afterkit migrate
	$(BIN)/afterkit demo --json > /dev/null || test $$? = 1
	@mkdir -p $(@D) && touch $@

# The SQLite file was removed: a stamp alone must not say that the database is ready.
ifeq ($(value DATABASE_URL)$(wildcard .env var/afterkit.db),)
.PHONY: $(DATABASE)
endif
