"""Amazon SES tells of bounces and complaints in a JSON notification that SNS sends as a mail."""

from __future__ import annotations

import json
from typing import Any

from careline.domain.channels.email.classify.bounces.report import read_report
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.inbound import Bounce, BounceClass, BouncedRecipient


def complained_of(mail: Mail) -> Bounce | None:
    told = _told_in(mail)
    complaint = told.get("complaint")
    if not isinstance(complaint, dict):
        return None
    words = str(complaint.get("complaintFeedbackType") or "complaint")
    people = [_recipient(one, BounceClass.HARD, words) for one in _rows(complaint.get("complainedRecipients"))]
    return _bounce(people, told)


def bounced_by(mail: Mail) -> Bounce | None:
    told = _told_in(mail)
    bounce = told.get("bounce")
    if not isinstance(bounce, dict):
        return None
    hard = bounce.get("bounceType") == "Permanent" and bounce.get("bounceSubType") in {
        "General",
        "NoEmail",
        "Suppressed",
    }
    found = BounceClass.HARD if hard else BounceClass.SOFT
    words = f"{bounce.get('bounceType', '')} {bounce.get('bounceSubType', '')}".strip()
    return _bounce([_recipient(one, found, words) for one in _rows(bounce.get("bouncedRecipients"))], told)


def _told_in(mail: Mail) -> dict[str, Any]:
    report = read_report(mail.raw)
    text = (report.notice + report.returned).strip()
    if not text.startswith("{"):
        return {}
    try:
        told, _ = json.JSONDecoder(strict=False).raw_decode(_without_line_breaks(text))
        inner = told.get("Message") if isinstance(told, dict) else None
        told = json.loads(inner) if isinstance(inner, str) else told
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _without_line_breaks(text: str) -> str:
    """Servers break overlong lines with "!", newline and a blank."""
    return text.replace("!\n ", "")


def _bounce(people: list[BouncedRecipient], told: dict[str, Any]) -> Bounce:
    mail = told.get("mail")
    headers = mail.get("commonHeaders") if isinstance(mail, dict) else None
    named = headers.get("messageId") if isinstance(headers, dict) else None
    return Bounce(
        recipients=[one for one in people if one.address],
        original_message_id=str(named or (mail.get("messageId", "") if isinstance(mail, dict) else "")),
        reporting_server="amazonses.com",
    )


def _recipient(row: dict[str, Any], bounce_class: BounceClass, words: str) -> BouncedRecipient:
    reason = str(row.get("diagnosticCode") or words)
    return BouncedRecipient(str(row.get("emailAddress", "")), bounce_class, str(row.get("status") or ""), reason)


def _rows(found: object) -> list[dict[str, Any]]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
