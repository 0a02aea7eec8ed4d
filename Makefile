# Intake Desk. `make run` starts the training clinic, `make test` checks everything; both set up what they need first.
include setup.mk

OUT ?= tour-output
PYTEST_ARGS ?=

.PHONY: run test lint bench tour lock clean
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

bench: $(READY_DEV)
	@$(PY) -m pytest tests/benchmarks --benchmark-enable $(PYTEST_ARGS)

# Ask for newer versions with `make lock UPGRADE=--upgrade`. No address of any index gets into the files.
lock:
	@$(UV) pip compile pyproject.toml $(LOCK_FLAGS) -o requirements.txt
	@$(UV) pip compile pyproject.toml --group dev $(LOCK_FLAGS) -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks "$(OUT)"
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
