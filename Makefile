# Two commands do everything: `make demo` paints a picture, `make test` checks the whole.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Several processes share the cores: more threads in each would only get in each other's way.
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest

.PHONY: help demo test proof check format train bench smoke-real clean

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP)  ## set up, then ask for a picture in the way a person does
	@$(BIN)/limner imagine "hey, could you draw a shiny red car at the seaside at sunset?" --seed 7 -o out/demo.png
	@echo
	@echo "A real model:  LIMNER_MODEL=stabilityai/sdxl-turbo limner imagine \"...\"   (any diffusers repository or folder)"
	@echo "A real LLM:    LIMNER_LLM=openai:gpt-5-mini OPENAI_API_KEY=... limner chat  (or OPENAI_BASE_URL of your own server)"

test: $(STAMP) check  ## every check: ruff, mypy, pytest with real parts
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v pg_config >/dev/null || echo "Tests on PostgreSQL are skipped: sudo apt-get install postgresql"
	@command -v chromium >/dev/null || echo "Tests in a browser are skipped: sudo apt-get install chromium fonts-noto-cjk"
	$(PYTEST) -n auto

check: $(STAMP)  ## ruff and mypy only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

proof: $(STAMP)  ## full counts, loads and kills; at most an hour
	$(PYTEST) -n 2 -m proof

format: $(STAMP)  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: $(STAMP)  ## the recipes that made the built-in models
	$(BIN)/python -m training

bench: $(STAMP)  ## the figures of docs/benchmarks.md
	OMP_WAIT_POLICY=passive $(BIN)/python benchmarks/first_light.py

smoke-real: $(STAMP)  ## real models from the hub (MODEL=, LLM=, CLIP=, DEVICE= name others): docs/real.md
	$(BIN)/python -m benchmarks.real $(if $(MODEL),--model $(MODEL)) $(if $(LLM),--llm $(LLM)) \
		$(if $(CLIP),--clip $(CLIP)) $(if $(DEVICE),--device $(DEVICE))

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Limner needs Python 3.11 or newer, $(PYTHON) is `$(PYTHON) -V`: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "python3-venv is missing: sudo apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:  ## forget the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info out
