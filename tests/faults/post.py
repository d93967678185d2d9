"""Customers who write: mails in threads, handed in by pipe or LMTP as mail servers do, again until they are taken."""

from __future__ import annotations

import itertools
import random
import smtplib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.faults.install import Install

SUPPORT = "support@northwind.example"
PATIENCE = 60.0


def letter(
    key: str, *, sender: str = "carol@example.com", answers: Sequence[str] = (), subject: str = "Where is my bike?"
) -> bytes:
    """A mail with the Message-ID <key@mail.example> that answers those of the keys `answers`."""
    references = " ".join(f"<{known}@mail.example>" for known in answers)
    lines = [
        f"From: Carol <{sender}>", f"To: {SUPPORT}", f"Subject: {'Re: ' if answers else ''}{subject}",
        f"Message-ID: <{key}@mail.example>", "Date: Sun, 22 Nov 2026 09:00:00 +0000",
        *([f"In-Reply-To: <{answers[-1]}@mail.example>", f"References: {references}"] if answers else []),
        "", f"This is what I write in {key}.", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def threads(count: int, *, length: int, seed: int) -> dict[str, bytes]:
    """Mails of `count` customers with `length` mails each, by key `THREAD-MAIL`, shuffled also within a thread."""
    mails = {}
    for thread in range(count):
        keys = [f"{thread}-{mail}" for mail in range(length)]
        for place, key in enumerate(keys):
            mails[key] = letter(key, sender=f"carol{thread}@example.com", answers=keys[:place])
    order = list(mails)
    random.Random(seed).shuffle(order)
    return {key: mails[key] for key in order}


def by_pipe(install: Install, mails: Iterable[bytes], folder: Path, *, at_once: int = 5) -> None:
    """Through `careline deliver`, several files at a time."""
    coming = enumerate(mails)
    while portion := list(itertools.islice(coming, at_once)):
        files = [folder / f"{number}.eml" for number, _ in portion]
        for file, (_, raw) in zip(files, portion, strict=True):
            file.write_bytes(raw)
        until = time.monotonic() + PATIENCE
        while (code := install.run("deliver", "--to", SUPPORT, *files).returncode) != 0:
            assert code == 75, "a mail server's pipe hears 0 or 75"
            assert time.monotonic() < until, "the pipe stayed closed"
            time.sleep(0.05)


def by_lmtp(install: Install, mails: Iterable[bytes], *, to: str = SUPPORT) -> None:
    """Through the LMTP door; a mail without an answer is brought again, as every mail server does."""
    server: smtplib.LMTP | None = None
    for raw in mails:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if server is None:
                    server = smtplib.LMTP("127.0.0.1", install.lmtp_port, timeout=30)
                server.sendmail("carol@example.com", [to], raw)
                break
            except (OSError, smtplib.SMTPException, IndexError):
                assert time.monotonic() < until, "the LMTP door stayed closed"
                if server is not None:
                    server.close()
                    server = None
                time.sleep(0.05)
    if server is not None:
        server.close()
