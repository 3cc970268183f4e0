# The two commands: `make demo` and `make test`. Everything they need, set-up included, follows from them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup check test demo bench bench-detect bench-explorer bench-decisions lock format clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/layers --no-header -q

test: $(READY)
	$(BIN)/pytest

# `make demo NEO4J_URI=neo4j://host:7687 NEO4J_USER=... NEO4J_PASSWORD=...` does the same on Neo4j.
STORE := $(or $(NEO4J_URI),sqlite:///.demo/ringfence.db)
EXPLORE ?= 1
demo: export RINGFENCE_STORE = $(STORE)
demo: export RINGFENCE_STORE_USER = $(NEO4J_USER)
demo: export RINGFENCE_STORE_PASSWORD = $(NEO4J_PASSWORD)
demo: export RINGFENCE_WORK_DIR = .demo/work
demo: $(READY)
	rm -rf .demo && mkdir .demo
	$(BIN)/ringfence world .demo/world --applicants 20000 --seed 1
	$(BIN)/ringfence ingest .demo/world
	$(BIN)/ringfence detect
	$(BIN)/ringfence rings --top 15
	$(if $(filter 1,$(EXPLORE)),$(BIN)/ringfence explore)

# Minutes to hours: a world of a million applicants, both stores, and the side by side. Writes docs/benchmarks.md.
bench: $(READY)
	$(BIN)/python -m bench

# How well rings are found, next to baselines, and how detection scales. Writes docs/detection-benchmark.md and its plot.
bench-detect: $(READY)
	$(BIN)/python -m bench.detect --quality --engines --scaling --page docs/detection-benchmark.md

# How fast the explorer is in a real browser, minutes. Writes the section "Measured" of docs/explorer.md.
bench-explorer: $(READY)
	$(BIN)/python -m bench.explorer

# How fast decisions are while a night loads and publishes beside them: worlds of a million applicants (`make bench` leaves the
# embedded one) and STORES as you name them. Writes the section "Measured" of docs/decision-api.md.
bench-decisions: $(READY)
	$(BIN)/python -m bench.decisions $(STORES) --page docs/decision-api.md

lock:
	uv pip compile pyproject.toml --group dev --group bench --group py2neo --universal --python-version 3.11 \
		--generate-hashes --no-strip-extras --custom-compile-command "make lock" --quiet -o requirements.lock

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .demo .mypy_cache .pytest_cache .ruff_cache .hypothesis build
