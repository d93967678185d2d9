"""Broken mails of every kind, by what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.post import SUPPORT

TO = f"To: {SUPPORT}".encode()
TOP = b"From: Carol <carol@example.com>\r\n" + TO + b"\r\nSubject: %s\r\n"
MULTIPART = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
KIB = 1024


def mail(name: str, *more: bytes, body: bytes = b"\r\nHello\r\n") -> bytes:
    head = TOP % name.encode() + b"Message-ID: <%s@mail.example>\r\n" % name.encode()
    return head + b"".join(line + b"\r\n" for line in more) + body


def broken(*, megabytes: int) -> Iterator[tuple[str, bytes]]:
    yield from _structure(megabytes)
    yield from _headers()
    yield from _bodies()


def _structure(megabytes: int) -> Iterator[tuple[str, bytes]]:
    part = b"--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
    yield "truncated", mail("truncated", body=MULTIPART + b"--b\r\nContent-Type: text/plain\r\nContent-Transf")
    yield "no-end", mail("no-end", body=MULTIPART + b"--b\r\nContent-Type: text/plain\r\n\r\nHello")
    yield "no-boundary", mail("no-boundary", b"Content-Type: multipart/mixed", body=b"\r\nHello\r\n")
    yield "many-parts", mail("many-parts", body=MULTIPART + part * 10_000 + b"--b--\r\n")
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(100)
    )
    yield "deep", mail("deep", body=nested + b"Content-Type: text/plain\r\n\r\nHello\r\n")
    inside = b"".join(b"Content-Type: message/rfc822\r\n\r\nSubject: %d\r\n" % depth for depth in range(100))
    yield "forwards-in-forwards", mail("forwards-in-forwards", body=inside + b"\r\nHello\r\n")
    line = b"QUJD" * 18 + b"\r\n"
    large = MULTIPART + b"--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    yield "large", mail("large", body=large + line * (megabytes * KIB * KIB // len(line)) + b"--b--\r\n")


def _headers() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "only-line-ends", b"\r\n" * 50
    yield "no-headers", b"\r\nThere are no headers here\r\n"
    yield "noise", bytes(range(256)) * 40
    yield "from-nobody", TO + b"\r\nSubject: from-nobody\r\n\r\nHello\r\n"
    injected = b"=?utf-8?q?injected=0D=0ABcc:_all@example.org=0D=0A=0D=0Abody?="
    yield (
        "injected",
        mail("injected", b"Subject: " + injected, b"Reply-To: =?utf-8?q?a=0D=0ACc:_b=40example.org?= <c@example.com>"),
    )
    yield "two-ids", mail("two-ids", b"Message-ID: <other@mail.example>", b"message-id: <third@mail.example>")
    yield "no-id", TOP % b"no-id" + b"\r\nHello\r\n"
    yield "wild-id", TOP % b"wild-id" + b"Message-ID: <<>@ <" + b"x" * 5000 + b"\r\n\r\nHello\r\n"
    for name, date in (("year-0", b"Sat, 1 Jan 0000 00:00:00 +0000"), ("year-9999", b"Fri, 31 Dec 9999 23:59:59 -2359"),
                       ("no-date", b"yesterday"), ("zone", b"Sun, 22 Nov 2026 09:00:00 +99999999")):  # fmt: skip
        yield name, mail(name, b"Date: " + date)
    yield (
        "surrogates",
        mail("surrogates", b"Subject: \xed\xa0\x80 =?utf-8?b?7aCA?=", body=b"\r\n\xed\xa0\x80\xff\xfe\r\n"),
    )
    yield "long-subject", TOP % (b"S" * KIB * KIB) + b"Message-ID: <long-subject@mail.example>\r\n\r\nHello\r\n"
    crowd = b",\r\n ".join(b"p%d@example.org" % number for number in range(5000))
    yield "crowd", mail("crowd", b"Cc: " + crowd)
    words = b"\r\n ".join(b"<r%d@mail.example>" % number for number in range(100_000))
    yield "many-references", mail("many-references", b"References: " + words)
    yield "itself", mail("itself", b"In-Reply-To: <itself@mail.example>", b"References: <itself@mail.example>")
    yield "nul-in-header", mail("nul-in-header", b"Subject: a\x00b", b"X-\x00: y", b"From: \x00 <carol@example.com>")


def _bodies() -> Iterator[tuple[str, bytes]]:
    yield "nul", mail("nul", body=b"\r\nBefore\x00after\r\n")
    yield (
        "wrong-charset",
        mail("wrong-charset", b"Content-Type: text/plain; charset=utf-16", body=b"\r\nplain \xe4\xf6\r\n"),
    )
    yield (
        "no-such-charset",
        mail("no-such-charset", b"Content-Type: text/plain; charset=klingon-1", body=b"\r\n\xff\xfe\r\n"),
    )
    base64 = b"Content-Transfer-Encoding: base64"
    yield "broken-base64", mail("broken-base64", base64, body=b"\r\nQUJD!!!=Q=====%%%\r\n")
    yield "html-bomb", mail("html-bomb", b"Content-Type: text/html", body=b"\r\n" + b"<div>" * 50_000 + b"Hello\r\n")
    yield "one-line", mail("one-line", body=b"\r\n" + b"word " * 400_000 + b"\r\n")
