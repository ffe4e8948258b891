# make demo     builds .venv and writes the brief of the shipped case into out: .html, .docx, .pdf and .md
# make test     runs every test, and says which ones this machine cannot run
# make check    format, lint, types, the examples in the documents
# make site     builds the documentation as a site in out/site, which opens without a network
# make bench    the speed figures of benchmarks/README.md
# make peers    puts NegMAS into .venv-peers, for the benchmarks to compare with; nothing else needs it
# make lock     pins the newest versions that pyproject.toml allows
# make picture  takes the README's picture of the brief again
# make clean    removes what these commands made

PYTHON ?= python3
DEMO := cases/january-2024
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip -qq --disable-pip-version-check install
# What the browser, document and LaTeX tests need beside Python, by the names that Debian gives it.
TOOLS := chromium poppler-utils fonts-dejavu-core texlive-latex-base graphviz \
  libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation

# Bytecode is kept as modules are first run; made for everything at once it would take 75 MB more.
unexport PYTHONDONTWRITEBYTECODE
export EXPLORE

.DELETE_ON_ERROR:
.PHONY: demo test check format lint types documents site bench peers lock picture clean tools

demo: $(VENV)/.runtime
	@mkdir -p out
	@$(BIN)/accordant brief $(DEMO) -o out/brief.html -o out/brief.docx -o out/brief.pdf -o out/brief.md

test: $(VENV)/.test tools
	@$(BIN)/pytest -n auto --dist loadfile

check: format lint types documents

format lint types documents: $(VENV)/.test
format:
	@$(BIN)/ruff format --check .
lint:
	@$(BIN)/ruff check .
types:
	@$(BIN)/mypy
documents:
	@$(BIN)/pytest -q tests/test_docs.py tests/test_style.py

site: $(VENV)/.test
	@$(BIN)/python -m handbook

bench: $(VENV)/.test
	@$(BIN)/python -m benchmarks && $(BIN)/python -m benchmarks.stability && $(BIN)/python -m benchmarks.growth \
	  && $(BIN)/python -m benchmarks.agreement && $(BIN)/python -m benchmarks.additive \
	  && $(BIN)/python -m benchmarks.evidence && $(BIN)/python -m benchmarks.sweeps \
	  && $(BIN)/python -m benchmarks.documents

# Under another licence and with fifty packages of its own: never a dependency, only measured beside us.
peers: .venv-peers/.negmas
.venv-peers/.negmas:
	@$(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/pip -qq --disable-pip-version-check install negmas==0.16.0
	@touch $@

# Each stamp depends on the locks, so that a second run installs nothing and a new lock everything.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: Python 3.11 or newer is needed; try: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "error: python3 -m venv failed; on Debian try: apt-get install python3-venv" >&2; exit 2; }

$(VENV)/.runtime: requirements.txt pyproject.toml accordant/version.py | $(VENV)/bin/python
	@echo "Installing what the command line and the brief need into $(VENV)"
	@$(PIP) --no-compile -r requirements.txt
	@$(PIP) --no-compile --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.runtime
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) --no-compile -r requirements-test.txt
	@touch $@

# Where packages can be installed they are; elsewhere the tests that need them are skipped and say so.
tools:
	@if ! { command -v chromium && command -v pdftotext && command -v pdflatex && command -v dot \
	  && command -v soffice; } >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $(TOOLS)"; \
	    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(TOOLS); } \
	      >/dev/null 2>&1 || echo "could not install $(TOOLS): the tests that need them are skipped" >&2; \
	  else \
	    echo "without chromium, pdftotext, pdflatex, dot and soffice some tests are skipped; try: apt-get install $(TOOLS)" >&2; \
	  fi; \
	fi

# The picture in the README, from the demo itself.
picture: demo
	@chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=980,1300 \
	  --screenshot=docs/images/brief.png "file://$(CURDIR)/out/brief.html" 2>/dev/null

# Plain pins: no index, no folder, no host, so that the locks install from anywhere.
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile -q --upgrade --strip-extras \
  --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --allow-unsafe
lock:
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/pip -qq --disable-pip-version-check install pip-tools==7.6.2
	@$(COMPILE) --build-deps-for editable -o requirements.txt pyproject.toml
	@$(COMPILE) --no-annotate --extra test -c requirements.txt -o requirements-test.txt pyproject.toml

clean:
	@rm -rf $(VENV) .venv-peers out build accordant.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find accordant tests benchmarks cases -name __pycache__ -type d -prune -exec rm -rf {} +
