"""What a customer suggests or praises is recorded from a case, counted by cases, joined with the same, and moved on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.followups.commands import voices
from careline.domain.followups.commands.voices import NewVoice
from careline.domain.followups.queries.voices import held_voice, merged_voice, review_at, review_of_case, voice_by_id
from careline.domain.followups.rules.voices import BadVoice, judged_review
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.open_case import Opening, open_case
from careline.kit import db

READ, WRITE, MANAGE = "feedback:read", "feedback:write", "feedback:manage"


class CannotRecord(Refused):
    """It can't be so; the sentence says why, `field` where."""

    code = "bad_feedback"

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class ReviewedBefore(CannotRecord):
    """This review stands in a case already."""

    code = "reviewed_before"


def record_feedback(agent: Person, number: int, said: NewVoice, *, by: Actor, at: datetime) -> int:
    """A new voice that this case is the first to raise; its key. Raises NotFound, Forbidden, CannotRecord."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=WRITE).id)
        key = int(_agreed(lambda: voices.add_voice(said, by=by, at=at)))
        voices.add_vote(held_voice(key), case, by=by, at=at)
    return key


def raise_feedback(agent: Person, number: int, key: int, *, by: Actor, at: datetime) -> bool:
    """This case raises it too; False where it did before. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=WRITE).id)
        return voices.add_vote(_held(key), case, by=by, at=at)


def take_feedback_back(agent: Person, number: int, key: int, *, by: Actor, at: datetime) -> bool:
    """This case does not raise it. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=WRITE).id)
        return voices.take_vote_back(_held(key), case, by=by, at=at)


def change_feedback(agent: Person, key: int, said: NewVoice, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, CannotRecord."""
    require(agent, MANAGE)
    with transaction.atomic():
        _agreed(lambda: voices.change_voice(_held(key), said, by=by, at=at))


def move_feedback(agent: Person, key: int, *, state: str, answer: str = "", by: Actor, at: datetime) -> None:
    """On to another state; with an answer, all who raised it are told. Raises Forbidden, NotFound, CannotRecord."""
    require(agent, MANAGE)
    with transaction.atomic():
        if len(answer) > _LONGEST_ANSWER:
            raise CannotRecord(f"The answer is too long: {_LONGEST_ANSWER} characters at most.", "answer")
        _agreed(lambda: voices.move_voice(_held(key), state=state, answer=answer, by=by, at=at))


def merge_feedback(agent: Person, key: int, into: int, *, by: Actor, at: datetime) -> None:
    """They are the same. Raises Forbidden, NotFound, CannotRecord."""
    require(agent, MANAGE)
    with transaction.atomic():
        first, second = (_held(one) for one in sorted((key, into)))
        one, other = (first, second) if first.id == key else (second, first)
        if key == into or one.kind != other.kind:
            raise CannotRecord("Only two different ones of the same kind can be joined.", "into")
        voices.merge_voices(one, other, by=by, at=at)


def part_feedback(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """They are not the same after all. Raises Forbidden, NotFound, CannotRecord where it was not joined with any."""
    require(agent, MANAGE)
    with transaction.atomic():
        found = merged_voice(key)
        if found is None:
            feedback_for(agent, key)
            raise CannotRecord("It was not joined with another one.", "into")
        voices.part_voices(found, by=by, at=at)


def record_review(
    agent: Person, opening: Opening, *, source: str, url: str = "", author: str = "", stars: int | None = None,
    posted_on: date | None = None, by: Actor, at: datetime,
) -> int:  # fmt: skip
    """What stands about us in public, in a case of its own: its number. Raises Forbidden, CannotRecord and what open_case raises."""
    require(agent, WRITE)
    _agreed(lambda: judged_review(source=source, url=url, stars=stars, text=opening.text))
    with transaction.atomic():
        if url:
            db.lock_words([f"review {url}"])
            before = review_at(url)
            if before is not None:
                raise ReviewedBefore(f"This review stands in case {before.number} already.", "url")
        number = open_case(agent, opening, by=by, at=at)
        case = conversation_for(agent, number)
        _agreed(
            lambda: voices.add_review(
                case,
                source=source,
                url=url,
                author=author,
                stars=stars,
                text=opening.text,
                posted_on=posted_on,
                by=by,
                at=at,
            )
        )
    return number


def answer_review(agent: Person, number: int, *, text: str, by: Actor, at: datetime) -> None:
    """What was answered where the review stands is kept as a note of its case. Raises NotFound, Forbidden, CannotRecord."""
    if not 0 < len(text.strip()) <= _LONGEST_ANSWER:
        raise CannotRecord(f"Copy what you answered there, in up to {_LONGEST_ANSWER} characters.", "text")
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=WRITE).id)
        review = review_of_case(case.id)
        if review is None:
            raise NotFound(f"Case {number} is of no public review.")
        note = NewMessage(
            kind="note", conversation=case.id, author_kind=by.kind.value, author_id=by.id, form="note", visibility="staff",
            sender={"value": agent.email, "name": agent.name}, text=text.strip(), visible_text=text.strip(), language=case.language,
            data={"review": review.id},
        )  # fmt: skip
        key = messages.add(note, number=case.number, customer=case.customer_id, happening="note.added", by=by, at=at)
        cases.note_internal(case, message=key, has_attachment=False, at=at)
        voices.note_review_answered(review, case, by=by, at=at)


def feedback_for(agent: Person, key: int) -> Any:
    """Raises Forbidden, NotFound."""
    require(agent, READ)
    found = voice_by_id(key)
    if found is None:
        raise NotFound(f"There is no feedback {key}.")
    return found


_LONGEST_ANSWER = 4000


def _held(key: int) -> Any:
    found = held_voice(key)
    if found is None:
        raise NotFound(f"There is no feedback {key}.")
    return found


def _agreed(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except BadVoice as wrong:
        raise CannotRecord(str(wrong), wrong.field) from None
