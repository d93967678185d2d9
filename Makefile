# Two commands are enough on a fresh machine: `make run` and `make test`. The steps themselves are in bin/.
.PHONY: help setup run test check bench fmt
PORT ?= 8000

help:
	@echo "make run    the demo on http://127.0.0.1:$(PORT) (PORT=…, DATA=folder)"
	@echo "make test   linters, types, import contracts and all fast tests"
	@echo "make setup  only set up .venv, with the careline command in it"
	@echo "make check  make test, the full sizes, and a run on a PostgreSQL of this machine"
	@echo "make bench  measure (SIZE=rows)"
	@echo "make fmt    format, and mend what ruff can mend"

setup:
	@bin/setup.sh runtime

run: setup
	@exec .venv/bin/careline demo --port "$(PORT)" $(if $(DATA),--data "$(DATA)")

test:
	@bin/test.sh

check:
	@bin/check.sh

bench:
	@bin/setup.sh dev
	@SIZE="$(SIZE)" .venv/bin/python -m bench

fmt:
	@bin/setup.sh dev
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
