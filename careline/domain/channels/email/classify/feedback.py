"""Complaints: a recipient pressed "spam" (ARF, RFC 5965), or Amazon SES tells of it in its JSON notification."""

from __future__ import annotations

from careline.domain.channels.email.classify.bounces.addresses import first_address
from careline.domain.channels.email.classify.bounces.notifications import complained_of
from careline.domain.channels.email.classify.bounces.report import Report, read_report
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.own import Own
from careline.domain.channels.inbound import Bounce, BounceClass, BouncedRecipient, InboundKind


def is_feedback_report(mail: Mail, own: Own) -> bool:
    """`bounce.recipients` are those who complained: hard, since nobody may write to them again unasked."""
    found = _complaint_in(mail)
    if found is None:
        return False
    mail.kind = InboundKind.FEEDBACK_REPORT
    mail.auto_reply = "feedback_report"
    mail.bounce = found
    return True


def _complaint_in(mail: Mail) -> Bounce | None:
    kind = mail.header("Content-Type").lower()
    if "feedback-report" not in kind and not _may_hold_report(mail, kind):
        return complained_of(mail) if "amazonaws.com" in mail.sender.value else None
    report = read_report(mail.raw)
    return _complaint_of(report) if report.feedback or "feedback-report" in kind else None


def _may_hold_report(mail: Mail, kind: str) -> bool:
    return kind.startswith("multipart/") and b"message/feedback-report" in mail.raw[:200_000].lower()


def _complaint_of(report: Report) -> Bounce:
    fields = report.feedback
    written = fields.get("original-rcpt-to") or fields.get("removal-recipient") or report.original("to")
    words = ", ".join(filter(None, [fields.get("feedback-type", "abuse"), fields.get("user-agent", "")]))
    address = first_address(written)
    return Bounce(
        recipients=[BouncedRecipient(address, BounceClass.HARD, reason=words)] if address else [],
        original_message_id=report.original("message-id"),
        reporting_server=fields.get("reporting-mta", fields.get("source-ip", "")).split(";")[-1].strip(),
    )
