"""`careline import SOURCE PATH`: an export of ours into an empty install, or what another desk gave out."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from careline.entrypoints.console.datafolder import URL, add_data_argument, open_install, say
from careline.entrypoints.console.importers import sources
from careline.entrypoints.console.refusal import Refusal

OURS = "careline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=f"what the export is of: {', '.join((OURS, *sources()))}")
    parser.add_argument("path", metavar="PATH", type=Path, help="the folder or file that was exported there")
    parser.add_argument("--dry-run", action="store_true", help="says what would come in, and brings nothing in")
    parser.add_argument(
        "--mapping", metavar="FILE", type=Path, help="JSON that says what becomes of their statuses, teams and fields"
    )
    add_data_argument(parser)


def run(args: argparse.Namespace) -> int:
    path = args.path.expanduser().absolute()
    if not path.exists():
        raise Refusal(f"{path} does not exist; name what was exported.")
    if args.source == OURS:
        if args.mapping:
            raise Refusal("An export of Careline's is taken as it is; leave --mapping out.")
        return _ours(path, args.data, is_trying=args.dry_run)
    from careline.entrypoints.console.importers import driving

    return driving.run(args.source, path, mapping=args.mapping, data=args.data, is_trying=args.dry_run)


def _ours(path: Path, data: str | None, *, is_trying: bool) -> int:
    with open_install(data) as folder:
        from careline.entrypoints.console.keeping import importing, in_place

        if in_place.holds_a_company(os.environ[URL]) and not is_trying:
            raise Refusal(
                f"{folder} holds a company already; an export comes into an empty install, name it with --data."
            )
        about = importing.read_about(path)
        found = importing.check(path, about)
        rows = sum(found.values())
        if is_trying:
            say(f"{path} is whole: {rows:,} rows in {len(found)} kinds would come in; nothing was changed")
            return 0
        importing.bring_in(path, about)
        say(f"{rows:,} rows came in; set the passwords of mailboxes and people anew, they are in no export")
    return 0
