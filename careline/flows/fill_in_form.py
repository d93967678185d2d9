"""A customer fills in a form: step by step until nothing is missing, then it goes the way of every message. Nothing is lost on the way.

Who fills it in has not proven who they are: it says something in their name, and changes nothing of theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from careline.domain.channels.queries import own_addresses
from careline.domain.conversations.queries.structure import case_fields, topics
from careline.domain.forms import commands as forms
from careline.domain.forms.queries import FormRow, files_held, recently_sent, what_became
from careline.domain.forms.rules.answers import MOST_BYTES, MOST_FILES, Answers, FileHeld, read_answers
from careline.domain.forms.rules.content import TOPIC, Field, Option, with_case_fields
from careline.domain.forms.rules.real_types import LARGEST, clean_name, real_type
from careline.domain.forms.rules.robots import (
    MANY,
    Signs,
    Token,
    again,
    has_worked,
    is_right,
    links_in,
    new_token,
    token_of,
    verdict,
)
from careline.flows.send_form import is_the_same, send_form
from careline.kit.keys import ring

_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FileGiven:
    field: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What came from one step. `shown` are the keys of the fields that stood on it; `source` is where it came from."""

    token: str = ""
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Sequence[FileGiven] = ()
    dropped: Sequence[int] = ()
    shown: frozenset[str] = frozenset()
    worked: str = ""
    answer: str = ""
    trap: str = ""
    language: str = "en"
    source: str = ""


@dataclass(slots=True)
class Step:
    """What comes next: `fill` (with what is missing or new), `wait` (too many came from there), or `sent`.

    `note`: more (an answer asks for more), wrong, question, doubt (the question once more), already (this was sent before, and
    differs), empty. `wrong` has a code for each field that does not fit.
    """

    kind: str
    token: Token
    fields: Sequence[Field]
    answers: Answers = field(default_factory=Answers)
    files: Sequence[FileHeld] = ()
    wrong: dict[str, str] = field(default_factory=dict)
    note: str = ""


def begin(form: FormRow, *, at: datetime) -> Step:
    """An empty form."""
    fields = fields_of(form)
    return Step("fill", new_token(form.id, at=at), fields, read_answers(fields, {}))


def fill_in(form: FormRow, given: Given, *, at: datetime) -> Step:
    """What one step leads to. The same submission sent again leads to the same case."""
    known = token_of(given.token, form=form.id, ring=ring())
    token = known or new_token(form.id, at=at)
    source = _source(given.source)
    fields = fields_of(form)
    wrong, has_room = _hold(fields, given, token, source, at=at)
    held = files_held(token.submission)
    answers = read_answers(fields, given.words, held)
    step = Step("fill", token, fields, answers, held, wrong)
    if not has_room:
        step.kind = "wait"
        return step
    _say_wrong(step, given)
    if step.note:
        return step
    if (sent := _sent_before(form, step, given, at=at)) is not None:
        return sent
    address = _address(step)
    signs = Signs(
        has_worked(token.submission, given.worked), is_right(token.submission, given.answer), bool(given.trap.strip()),
        links_in(" ".join(text for texts in given.words.values() for text in texts)),
        recently_sent([source, _source(address)], since=at - _AN_HOUR),
    )  # fmt: skip
    said = verdict(known, signs, at=at)
    if said.step == "take":
        send_form(form, step.token.submission, answers, held, language=given.language, suspected=said.suspected,
                  sources=[source, _source(address)], at=at)  # fmt: skip
        step.kind = "sent"
    elif said.step == "wait":
        step.kind = "wait"
    else:
        step.token = again(known or token, form=form.id, at=at)
        step.note = "doubt" if given.answer.strip() else "question"
    return step


