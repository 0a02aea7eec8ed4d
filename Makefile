# Intake Desk. `make run` starts the training clinic, `make test` checks everything; both set up what they need first.
include setup.mk

OUT ?= tour-output
PYTEST_ARGS ?=

.PHONY: run test lint audit bench tour lock docs clean
.DEFAULT_GOAL := run

run: $(READY)
	@if $(HAS_SCREEN); then \
		exec $(PY) main.py --training; \
	else \
		echo "No screen here: the tour runs instead and draws the same windows into pictures."; \
		$(MAKE) --no-print-directory tour; \
	fi

tour: $(READY)
	@QT_QPA_PLATFORM=offscreen $(PY) main.py tour "$(OUT)"
	@echo "The tour's pictures (PNG) and papers (PDF) are in: $(abspath $(OUT))"

test: lint
	@$(PY) -m pytest --numprocesses=auto --dist=worksteal --benchmark-disable $(PYTEST_ARGS)

lint: $(READY_DEV)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

# Advisories, withdrawn releases and licences of the locked libraries, and a scan for secrets; docs/threat-model.md tells what it can find.
audit: $(READY_DEV)
	@PYTHON="$(PYTHON)" .ci/audit

bench: $(READY_DEV)
	@$(PY) -m pytest tests/benchmarks --benchmark-enable $(PYTEST_ARGS)

# Ask for newer versions with `make lock UPGRADE=--upgrade`. No address of any index gets into the files.
lock:
	@$(UV) pip compile pyproject.toml $(LOCK_FLAGS) -o requirements.txt
	@$(UV) pip compile pyproject.toml --group dev $(LOCK_FLAGS) -c requirements.txt -o requirements-dev.txt
	@$(UV) pip compile .ci/tools.in $(LOCK_FLAGS) -o .ci/tools.txt

# What is written from the code: a test fails while it differs.
docs: $(READY)
	@$(PY) -c "from pathlib import Path; from intake.domain.roles import roles_page; Path('docs/roles.md').write_text(roles_page(), encoding='utf-8')"

clean:
	rm -rf .venv .venv-audit .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks "$(OUT)"
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
