# make report: set up, then tables, charts and pages   make test: set up, then all checks
# make env: the set-up alone                           make lab: JupyterLab

PYTHON ?= python3
BIN = .venv/bin
READY = .venv/.ready
TOOLS = .venv/.ready-to-test
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

# Settings of the machine that would lead pip, or Python, out of .venv or past the lock.
unexport PIP_FIND_LINKS PIP_CONSTRAINT PIP_USER PIP_TARGET PIP_PREFIX PYTHONHOME PYTHONPATH

# A Debian package, where the user may install one; false elsewhere.
debian = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
  echo "Installing $(1) ..."; apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends $(1) >/dev/null; else false; fi

.PHONY: report test env lab verify chromium

report: env
	$(BIN)/analysis build

env: $(READY)

# Every file pip fetches is named with its hash in requirements.lock; the package itself is
# installed in place and built with what the lock holds.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call debian,python3-venv) || \
	  { echo "Python's venv is missing; on Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip uninstall -qq -y setuptools  # venv of 3.11 brings it; nothing uses it
	@echo "Installing what requirements.lock lists (some minutes, once) ..."
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# What the tests need beyond that: requirements-test.lock holds both.
$(TOOLS): $(READY) requirements-test.lock
	@echo "Installing what requirements-test.lock lists ..."
	$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

test: $(TOOLS) chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	rm -f .coverage .coverage.*
	COVERAGE=1 $(BIN)/python -m pytest -n logical --dist loadfile
	COVERAGE=0 $(BIN)/python -m pytest -n logical --dist loadfile
	$(BIN)/coverage combine --quiet
	@echo "Branches and lines that the quick tests go through, in per cent:"
	@$(BIN)/coverage report --format=total

# Rebuilds everything in a scratch folder and compares it, byte for byte, with what is committed.
verify: env
	$(BIN)/analysis verify

# What git is given of a notebook: no outputs, no counts, no version of Python. See .gitattributes.
STRIP = $(BIN)/nbstripout --keep-id --extra-keys metadata.language_info.version

lab: env
	@! git rev-parse --git-dir >/dev/null 2>&1 || git config filter.notebook.clean '$(STRIP)'
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) \
	  --ServerApp.jpserver_extensions=analysis.desk.saved=True \
	  --ServerApp.root_dir='$(CURDIR)' --LabApp.default_url=/lab/tree/notebooks/tutorial.ipynb

# The tests of the pages open them in Chromium. Where it is missing and cannot be installed,
# those tests are skipped, and say so.
chromium:
	@command -v chromium >/dev/null || $(call debian,chromium) || \
	  echo "No chromium here: the tests of the pages are skipped (on Debian: apt install chromium)."
