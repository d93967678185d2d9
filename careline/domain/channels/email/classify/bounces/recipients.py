"""Who did not get our mail, and in what words the server says so: from fields, from one header, else from the text."""

from __future__ import annotations

import re

from careline.domain.channels.email.classify.bounces.addresses import ADDRESS, addresses_in, first_address
from careline.domain.channels.email.classify.bounces.report import Fields, Report, status_groups
from careline.domain.channels.email.classify.bounces.severity import REPLY_CODE, STATUS, finer_status, severity_of
from careline.domain.channels.inbound import BounceClass, BouncedRecipient

LONGEST_REASON = 500
MOST_REASONS = 200
"""Looked for in the words of one report; fields of their own are read for everybody."""

_ARRIVED = {"delivered", "relayed", "expanded"}
_AT_START = re.compile(r"^[\s>*\"'<|\-\[(.]*+(?:[\w -]{0,40}:\s*+)?[<\"(]*+(?=\S+@)", re.IGNORECASE)
_OF_SENDER = re.compile(
    r"mail from:?\s*<?[^\s>]*>?|message-id:?\s*\S+|(?<!generated )(?<!expanded )\bfrom:?\s*<?\S+@\S+>?"
    r"|SMTP[=:](?=\S+@)|<<<\s*from\S*",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"^[^\S\n]*+(?:to|cc|bcc|from|reply-to|subject|sent|date):.*$", re.IGNORECASE | re.MULTILINE)
_LATE = re.compile(
    r"not yet been delivered|been delayed|been postponed|attempts will continue|still trying|delay reason"
    r"|will (?:be retried|continue to (?:be )?(?:try|attempt))",
    re.IGNORECASE,
)


def reported_by_fields(report: Report) -> tuple[list[BouncedRecipient], bool]:
    """From RFC 3464 fields. The second value says that fields were there, also where they report success only."""
    groups = report.statuses or status_groups(report.notice)
    named = [group for group in groups if _address_in(group)]
    failed = [
        group for group in named if group.get("action", "failed").split()[:1] not in [[word] for word in _ARRIVED]
    ]
    return [_from_fields(group, report, place=place) for place, group in enumerate(failed)], bool(named)


def reported_in_text(
    notice: str, *, failed: list[str], not_these: set[str], subject: str = ""
) -> list[BouncedRecipient]:
    """From the words of the notice. `failed` are known already; `not_these`, lower case: who sent and got it."""
    found = failed or _named_in(notice, not_these)
    late = bool(_LATE.search(f"{subject}\n{notice}"))
    return [_from_text(address, notice, late=late) for address in found[:MOST_REASONS]]


def reason_in(notice: str, *, address: str) -> str:
    """The line with a code in it, from the address on; else the words beside the address, else those behind it."""
    place = notice.lower().find(address.lower()) if address else -1
    behind = notice[max(place, 0) :]
    for text, code in ((behind, REPLY_CODE), (behind, STATUS), (notice, REPLY_CODE), (notice, STATUS)):
        coded = _coded_lines(text, code)
        if coded:
            return _tidy(coded, address)
    beside = notice[notice.rfind("\n", 0, place) + 1 :].split("\n", 1)[0] if place >= 0 else ""
    if len(re.findall(r"\w{2,}", ADDRESS.sub("", beside))) > 2 and not beside.rstrip().endswith(":"):
        return _tidy(re.split(r"\n\s*\n", beside + behind.partition("\n")[1] + behind.partition("\n")[2])[0], address)
    words = behind[len(address) :] if place >= 0 else behind
    paragraphs = [part for part in re.split(r"\n\s*\n", words.strip(" \t\r\n<>:\"'")) if re.search(r"\w{3}", part)]
    telling = [part for part in paragraphs if not (part.rstrip().endswith(":") or _SUMMARY.match(part))]
    return _tidy((telling or paragraphs or [notice])[0], address)


def _from_fields(group: Fields, report: Report, *, place: int) -> BouncedRecipient:
    address = _address_in(group)
    words = re.sub(r"^\s*(?:smtp|x-[\w-]+|unix|x)\s*;\s*", "", group.get("diagnostic-code", ""), flags=re.IGNORECASE)
    telling = words[:2_000] or (reason_in(report.notice, address=address) if place < MOST_REASONS else "")
    status = finer_status(group.get("status", ""), reason=telling)
    action = (group.get("action", "").lower().split() or [""])[0]
    return BouncedRecipient(address, severity_of(status, reason=telling, action=action), status, _tidy(telling))


def _from_text(address: str, notice: str, *, late: bool) -> BouncedRecipient:
    reason = reason_in(notice, address=address)
    status = finer_status("", reason=reason) or finer_status("", reason=_paragraph_of(address, notice))
    bounce_class = BounceClass.SOFT if late else severity_of(status, reason=reason, said_permanent=_is_final(notice))
    return BouncedRecipient(address, bounce_class, status, reason)


def _paragraph_of(address: str, notice: str) -> str:
    place = notice.lower().find(address.lower())
    return re.split(r"\n\s*\n", notice[place:])[0] if place >= 0 else ""


def _is_final(notice: str) -> bool:
    return bool(
        re.search(r"failed permanently|permanent (?:fatal )?(?:delivery )?error|fatal error", notice, re.IGNORECASE)
    )


def _address_in(group: Fields) -> str:
    """Original-Recipient is the address we wrote to, Final-Recipient what forwarding made of it."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        value = group.get(name, "").split(";", 1)[-1].strip().strip("<>").strip()
        if "@" in value:
            return first_address(value) or value.split()[0]
    return ""


def _named_in(notice: str, not_these: set[str]) -> list[str]:
    """Addresses that begin a line come first in rank; else any that is not the sender's or the mail system's."""
    words = _OF_SENDER.sub(" ", notice)
    without_summary = _SUMMARY.sub("", words)
    starting = [found[0] for line in without_summary.splitlines() if (found := _starting(line))]
    for candidates in (starting, addresses_in(without_summary), addresses_in(words)):
        others = {one.lower(): one for one in candidates if one.lower() not in not_these and not _is_mail_system(one)}
        if others:
            return list(others.values())
    return [one for one in dict.fromkeys(starting) if not _is_mail_system(one)]


def _starting(line: str) -> re.Match[str] | None:
    begin = _AT_START.match(line)
    return ADDRESS.match(line, begin.end()) if begin else None


def _is_mail_system(address: str) -> bool:
    return bool(re.match(r"(?:mailer-daemon|postmaster|abuse|support|helpdesk)@", address, re.IGNORECASE))


def _coded_lines(text: str, code: re.Pattern[str]) -> str:
    """The first line with a code of that kind, and what continues it: lines with the same code, or set in below it."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = code.search(line)
        if not found or re.search(r"Received:|\bdate\b|\bid\b:", line, re.IGNORECASE):
            continue
        taken = [line]
        for following in lines[number + 1 : number + 12]:
            if following.strip().startswith(found[1]) or (following.strip() and following[:1].isspace()):
                taken.append(following)
            elif following.strip() or not _continues(lines[number + 1 :], found[1]):
                break
        return "\n".join(taken)
    return ""


def _continues(lines: list[str], code: str) -> bool:
    """Some servers set a blank line between those of one answer."""
    return any(line.strip().startswith(code) for line in lines[:3])


def _tidy(words: str, address: str = "") -> str:
    line = (
        re.sub(r"^\W*" + re.escape(address) + r">?:\s", "", " ".join(words.split()))
        if address
        else " ".join(words.split())
    )
    return line.lstrip(" >|*-;:,").rstrip(" |*-;:,")[:LONGEST_REASON]
