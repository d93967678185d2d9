"""Mails made to be dear to read, taken in one after the other until somebody ends it; a process of its own."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bench.place import MAILBOX

_HEAD = (
    "From: Carol <carol@example.com>\r\nTo: "
    + MAILBOX
    + "\r\nSubject: The worst\r\nMessage-ID: <{name}@mail.example.com>\r\n"
)


def worst_mails(name: str) -> list[bytes]:
    """Ten thousand parts, a hundred containers deep, 4 MB of HTML, 2 MB of quotes, 20 MB of a file."""
    head = _HEAD.format(name=name)
    parts = "".join(f"--seam\r\nContent-Type: text/plain\r\n\r\npart {n}\r\n" for n in range(10_000))
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(100))
    table = "<div style='color:red' onclick='x()'><table><tr><td>" * 2000 + "text <b>bold</b> " * 200_000
    return [
        f'{head}Content-Type: multipart/mixed; boundary="seam"\r\n\r\n{parts}--seam--\r\n'.encode(),
        f"{head}{deep}Content-Type: text/plain\r\n\r\nat the bottom\r\n".encode(),
        f"{head}Content-Type: text/html\r\n\r\n{table}".encode(),
        (head + "\r\n" + "> > quoted, and again\r\nOn Monday somebody wrote:\r\n" * 40_000).encode(),
        f"{head}Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + b"QUJD" * 5_000_000,
    ]


def main() -> None:
    import django

    django.setup()
    from careline.domain.channels.queries import channels
    from careline.domain.company.queries import languages
    from careline.flows.take_in import House, RawArrival, take_in

    house = House(channels(), languages())
    while True:
        run = time.time_ns()
        for n, raw in enumerate(worst_mails(f"worst{run}")):
            at = datetime.now(UTC)
            take_in([RawArrival(f"worst-{run}-{n}", raw, at, envelope_to=(MAILBOX,))], house=house, at=at)


if __name__ == "__main__":
    main()
