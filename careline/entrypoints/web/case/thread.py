"""The thread of a case: messages and happenings in one row, each with its words ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.conversations.rules.states import HOLD_MARGIN
from careline.entrypoints.web.case import formatting
from careline.entrypoints.web.case.happenings import happening_words
from careline.entrypoints.web.case.long_texts import PIECE, beginning, paragraphs, text_said
from careline.entrypoints.web.headers import SHOWN_TYPES
from careline.entrypoints.web.presenting import person_of
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of, iso, moment_words, size_text, span_words

NOTHING = Markup("")
_STATES = {"handing_over": "sending"}
_SHORT = 4_000


@dataclass(frozen=True, slots=True)
class File:
    name: str
    url: str
    size_text: str
    inline: bool
    is_image: bool
    media_type: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a thread: a message, or an event (whose id begins with e)."""

    id: str
    kind: str
    at: str
    at_text: str
    author_name: str
    visible_text_html: Markup
    author_initials: str = ""
    symbol: str = ""
    to: list[dict[str, str]] = field(default_factory=list)
    cc: list[dict[str, str]] = field(default_factory=list)
    attachments: list[File] = field(default_factory=list)
    from_address: str = ""
    verified: str = "unknown"
    is_stranger: bool = False
    has_quoted: bool = False
    quoted_html: Markup = NOTHING
    has_html: bool = False
    bounce_text: str = ""
    delivery: str = ""
    delivery_text: str = ""
    hold_seconds_left: int = 0
    is_first_unread: bool = False
    form: str = ""
    form_text: str = ""
    rest_url: str = ""
    quoted_rest_url: str = ""


def thread_of(messages: Iterable[Any], events: Iterable[Any], suggested: set[str], visit: Visit) -> list[Entry]:
    """Messages and events by time. `suggested` are the addresses of those who wait for an agent's word."""
    told = [(row.at, 0, row.id, row) for row in events]
    said = [(row.created_at, 1, row.id, row) for row in messages]
    entries = []
    for _at, is_said, _key, row in sorted([*told, *said], key=lambda item: item[:3]):
        if is_said and row.delivery == "cancelled" and not row.server_words:
            continue  # taken back by its writer: it stands in the composer again
        entry = message_of(row, suggested, visit) if is_said else event_of(row, visit)
        if entry is not None:
            entries.append(entry)
    return entries


def marked(entries: list[Entry], *, read_up_to: int | None, me: str) -> list[Entry]:
    """The same with the first message marked that somebody else wrote and the viewer has not read yet."""
    if read_up_to is None:
        return entries
    for place, entry in enumerate(entries):
        if entry.kind != "event" and int(entry.id) > read_up_to and entry.author_name != me:
            return [*entries[:place], replace(entry, is_first_unread=True), *entries[place + 1 :]]
    return entries


def message_of(row: Any, suggested: set[str], visit: Visit) -> Entry:
    sender = row.sender or {}
    author = _author(row, sender)
    address = sender.get("value", "") if row.kind == "incoming" and sender.get("kind") != "chat" else ""
    text, own = text_said(row), _own_words(row)
    whole = f"/messages/{row.id}/text"
    return Entry(
        id=str(row.id), kind=row.kind, at=iso(row.created_at), at_text=moment_words(row.created_at, at=visit.at, zone=visit.zone),
        author_name=author, author_initials=initials_of(author), visible_text_html=own or safe_words(beginning(text)),
        to=[person_of(p) for p in row.to], cc=[person_of(p) for p in row.cc], attachments=[*map(_file, row.attachments or ()), *_papers(row)],
        from_address=address, verified=_verified(row), is_stranger=address.lower() in suggested if address else False,
        has_quoted=bool(row.quoted), quoted_html=safe_words(beginning(row.quoted)) if row.quoted else NOTHING,
        rest_url=whole if len(text) > PIECE and not own else "", quoted_rest_url=f"{whole}?of=quoted" if len(row.quoted or "") > PIECE else "",
        has_html=row.has_html and row.kind == "incoming", bounce_text=_bounce_words(row.bounce),
        delivery=_STATES.get(row.delivery, row.delivery or ""), delivery_text=delivery_words(row, visit),
        hold_seconds_left=hold_left(row, visit), form=row.data.get("form", ""), form_text=_contact_words(row, visit),
    )  # fmt: skip


