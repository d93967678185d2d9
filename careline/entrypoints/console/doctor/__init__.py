"""`careline doctor`: looks at the whole install, one line for each thing, and says the mend where something is wrong."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from careline.entrypoints.console.datafolder import add_data_argument, chosen_folder, holds_install, open_existing
from careline.entrypoints.console.doctor.finding import PROBLEM, Finding
from careline.entrypoints.console.doctor.folder import of_folder, of_versions
from careline.entrypoints.console.doctor.keeping import of_backups
from careline.entrypoints.console.refusal import Refusal

WELL, NOT_WELL = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument("--no-network", action="store_true", help="do not connect to mail servers")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(args: argparse.Namespace) -> int:
    """0 where all is well (warnings included), 1 where something is wrong."""
    findings = []
    for finding in _findings(args):
        findings.append(finding)
        if not args.json:
            print(finding.line(), flush=True)  # noqa: T201
    is_well = not any(finding.state == PROBLEM for finding in findings)
    if args.json:
        print(json.dumps({"well": is_well, "checks": [finding.as_json() for finding in findings]}, indent=1))  # noqa: T201
    return WELL if is_well else NOT_WELL


def _findings(args: argparse.Namespace) -> Iterator[Finding]:
    folder = chosen_folder(args.data)
    yield from of_versions()
    mend = "run `careline init` or `careline serve`, or name the right one with --data"
    if not folder.is_dir():
        yield Finding("data folder", PROBLEM, f"{folder} does not exist", mend)
        return
    if not holds_install(folder):
        yield Finding("data folder", PROBLEM, f"{folder} holds no install", mend)
        return
    yield from of_folder(folder)
    yield from of_backups(folder)
    try:
        with open_existing(args.data):
            from careline.entrypoints.console.doctor.install import of_install

            yield from of_install(folder, is_online=not args.no_network)
    except Refusal as refusal:
        yield Finding("database", PROBLEM, str(refusal), "see above; nothing behind it could be looked at")
