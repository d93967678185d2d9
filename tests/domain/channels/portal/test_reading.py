"""What customers write on their pages, as it is stored and read again: only our seal proves it."""

import json
from datetime import UTC, datetime

from careline.domain.channels.inbound import InboundFile, Party
from careline.domain.channels.portal.reading import read, written

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RAW = written(
    name="portal-1@northwind.example", sender=Party("carol@example.com", "Carol"), to="support@northwind.example", case=12,
    subject="Re: My bell", text="قرص الجرس\n-- \nOn Monday you wrote:", files=[InboundFile("a.txt", "text/plain", b"hi")],
    in_reply_to="<c.1@northwind.example>", at=NOON,
)  # fmt: skip


def test_what_is_sealed_proves_its_sender_and_names_its_case() -> None:
    found = read(RAW)
    assert (found.authenticity.verified, found.data, found.sender.value) == (
        True,
        {"signed_cases": [12]},
        "carol@example.com",
    )
    assert (found.visible_text, found.in_reply_to, found.sent_at) == (
        "قرص الجرس\n-- \nOn Monday you wrote:", "<c.1@northwind.example>", NOON,
    )  # fmt: skip
    assert [(file.name, file.content) for file in found.attachments] == [("a.txt", b"hi")]


def test_a_changed_or_missing_seal_proves_nothing() -> None:
    for change in (
        {"case": 13},
        {"from": {"value": "dan@example.org", "name": ""}},
        {"seal": ""},
        {"seal": "a" * 32},
        {"seal": 7},
    ):
        found = read(json.dumps({**json.loads(RAW), **change}).encode())
        assert (found.authenticity.verified, found.data) == (False, {}), change
