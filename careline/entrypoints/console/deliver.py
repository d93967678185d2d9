"""`careline deliver`: raw mail from a mail server's pipe, or from files, into the spool.

Started once for every mail, so it imports next to nothing and needs neither database nor server. Exit codes are those a
mail server understands: 0 it is kept for good, 75 (EX_TEMPFAIL) try again later, 2 wrong use.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from careline.domain.channels.email.envelope import BadAddress, bare_address, envelope_of, recipient_address
from careline.kit.spool import CHUNK, Spool, SpoolUnavailable

KEPT = 0
WRONG_USE = 2
TRY_AGAIN = 75


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="ADDRESS", action="append", required=True, help="whom the mail is for; may be given again"
    )
    parser.add_argument("--from", metavar="ADDRESS", dest="sender", default="", help="the envelope's sender")
    parser.add_argument(
        "--data", metavar="DIR", type=Path, default=None, help="data folder (CARELINE_DATA, else ./careline-data)"
    )
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="raw RFC 5322 mail; one from stdin if none")


def run(args: argparse.Namespace) -> int:
    try:
        recipients = [recipient_address(address) for address in args.to]
        sender = bare_address(args.sender)
    except BadAddress as error:
        return _fail(WRONG_USE, str(error))
    data = args.data or Path(os.environ.get("CARELINE_DATA") or "careline-data")
    with contextlib.ExitStack() as opened:
        try:
            mails = [opened.enter_context(path.open("rb")) for path in args.files] or [sys.stdin.buffer]
        except (OSError, ValueError) as error:
            name, why = getattr(error, "filename", None), getattr(error, "strerror", None)
            return _fail(WRONG_USE, f"Cannot read {name or 'the mail'}: {why or error}.")
        return _spool_all(mails, data / "spool", recipients=recipients, sender=sender)


def _spool_all(mails: list[BinaryIO], folder: Path, *, recipients: list[str], sender: str) -> int:
    spool = Spool(folder)
    kept: list[str] = []
    try:
        for mail in mails:
            envelope = envelope_of(to=recipients, sender=sender, door="deliver", received_at=datetime.now(UTC))
            kept.append(spool.put_stream(_chunks(mail), envelope=envelope))
    except (SpoolUnavailable, OSError) as error:
        # The caller will bring all of them again, so those already kept go back out.
        with contextlib.suppress(SpoolUnavailable):
            spool.remove(kept)
        mend = "" if folder.parent.is_dir() else " Name the data folder with --data, or run `careline serve` once."
        return _fail(TRY_AGAIN, f"{error}{mend} Nothing was taken in; try again later.")
    return KEPT


def _chunks(mail: BinaryIO) -> Iterator[bytes]:
    while chunk := mail.read(CHUNK):
        yield chunk


def _fail(code: int, sentence: str) -> int:
    sys.stderr.write(f"careline deliver: {sentence}\n")
    return code


def main() -> int:
    parser = argparse.ArgumentParser(prog="careline deliver", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
