"""A complaint is acknowledged, put on hold, or answered for good: by an answer on its case, on paper, or by word of mouth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.db import transaction

import careline.domain.complaints
from careline.domain.company.queries import company
from careline.domain.complaints.commands import clocks, complaints, entries
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.rules.clocks import STOPPED_BY, met, unmet
from careline.domain.complaints.rules.handling import (
    ACKNOWLEDGED,
    ANSWERED,
    MOST_WORDS,
    OPEN,
    PAPER,
    RECORDED,
    REPLY,
    WAYS,
    against_hands,
    against_letter,
    against_working,
)
from careline.domain.complaints.rules.terms import ACKNOWLEDGEMENT, FINAL, KINDS
from careline.domain.conversations.rules.filling import holes_in, used_in
from careline.domain.desk.queries.complaints import complaint_for
from careline.domain.files import commands as files
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.queries import Happened
from careline.domain.staff.rules import Person
from careline.flows.complaint_words import LetterText, letter_text, number_words
from careline.flows.hold_complaint import WORK, Held, hold_complaint, refuse
from careline.flows.keep_open_complaints import keep_open_complaints
from careline.flows.reply import Draft, reply
from careline.flows.transcript import FONTS, is_rtl, settable
from careline.kit.typeset import CannotTypeset, pdf_of

TEMPLATE = Path(careline.domain.complaints.__file__).parent / "documents" / "letter.typ"
_SAYS = {ACKNOWLEDGEMENT: "acknowledged", FINAL: "answered"}


@dataclass(frozen=True, slots=True)
class LetterWanted:
    """`way`: reply, paper, or told. Empty `text`: what the chosen letter (None: the first that fits) says by itself."""

    kind: str
    way: str = REPLY
    text: str = ""
    letter: int | None = None


def complaint_letter(agent: Person, key: int, kind: str, *, letter: int | None = None, at: datetime) -> LetterText:
    """What it would say; nothing is sent. Raises NotFound, Forbidden, ComplaintRefused."""
    with transaction.atomic():
        return _text(agent, hold_complaint(agent, key), kind, letter, at=at)


def write_complaint_letter(agent: Person, key: int, wanted: LetterWanted, *, by: Actor, at: datetime) -> int:
    """Stops the clocks that it meets; the line of the record. Raises NotFound, Forbidden, ComplaintRefused, and as `reply` does."""
    if wanted.way not in WAYS:
        raise ComplaintRefused("bad_way", f"A letter goes by {', '.join(WAYS)}.")
    text, language = _written(agent, key, wanted, at=at)
    paper = _paper(agent, key, text, language, at=at) if wanted.way == PAPER else None
    with transaction.atomic():
        held = hold_complaint(agent, key)
        _guard(agent, held, wanted.kind)
        message = None
        if wanted.way == REPLY:
            assert held.case is not None, "its text needed the case"
            message = reply(agent, held.case.number, Draft(text=text), by=by, at=at).message
        digest = None
        if paper is not None:
            digest, size = paper
            files.keep({digest: size}, at=at)
        entry = entries.add_entry(
            key, wanted.kind, words=text[:MOST_WORDS], data={"way": wanted.way}, language=language, message=message, paper=digest, by=by,
            at=at,
        )  # fmt: skip
        _move(held, wanted.kind, {"way": wanted.way, "entry": entry, "message": message}, by=by, at=at)
    return entry


def follow_letter_taken_back(happened: Happened, at: datetime) -> None:
    """The answer that carried a letter was taken back in time: the complaint stands as it did before."""
    taken = entries.take_letter_back(happened.subject_key)
    row = complaints.locked(taken.complaint_id) if taken is not None else None
    if taken is None or row is None:
        return
    running = clocks.clocks_of(row.id)
    still = entries.letters_sent(row.id)
    stopped = {kind for one in still for kind in STOPPED_BY[one]}
    anew = [kind for kind in STOPPED_BY[taken.what] if kind in running and kind not in stopped]
    clocks.write(row.id, [unmet(running[kind]) for kind in anew if not running[kind].is_open])
    state = ANSWERED if FINAL in still else ACKNOWLEDGED if still else RECORDED
    columns: dict[str, Any] = {"state": state, "answered_at": row.answered_at if state == ANSWERED else None}
    if row.state in (*OPEN, ANSWERED):
        complaints.change(row, columns, what="letter_taken_back", data={"kind": taken.what}, by=SYSTEM, at=at)
        if row.conversation_id is not None:
            keep_open_complaints([happened.conversation_id or row.conversation_id])


def _move(held: Held, kind: str, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """What the letter makes of the complaint, its clocks and its case."""
    row = held.row
    running = clocks.clocks_of(row.id)
    stopped = [running[one] for one in STOPPED_BY[kind] if one in running]
    clocks.write(row.id, [met(clock, at=at) for clock in stopped if clock.is_open])
    columns: dict[str, Any] = {"state": ANSWERED, "answered_at": at} if kind == FINAL else {"state": ACKNOWLEDGED}
    complaints.change(row, columns, what=_SAYS.get(kind, "put_off"), data={"kind": kind, **data}, by=by, at=at)
    if held.case is not None:
        keep_open_complaints([held.case.id])


def _guard(agent: Person, held: Held, kind: str) -> None:
    if kind not in KINDS:
        raise ComplaintRefused("bad_kind", f"A letter is for {', '.join(KINDS)}.")
    standing = held.standing
    refuse(against_working(standing) or against_hands(standing, agent.id) or against_letter(standing, kind))


def _text(agent: Person, held: Held, kind: str, letter: int | None, *, at: datetime) -> LetterText:
    _guard(agent, held, kind)
    if held.case is None:
        raise ComplaintRefused("no_case", "Its case has gone: there is nobody to write to.")
    return letter_text(agent, held.row, held.case, kind, letter=letter, at=at)


def _written(agent: Person, key: int, wanted: LetterWanted, *, at: datetime) -> tuple[str, str]:
    """The words and their language, before anything is held for long."""
    with transaction.atomic():
        held = hold_complaint(agent, key)
        if wanted.way not in (REPLY, PAPER) and wanted.text.strip():
            _guard(agent, held, wanted.kind)
            return wanted.text.strip(), ""
        prepared = _text(agent, held, wanted.kind, wanted.letter, at=at)
    text = wanted.text.strip() or prepared.text
    if holes := [*holes_in(text), *(name for name in used_in(text) if name.startswith("complaint."))]:
        raise ComplaintRefused(
            "unfilled", f"{{{{{holes[0]}}}}} was not filled in: write the word itself, or leave it out."
        )
    return text, prepared.language


def _paper(agent: Person, key: int, text: str, language: str, *, at: datetime) -> tuple[str, int]:
    """The letter as PDF, durable on the disk: its digest and size."""
    row = complaint_for(agent, key, verb=WORK)
    found = company()
    data = {
        "company": found.name if found else "", "fonts": FONTS, "language": (language or "en")[:2], "rtl": is_rtl(text),
        "address": [settable(row.customer_name or "")], "date": format_date(at.date(), "long", locale=(language or "en").replace("-", "_")),
        "subject": settable(f"{number_words(key)} · {row.subject or ''}".rstrip(" ·")),
        "paragraphs": [{"text": settable(line), "rtl": is_rtl(line)} for line in text.splitlines() if line.strip()],
    }  # fmt: skip
    try:
        pdf = pdf_of(TEMPLATE, data)
    except CannotTypeset as wrong:
        raise ComplaintRefused("no_paper", str(wrong)) from None
    return files.write([pdf])[0], len(pdf)