def _own_words(row: Any) -> Markup:
    """What somebody of us wrote with formatting; empty for all else."""
    html = getattr(row, "rich_html", None)
    return formatting.shown(html, row.attachments or ()) if html else NOTHING


def event_of(row: Any, visit: Visit) -> Entry | None:
    """None for what a thread does not tell (the case's opening stands in its first message)."""
    told = happening_words(row, visit)
    if told is None:
        return None
    symbol, words = told
    return Entry(
        id=f"e{row.id}", kind="event", at=iso(row.at), at_text=moment_words(row.at, at=visit.at, zone=visit.zone),
        author_name=row.agent_name or "", visible_text_html=words, symbol=symbol,
    )  # fmt: skip


def safe_words(text: str) -> Markup:
    """Plain text as paragraphs; web links open beside our page."""
    return _short_words(text) if len(text) <= _SHORT else paragraphs(text)


@lru_cache(maxsize=2_000)
def _short_words(text: str) -> Markup:
    """Agents read the same messages again and again."""
    return paragraphs(text)


def hold_left(row: Any, visit: Visit) -> int:
    """Seconds in which Undo still holds, the server's margin kept back."""
    if row.delivery != "held" or row.due_at is None:
        return 0
    return max(0, int((row.due_at - HOLD_MARGIN - visit.at).total_seconds()))


def delivery_words(row: Any, visit: Visit) -> str:
    if row.delivery == "scheduled":
        return _("leaves %(when)s") % {"when": moment_words(row.due_at, at=visit.at, zone=visit.zone)}
    if row.delivery == "queued" and row.attempts:
        when = moment_words(row.due_at, at=visit.at, zone=visit.zone)
        return _("tried %(n)s times, again %(when)s. %(words)s") % {
            "n": row.attempts,
            "when": when,
            "words": row.server_words,
        }
    return row.server_words or ""


def _author(row: Any, sender: dict[str, Any]) -> str:
    if row.agent_name:
        return str(row.agent_name)
    return sender.get("name") or sender.get("value") or _("Careline")


def _verified(row: Any) -> str:
    if row.kind != "incoming" or not row.authenticity:
        return "unknown"
    return "verified" if row.authenticity.get("verified") else "unverified"


def _contact_words(row: Any, visit: Visit) -> str:
    """A call, a visit, a letter or a fax: what it was, how long it took, when it happened."""
    form, is_ours = row.data.get("form", ""), row.data.get("outgoing")
    if not form:
        return ""
    names = {
        "phone": _("We called") if is_ours else _("Call"), "counter": _("We visited them") if is_ours else _("Visit"),
        "letter": _("Letter of ours") if is_ours else _("Letter"), "fax": _("Fax of ours") if is_ours else _("Fax"),
    }  # fmt: skip
    if form not in names:
        return ""
    words = [names[form]]
    if row.data.get("seconds"):
        words.append(span_words(row.data["seconds"]))
    if row.sent_at is not None:
        words.append(moment_words(row.sent_at, at=visit.at, zone=visit.zone))
    return " · ".join(words)


def _bounce_words(bounce: dict[str, Any] | None) -> str:
    told = [f"{r.get('address', '')}: {r.get('reason', '')}".strip(": ") for r in (bounce or {}).get("recipients", ())]
    return _("Came back: %(words)s") % {"words": "; ".join(told)} if told else ""


def _papers(row: Any) -> list[File]:
    """What left with it as a file that is set anew whenever it is asked for."""
    if row.kind != "reply" or "quote" not in row.data:
        return []
    name = row.data.get("paper") or f"{_('Quote')}.pdf"
    return [File(name, f"/sales/quotes/{row.data['quote']}/paper", "PDF", False, False, "application/pdf")]


def _file(stored: dict[str, Any]) -> File:
    return File(
        stored["name"] or _("unnamed"), f"/attachments/{stored['id']}", size_text(stored["size"]), stored["inline"],
        stored["media_type"] in SHOWN_TYPES, stored["media_type"],
    )  # fmt: skip
