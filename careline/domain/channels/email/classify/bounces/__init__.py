"""Reports that our mail did not arrive: RFC 3464, and the many that follow no standard."""

from __future__ import annotations

import re

from careline.domain.channels.email.classify.bounces.addresses import addresses_in
from careline.domain.channels.email.classify.bounces.evidence import Evidence, evidence_in
from careline.domain.channels.email.classify.bounces.notifications import bounced_by
from careline.domain.channels.email.classify.bounces.recipients import reported_by_fields, reported_in_text
from careline.domain.channels.email.classify.bounces.report import Report, read_report
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.own import Own
from careline.domain.channels.inbound import Bounce, BouncedRecipient, InboundKind

_REPORTER = re.compile(
    r"(?:generating server|this is the .{0,40}(?:program|agent)[^\n]{0,20} at(?: host)?)[:\s]+([\w.-]+)", re.I
)


def is_bounce(mail: Mail, own: Own) -> bool:
    evidence = evidence_in(mail)
    found = bounced_by(mail) if evidence.notification else _bounce_in(mail, evidence)
    if found is None:
        return False
    mail.kind = InboundKind.BOUNCE
    mail.auto_reply = "bounce"
    mail.bounce = found
    return True


def _bounce_in(mail: Mail, evidence: Evidence) -> Bounce | None:
    if not evidence.any:
        return None
    report = read_report(mail.raw, limit=evidence.reading)
    people, has_fields = reported_by_fields(report)
    if not has_fields:
        if not evidence.confirmed_by(report):
            return None
        people = reported_in_text(
            report.notice,
            failed=addresses_in(mail.header("X-Failed-Recipients")),
            not_these=_parties(mail),
            subject=mail.subject,
        ) or _as_addressed(mail, report)
        if not (people or evidence.is_certain):
            return None
    return Bounce(people, report.original("message-id"), _reporter(mail, report))


def _as_addressed(mail: Mail, report: Report) -> list[BouncedRecipient]:
    """The notice names nobody: then those the returned mail was addressed to."""
    named = addresses_in(report.original("to")) or addresses_in(mail.subject)
    return reported_in_text(report.notice, failed=named, not_these=set(), subject=mail.subject) if named else []


def _parties(mail: Mail) -> set[str]:
    written = [mail.sender.value, mail.envelope_from, *mail.header_values("To"), *mail.header_values("From")]
    return {address.lower() for value in written for address in addresses_in(value)}


def _reporter(mail: Mail, report: Report) -> str:
    for group in report.statuses:
        if group.get("reporting-mta"):
            return group["reporting-mta"].split(";", 1)[-1].split()[0].strip()
    told = _REPORTER.search(report.notice)
    return told[1].rstrip(".") if told else mail.sender.value.rpartition("@")[2]
