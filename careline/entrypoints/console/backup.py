"""`careline backup FILE`: the whole install, attachments included, in one file, while it runs."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from careline.entrypoints.console.datafolder import add_data_argument, open_existing, say
from careline.entrypoints.console.doctor.keeping import MARK
from careline.entrypoints.console.refusal import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where to; an older backup of that name is replaced")
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="puts the keys in too: whoever has the file can open every password in it",
    )
    add_data_argument(parser)


def run(args: argparse.Namespace) -> int:
    path = args.file.expanduser().absolute()
    _check(path)
    with open_existing(args.data) as folder:
        from careline.entrypoints.console.keeping.backing_up import back_up
        from careline.entrypoints.console.keeping.ground import installed_version
        from careline.kit import clock

        began = time.monotonic()
        try:
            kept = back_up(path, folder, version=installed_version(), at=clock.now(), with_key=args.with_key)
        except OSError as cause:
            why = cause.strerror or cause
            raise Refusal(
                f"The backup could not be written to {path} ({why}); make room or name another place."
            ) from cause
        _note(folder)
        seconds = max(time.monotonic() - began, 0.001)
        say(
            f"{path} holds {sum(kept.rows.values()):,} rows and {kept.files:,} files: {kept.size / 1e6:,.1f} MB in {seconds:.1f} s"
            + ("" if args.with_key else "; the keys are not in it, keep keys.json elsewhere or use --with-key")
        )
        if kept.missing:
            say(f"{len(kept.missing)} files were missing from the data folder already, such as {kept.missing[0]}")
    return 0


def _check(path: Path) -> None:
    """Raises Refusal where FILE can't be written, or is somebody else's."""
    from careline.entrypoints.console.keeping.ground import MAGIC

    if not path.parent.is_dir():
        raise Refusal(f"The folder {path.parent} does not exist; make it, or name another place.")
    if path.is_dir():
        raise Refusal(f"{path} is a folder; name a file in it.")
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC.encode():
                raise Refusal(f"{path} is there already and no backup of Careline's; name another file.")


def _note(folder: Path) -> None:
    """When the last backup was made, for `careline doctor`."""
    (folder / MARK).touch()
