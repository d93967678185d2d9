"""`careline export DIR`: everything in open formats."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from careline.entrypoints.console.datafolder import add_data_argument, open_existing, say
from careline.entrypoints.console.refusal import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="where to; a new folder, or an empty one")
    add_data_argument(parser)


def run(args: argparse.Namespace) -> int:
    folder = args.folder.expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder} is there already; name a new folder, or an empty one.")
    if not folder.parent.is_dir():
        raise Refusal(f"The folder {folder.parent} does not exist; make it, or name another place.")
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    with open_existing(args.data):
        from careline.entrypoints.console.keeping.exporting import export

        try:
            part.mkdir(mode=0o700)
            about = export(part)
            part.replace(folder)
        except OSError as cause:
            raise Refusal(f"The export could not be written to {folder} ({cause.strerror or cause}).") from cause
        finally:
            shutil.rmtree(part, ignore_errors=True)
        say(
            f"{folder} holds {sum(noun['rows'] for noun in about['nouns'].values()):,} rows; passwords and keys are not in it"
        )
        if about["missing_files"]:
            say(f"{len(about['missing_files'])} files were missing from the data folder already")
    return 0
