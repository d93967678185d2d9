"""Raw mails of the named world, put together by hand so that they can be broken by hand."""

from __future__ import annotations

HEAD = (
    b"From: Carol <carol@example.com>\r\nTo: Northwind Bikes <support@northwind.example>\r\nSubject: My bike\r\n"
    b"Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <bike-1@example.com>\r\nMIME-Version: 1.0\r\n"
)


def plain(text: bytes = b"The brake squeaks.\r\n", *, head: bytes = HEAD) -> bytes:
    return head + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text


def multipart(*parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"=_b", head: bytes = HEAD) -> bytes:
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        head
        + b"Content-Type: multipart/"
        + kind
        + b'; boundary="'
        + boundary
        + b'"\r\n\r\n'
        + body
        + b"--"
        + boundary
        + b"--\r\n"
    )


def part(content: bytes, *headers: bytes, media_type: bytes = b"text/plain; charset=utf-8") -> bytes:
    return b"\r\n".join([b"Content-Type: " + media_type, *headers]) + b"\r\n\r\n" + content
