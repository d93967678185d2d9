"""Mails of a fixed seed: 70 % plain of 4 KB, 20 % HTML, 10 % with a 200 KB attachment; a quarter answers an earlier one."""

from __future__ import annotations

import random
from base64 import encodebytes
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.place import MAILBOX

_WORDS = """
the order parcel bracket light bicycle frame wheel helmet brake pedal chain saddle invoice refund delivery address and but
with without from for before after please could would should have has had was were will when where which thank you hello
today yesterday monday customer service number colour size warranty return label price paid card bank shop weather morning
school children ride again still never often broken missing wrong late early good sorry
"""
_COMMON = _WORDS.split()
_SYLLABLES = [consonant + vowel for consonant in "bdfklmnprstv" for vowel in "aeio"]
_BEGAN = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mail:
    raw: bytes
    message_id: str
    thread: int
    content: bytes = b""


class Writer:
    """Writes mails, each run of a seed the same; `prefix` keeps the Message-IDs of two runs apart."""

    def __init__(self, seed: int, *, prefix: str = "") -> None:
        self._dice = random.Random(seed)
        self._prefix = prefix or f"s{seed}"
        self._rare = ["".join(self._dice.choices(_SYLLABLES, k=self._dice.randint(2, 4))) for _ in range(20_000)]
        self._threads: list[tuple[str, list[str]]] = []
        self._written = 0

    def mails(self, count: int) -> list[Mail]:
        return [self.mail() for _ in range(count)]

    def mail(self, *, answers: int | None = None) -> Mail:
        """The next mail; `answers` names the thread it belongs to, else the dice say."""
        self._written += 1
        kind = self._dice.choices(("plain", "html", "file"), (70, 20, 10))[0]
        thread = answers if answers is not None else self._thread()
        sender, ids = self._threads[thread]
        message_id = f"<{self._prefix}.{self._written}@mail.example.com>"
        content = self._dice.randbytes(200_000) if kind == "file" else b""
        head = self._head(sender, message_id, ids)
        ids.append(message_id)
        return Mail(head + self._body(kind, content), message_id, thread, content)

    def text(self, length: int) -> str:
        """Sentences of common words and rare ones, as words fall in real texts."""
        words: list[str] = []
        size = 0
        while size < length:
            rare = self._rare[min(int(self._dice.paretovariate(0.8)), len(self._rare) - 1)]
            word = rare if self._dice.random() < 0.3 else self._dice.choice(_COMMON)
            words.append(word + self._dice.choices((" ", ", ", ".\n"), (85, 7, 8))[0])
            size += len(words[-1])
        return "".join(words)[:length]

    def _thread(self) -> int:
        if self._threads and self._dice.random() < 0.25:
            return self._dice.randrange(len(self._threads))
        number = self._dice.randrange(5_000)
        self._threads.append((f"Carol {number} <carol.{number}@example.com>", []))
        return len(self._threads) - 1

    def _head(self, sender: str, message_id: str, ids: list[str]) -> bytes:
        date = (_BEGAN + timedelta(seconds=self._written)).strftime("%a, %d %b %Y %H:%M:%S +0000")
        lines = [
            "Return-Path: <bounces@example.com>", "Received: from mx.example.com by mail.northwind.example; " + date,
            f"From: {sender}", f"To: Northwind Bikes <{MAILBOX}>", f"Subject: {self.text(40).strip()[:40]}".replace("\n", " "),
            f"Date: {date}", f"Message-ID: {message_id}", "MIME-Version: 1.0",
        ]  # fmt: skip
        if ids:
            lines += [f"In-Reply-To: {ids[-1]}", "References: " + "\r\n ".join(ids[-10:])]
        return "\r\n".join(lines).encode() + b"\r\n"

    def _body(self, kind: str, content: bytes) -> bytes:
        if kind == "plain":
            return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + self.text(4000).encode()
        text = self.text(2000)
        if kind == "html":
            html = "".join(f"<p style='color:#333'>{line}</p>\r\n" for line in text.splitlines())
            parts = [("text/plain", text.encode()), ("text/html", f"<html><body>{html}</body></html>".encode())]
            return _multipart("alternative", parts)
        return _multipart("mixed", [("text/plain", text.encode()), ("application/pdf", content)])


def _multipart(kind: str, parts: list[tuple[str, bytes]]) -> bytes:
    written = [f'Content-Type: multipart/{kind}; boundary="seam"\r\n\r\n'.encode()]
    for media_type, content in parts:
        written.append(b"--seam\r\nContent-Type: " + media_type.encode())
        if media_type.startswith("text/"):
            written += [b"; charset=utf-8\r\n\r\n", content, b"\r\n"]
        else:
            head = '; name="picture.pdf"\r\nContent-Disposition: attachment; filename="picture.pdf"\r\n'
            written += [head.encode(), b"Content-Transfer-Encoding: base64\r\n\r\n", encodebytes(content), b"\r\n"]
    return b"".join([*written, b"--seam--\r\n"])
