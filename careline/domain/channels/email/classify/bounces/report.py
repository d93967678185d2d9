"""A report about a mail, taken apart: what it says in words, what in fields, and what it returns of the original."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from careline.kit.html.plain import text_of

READ_LIMIT = 1_000_000
"""Bytes looked at; what a report says stands in front of the mail it returns."""
NOTICE_LIMIT = 20_000
FIELDS_LIMIT = 64_000
"""Characters of words and of fields looked at, so that no hostile report costs more than a moment."""
MOST_FIELDS = 60

_RETURNED = re.compile(
    r"^[ \t>]*+(?:"
    r"[-=_*|+ ]*+\b(?:(?:this|below|here|included|enclosed|attached|following)\b[^\n]{0,60}\bcop(?:y|ies) of|"
    r"a copy of the original|original message|unsent message|unsent mail|returned m(?:ail|essage)|"
    r"(?:the )?(?:message )?headers? (?:of the (?:original|message)|follow)|message (?:text |header )?follows|"
    r"your message reads|start of returned|the first \d+ lines|copy of the message|mensaje original|"
    r"the header and top)[^\n]*"
    r"|--- Message non-deliverable[^\n]*"
    r"|(?:received|return-path|x-google-smtp-source|dkim-signature|x-originating-ip|x-ymailisg|mime-version):\s[^\n]*"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)$")

Fields = dict[str, str]


@dataclass(slots=True)
class Report:
    """`notice` ends where the returned mail begins, `returned` is that rest. Field names are lower case."""

    notice: str = ""
    returned: str = ""
    statuses: list[Fields] = field(default_factory=list)
    feedback: Fields = field(default_factory=dict)
    headers: Fields = field(default_factory=dict)
    returns_mail: bool = False

    def original(self, name: str) -> str:
        """A header of the mail the report is about, from its own part or from the text."""
        return self.headers.get(name) or _fields_of(self.returned).get(name, "")


def read_report(raw: bytes, *, limit: int = READ_LIMIT) -> Report:
    """Never raises: a report that cannot be taken apart is an empty one."""
    report = Report()
    texts: list[str] = []
    try:
        for part in _leaves(email.message_from_bytes(raw[:limit], policy=email.policy.compat32)):
            _take(part, report, texts)
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError):
        pass
    text = next((text for text in texts if text.strip()), "")[:NOTICE_LIMIT]
    cut = _RETURNED.search(text)
    report.notice, report.returned = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    return report


def status_groups(text: str) -> list[Fields]:
    """The blocks of RFC 3464 fields in a text; a block that names nobody belongs to the one before it."""
    groups: list[Fields] = []
    for block in re.split(r"\r?\n\r?\n+", text[:READ_LIMIT]):
        fields = _fields_of(block)
        names_somebody = "final-recipient" in fields or "original-recipient" in fields
        if fields and (names_somebody or not groups):
            groups.append(fields)
        elif fields and len(groups[-1]) < MOST_FIELDS:
            groups[-1] = {**fields, **groups[-1]}
    return groups


def _take(part: Message, report: Report, texts: list[str]) -> None:
    kind = part.get_content_type()
    if kind in {"message/delivery-status", "message/global-delivery-status"}:
        report.statuses += status_groups(_text_below(part))
    elif kind == "message/feedback-report":
        report.feedback = report.feedback or _fields_of(_text_below(part))
    elif kind in {
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/global-headers",
        "message/partial",
    }:
        report.returns_mail = True
        report.headers = report.headers or _fields_of(_text_below(part))
    elif kind == "text/html":
        texts.append(text_of(_decoded(part)))
    elif kind.startswith("text/") and not part.get_filename():
        texts.insert(0, _decoded(part)) if not any(text.strip() for text in texts) else texts.append(_decoded(part))


def _leaves(message: Message) -> Iterator[Message]:
    """Depth first; into multiparts only, so that the returned mail's own parts are not taken for the report's."""
    waiting = [message]
    wraps_report = (
        "delivery-status" in str(message.get("Content-Type", "")) and message.get_content_subtype() == "mixed"
    )
    while waiting:
        part = waiting.pop()
        opened = part.get_content_maintype() == "multipart" or (
            wraps_report and part.get_content_type() == "message/rfc822"
        )
        if opened and isinstance(part.get_payload(), list):
            waiting.extend(reversed(part.get_payload()))  # type: ignore[arg-type]
        else:
            yield part


def _text_below(part: Message) -> str:
    """Of a message/* part, which the parser of the library may already have taken apart."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        return _decoded(part)
    return "\n\n".join(_written(one) for one in payload if isinstance(one, Message))


def _written(message: Message) -> str:
    head = "\n".join(f"{name}: {value}" for name, value in message.items())
    rest = message.get_payload()
    return head + (f"\n {rest}" if isinstance(rest, str) and rest.strip() and message.defects else "")


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    for charset in (part.get_content_charset(), "utf-8"):
        try:
            return content.decode(charset or "ascii").replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("latin-1").replace("\r\n", "\n")


def _fields_of(text: str) -> Fields:
    """Names lower case, folded lines joined, the first of several kept."""
    fields: Fields = {}
    latest = ""
    for line in text[:FIELDS_LIMIT].splitlines():
        found = _FIELD.match(line.strip("\r") if not line[:1].isspace() or not latest else "")
        if found:
            latest = found[1].lower()
            if latest in fields:
                latest = ""
            else:
                fields[latest] = found[2].strip()
        elif latest and line.strip():
            fields[latest] += " " + line.strip()
    return fields