def fields_of(form: FormRow) -> Sequence[Field]:
    """All that the form may ask, from top to bottom: the topic where there is a choice, and the case's own fields where it asks them."""
    content = form.content
    if not content.topics and not content.with_case_fields:
        return content.fields
    rows = topics()
    known = {row.id: row for row in rows}
    if content.with_case_fields:
        in_use = [row for row in case_fields() if row.retired_at is None]
        above = {key: _above(key, known) for key in content.topics or (0,)}
        content = with_case_fields(
            content,
            topic_fields={
                key: [row for row in in_use if not row.topic_ids or above[key] & set(row.topic_ids)] for key in above
            },
        )
    choices = tuple(
        Option(str(key), known[key].name) for key in content.topics if key in known and known[key].retired_at is None
    )
    if len(choices) < 2:
        return content.fields
    return (Field(TOPIC, "choice", {}, is_required=True, options=choices), *content.fields)


def _above(key: int | None, known: Mapping[int, object]) -> set[int]:
    found: set[int] = set()
    while key in known and key not in found:
        found.add(key)  # type: ignore[arg-type]
        key = known[key].parent_id  # type: ignore[index, attr-defined]
    return found


def _hold(
    fields: Sequence[Field], given: Given, token: Token, source: str, *, at: datetime
) -> tuple[dict[str, str], bool]:
    """Keeps the files that were chosen, so that no further step loses them: what is wrong with which, and whether there is room."""
    if given.dropped:
        forms.drop_files(token.submission, list(given.dropped))
    takes_files = {one.key for one in fields if one.kind == "file"}
    files = [one for one in given.files if one.field in takes_files and (one.name or one.content)]
    if not files or what_became(token.submission) is not None:
        return {}, True
    counted = f"files {source}"
    if recently_sent([counted], since=at - _AN_HOUR) >= MANY:
        return {}, False
    wrong: dict[str, str] = {}
    held = files_held(token.submission)
    count, size = len(held), sum(file.size for file in held)
    for one in files:
        name = clean_name(one.name)
        media_type = real_type(name, one.content)
        code = _unfit(one, media_type, count + 1, size + len(one.content))
        if code:
            wrong[one.field] = code
            continue
        forms.hold_file(token.submission, field=one.field, content=one.content, name=name, media_type=media_type, at=at)
        count, size = count + 1, size + len(one.content)
    forms.note_sending([counted], at=at)
    return wrong, True


def _unfit(file: FileGiven, media_type: str, count: int, size: int) -> str:
    if not file.content:
        return "file_empty"
    if len(file.content) > LARGEST or size > MOST_BYTES:
        return "file_large"
    if count > MOST_FILES:
        return "files"
    return "" if media_type else "file_type"


def _say_wrong(step: Step, given: Given) -> None:
    """What does not fit is said of fields that were seen; those that an answer has brought up come as one more step."""
    if step.answers.values.get(_mail_key(step)) in own_addresses():
        step.answers.wrong[_mail_key(step)] = "own"
    step.wrong = {key: code for key, code in step.answers.wrong.items() if key in given.shown} | step.wrong
    asked = {one.key for one in step.answers.asked}
    step.wrong = {key: code for key, code in step.wrong.items() if key in asked}
    if step.wrong:
        step.note = "wrong"
    elif asked - given.shown:
        step.note = "more"
    elif not _has_content(step):
        step.note = "empty"


def _has_content(step: Step) -> bool:
    """More than who it is and what they agree to."""
    silent = {one.key for one in step.answers.asked if one.kind in ("mail", "name", "consent")} | {TOPIC}
    return bool(step.answers.values.keys() - silent) or not {one.key for one in step.answers.asked} - silent


def _sent_before(form: FormRow, step: Step, given: Given, *, at: datetime) -> Step | None:
    """A second click, the way back, a replay: the same case. Where it says something else, nothing is thrown away: it is asked."""
    became = what_became(step.token.submission)
    if became is None:
        return None
    if is_the_same(form, became, step.token.submission, step.answers, language=given.language):
        step.kind = "sent"
        return step
    step.token, step.note, step.files = new_token(form.id, at=at), "already", ()
    return step


def _mail_key(step: Step) -> str:
    return next((one.key for one in step.fields if one.kind == "mail"), "")


def _address(step: Step) -> str:
    return str(step.answers.values.get(_mail_key(step), "")).lower()


def _source(words: str) -> str:
    """A digest that nobody outside can trace back, as there are few addresses to try."""
    return ring().sign("form source", hashlib.sha256(words.encode()).digest(), length=26)
