# Everything a person types here. Each target sets itself up and does nothing twice.

# uv and npm keep caches at home; a user without a home of his own gets one in var/.
export HOME := $(shell if [ -w "$$HOME" ]; then echo "$$HOME"; else mkdir -p var/home && echo "$(CURDIR)/var/home"; fi)

# Compiled once and kept: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
.PHONY: up doctor test check test-long bench shots protocol lock runtime dev assets system

up: runtime assets
	@exec .venv/bin/switchboard up

doctor: runtime
	@exec .venv/bin/switchboard doctor

# All there is but what takes long. The stories apart: Playwright's loop and asyncio's cannot share a process. More of them
# than there are cores, because people on screens mostly wait.
test: system dev contracts assets
	.venv/bin/pytest -q -n 4 -m "not fresh_clone and not long" tests
	.venv/bin/pytest -q -n 3 --dist loadfile --no-loadscope-reorder e2e

# The quick part: no browser.
check: dev contracts
	.venv/bin/pytest -q -n 4 -m "not fresh_clone and not long" tests

# The full forms of what `make test` does in short, then HEAD cloned and run the way a newcomer does: half an hour.
test-long: system dev assets
	.venv/bin/pytest -q -s -n 0 -m long tests
	.venv/bin/pytest -q -s -m fresh_clone tests/fresh_clone

bench: dev assets
	@$(PY) -m bench.size
	@$(PY) -m bench.page
	@$(PY) -m bench.addresses
	@$(PY) -m bench.start
	@$(PY) -m bench.idle
	@$(PY) -m bench.messages
	@$(PY) -m bench.messages --bus postgres --rounds 1
	@$(PY) -m bench.messages --bus valkey --rounds 1
	@$(PY) -m bench.growth

# Every state of both apps and the real screens, 1440 and 390 px, light and dark, into var/shots. ONLY=widget-chat: some of them.
shots: system dev assets
	@$(PY) -m e2e.shots $(ONLY)

protocol: dev
	$(PY) widget_js/protocol_ts.py

# After a change of dependencies in pyproject.toml. No host and no address: the same lock for every registry.
lock:
	scripts/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock pyproject.toml
	scripts/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

.PHONY: contracts of-python of-browser-code
contracts: dev
	@scripts/browser_code modules
	@$(MAKE) --no-print-directory -j 2 of-python of-browser-code

of-python:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	$(PY) widget_js/protocol_ts.py --check
	.venv/bin/basedpyright

of-browser-code:
	cd widget_js && npm run --silent check && npm test --silent

runtime:
	@scripts/python_env runtime

dev:
	@scripts/python_env dev

assets:
	@scripts/browser_code build

system:
	@scripts/system_parts
