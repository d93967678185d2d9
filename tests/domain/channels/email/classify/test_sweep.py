"""The numbers against bounce mails of the world, where they are at hand. They are never part of this repository."""

import json
from pathlib import Path

import pytest

from careline.domain.channels.email.classify import classify
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.inbound import BounceClass, InboundKind
from tests.domain.channels.email.classify.mails import SWEPT, mail_of

pytestmark = pytest.mark.skipif(SWEPT is None, reason="the collected mails are not here")


def classified(path: Path) -> Mail:
    mail = mail_of(path.read_bytes())
    classify(mail)
    return mail


def test_knows_every_report_of_the_first_collection():
    expected = json.loads((SWEPT / "bounces" / "expected.json").read_text())
    mails = {name: classified(SWEPT / "bounces" / name) for name in expected}
    kinds = {"feedback": InboundKind.FEEDBACK_REPORT, "vacation": InboundKind.AUTO_REPLY}
    wrong = [
        name for name, rows in expected.items() if mails[name].kind != kinds.get(rows[0]["reason"], InboundKind.BOUNCE)
    ]
    assert wrong == []
    bounced = [mail.bounce for mail in mails.values() if mail.kind == InboundKind.BOUNCE]
    assert [
        bounce for bounce in bounced if not bounce.recipients or not all(one.reason for one in bounce.recipients)
    ] == []


def test_agrees_about_hard_and_soft_with_the_first_collection():
    """76 of 85. In the others the server says "no such user" and the collection calls it a filter."""
    expected = json.loads((SWEPT / "bounces" / "expected.json").read_text())
    pairs = [
        (row["hard_bounce"], one.bounce_class == BounceClass.HARD)
        for name, rows in expected.items()
        if (mail := classified(SWEPT / "bounces" / name)).kind == InboundKind.BOUNCE
        for row, one in zip(rows, mail.bounce.recipients, strict=False)
    ]
    assert (len(pairs), sum(said == found for said, found in pairs)) >= (85, 76)
    assert sum(said and not found for said, found in pairs) == 0


def test_finds_the_addresses_of_the_second_collection():
    """Recall 129 of 133, precision 129 of 134: what is missing is told in prose or names no domain."""
    table = json.loads((SWEPT / "flufl_bounce" / "expected.json").read_text())["test_table"]
    wanted: dict[str, set[str]] = {}
    for row in table:
        wanted.setdefault(row["file"], set()).update(address.lower() for address in row["addresses"])
    found = {}
    for name in wanted:
        bounce = classified(SWEPT / "flufl_bounce" / "data" / name).bounce
        found[name] = {one.address.lower() for one in bounce.recipients} if bounce else set()
    right = sum(len(found[name] & wanted[name]) for name in wanted)
    assert right / sum(map(len, wanted.values())) >= 0.96
    assert right / sum(map(len, found.values())) >= 0.96


def test_takes_no_ordinary_mail_for_a_bounce():
    ordinary = [
        path
        for path in SWEPT.rglob("*")
        if path.is_file() and path.relative_to(SWEPT).parts[0] not in {"bounces", "flufl_bounce"}
    ]
    bounced = {path.name for path in ordinary if classified(path).kind != InboundKind.MESSAGE}
    assert bounced == {
        "multipart-report",
        "raw_email_with_mimepart_without_content_type.eml",
        *("multi_address_bounce1.eml", "multi_address_bounce2.eml", "multipart_report_multiple_status.eml"),
        *("report_422.eml", "report_530.eml"),
    }
