"""Suggestions, praise, and reviews that stand in public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from careline.domain.channels.queries import channels
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.followups.commands.voices import NewVoice
from careline.domain.followups.queries.voices import reviews, voices
from careline.domain.orders.queries.products import product_by_id
from careline.domain.staff.rules import reach_of, require
from careline.entrypoints.api.naming import address_of, agent_key
from careline.entrypoints.api.paging import key_alone, page_of, pair_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import feedback as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.open_case import Opening
from careline.flows.record_feedback import (
    READ,
    WRITE,
    CannotRecord,
    ReviewedBefore,
    answer_review,
    change_feedback,
    feedback_for,
    merge_feedback,
    move_feedback,
    part_feedback,
    raise_feedback,
    record_feedback,
    record_review,
    take_feedback_back,
)

_ONE, _OF_CASE = "/feedback/{id}", "/conversations/{number}/feedback/{id}"
_FIELDS = ("kind", "title", "words", "state", "answer", "into", "source", "url", "stars", "text")


@route("GET", "/feedback", query=shapes.FeedbackQuery, answer=Page[shapes.Feedback])
def all_feedback(call: Call) -> Any:
    """What most cases raise first."""
    require(call.person, READ)
    asked = call.query
    rows = voices(kind=asked.kind, state=asked.state, after=pair_of(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.votes, row.id), item=_shown)


@route("POST", "/feedback", body=shapes.NewFeedback, answer=shapes.Feedback, status=201)
def new_feedback(call: Call) -> Any:
    """Records what a customer suggests or praises."""
    said = call.body
    conversation_for(call.person, said.conversation)
    voice = NewVoice(
        said.kind, said.title, said.words, _product(said.product), _agent(call, said.owner, "owner"), _agent(call, said.person, "person")
    )  # fmt: skip
    key = _fit(lambda: record_feedback(call.person, said.conversation, voice, by=call.by, at=call.at))
    return Created(f"/feedback/{key}", _shown(feedback_for(call.person, key)))


@route("GET", _ONE, answer=shapes.Feedback)
def feedback(call: Call) -> Any:
    """One suggestion or praise."""
    return _shown(feedback_for(call.person, call.id))


@route("PATCH", _ONE, body=shapes.FeedbackChange, answer=shapes.Feedback)
def changed_feedback(call: Call) -> Any:
    """Other words, product, owner or person."""
    row, said = feedback_for(call.person, call.id), call.body
    voice = NewVoice(
        row.kind, row.title if said.title is UNSET else said.title, row.words if said.words is UNSET else said.words,
        row.product_id if said.product is UNSET else _product(said.product),
        row.owner_id if said.owner is UNSET else _agent(call, said.owner, "owner"),
        row.person_id if said.person is UNSET else _agent(call, said.person, "person"),
    )  # fmt: skip
    _fit(lambda: change_feedback(call.person, call.id, voice, by=call.by, at=call.at))
    return _shown(feedback_for(call.person, call.id))


@route("PUT", _ONE + "/state", body=shapes.FeedbackMove, answer=shapes.Feedback)
def moved_feedback(call: Call) -> Any:
    """On to another state; with an answer, all who raised it are told."""
    said = call.body
    _fit(lambda: move_feedback(call.person, call.id, state=said.state, answer=said.answer, by=call.by, at=call.at))
    return _shown(feedback_for(call.person, call.id))


@route("POST", _ONE + "/merges", body=shapes.FeedbackMerge, answer=shapes.Feedback, status=201)
def joined_feedback(call: Call) -> Any:
    """They are the same: all that raise this one count for the other."""
    into = int(call.body.into)
    _fit(lambda: merge_feedback(call.person, call.id, into, by=call.by, at=call.at))
    return Created(f"/feedback/{into}", _shown(feedback_for(call.person, into)))


@route("DELETE", _ONE + "/merges", answer=shapes.Feedback)
def parted_feedback(call: Call) -> Any:
    """They are not the same after all: each counts its own again. 409 where it was not joined with any."""
    part_feedback(call.person, call.id, by=call.by, at=call.at)
    return _shown(feedback_for(call.person, call.id))


@route("PUT", _OF_CASE, status=204)
def raised_feedback(call: Call) -> None:
    """The case raises it too, counted once."""
    raise_feedback(call.person, call.number, call.id, by=call.by, at=call.at)


@route("DELETE", _OF_CASE, status=204)
def unraised_feedback(call: Call) -> None:
    """The case does not raise it."""
    take_feedback_back(call.person, call.number, call.id, by=call.by, at=call.at)


@route("GET", "/reviews", query=PageQuery, answer=Page[shapes.PublicReview])
def all_reviews(call: Call) -> Any:
    """What stands about us in public, the newest first; answered in its case."""
    require(call.person, READ)
    asked = call.query
    rows = reviews(reach_of(call.person, "conversation:read"), before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_review)


@route("POST", "/reviews", body=shapes.NewReview, answer=shapes.PublicReview, status=201)
def new_review(call: Call) -> Any:
    """Records one in a case of its own. 409 with `reviewed_before` where its address is known already."""
    require(call.person, WRITE)
    said = call.body
    channel = next(iter(channels(kind="email")), None)
    if channel is None:
        raise Wrong(("source", "There is no mailbox that the case could be answered from."))
    sender = Recipient(address_of(said.mail, "mail"), said.author) if said.mail else None
    opening = Opening("incoming" if sender else "note", channel, sender=sender, subject=_title(said), text=said.text)
    number = _fit(
        lambda: record_review(
            call.person,
            opening,
            author=said.author,
            source=said.source,
            url=said.url,
            stars=said.stars,
            posted_on=said.posted_on,
            by=call.by,
            at=call.at,
        )
    )
    made = reviews(reach_of(call.person, "conversation:read"), number=number, limit=1)
    return Created("/reviews", _review(made[0]))


@route("PUT", "/conversations/{number}/review-answer", body=shapes.ReviewAnswer, answer=shapes.PublicReview)
def answered_review(call: Call) -> Any:
    """It was answered where it stands: kept as a note of its case. 404 for a case of no review."""
    _fit(lambda: answer_review(call.person, call.number, text=call.body.text, by=call.by, at=call.at))
    return _review(reviews(reach_of(call.person, "conversation:read"), number=call.number, limit=1)[0])


def _title(said: shapes.NewReview) -> str:
    return f"{said.source}: {'★' * (said.stars or 0)} {said.author}".strip()


def _product(words: str | None) -> int | None:
    if words is not None and product_by_id(int(words)) is None:
        raise Wrong(("product", "There is no such product."))
    return int(words) if words else None


def _agent(call: Call, words: str | None, field: str) -> int | None:
    return agent_key(words, call.person, field) if words else None


def _fit(act: Callable[[], Any]) -> Any:
    """What does not fit a field is said of that field."""
    try:
        return act()
    except ReviewedBefore:
        raise
    except CannotRecord as wrong:
        if wrong.field in _FIELDS:
            raise Wrong((wrong.field, str(wrong))) from None
        raise


def _shown(row: Any) -> shapes.Feedback:
    def named(key: int | None, name: str | None) -> Named | None:
        return Named(str(key), name) if key is not None and name is not None else None

    return shapes.Feedback(
        str(row.id), row.kind, row.title, row.words, row.state, named(row.product_id, row.product_name), named(row.owner_id, row.owner_name),
        named(row.person_id, row.person_name), row.votes, str(row.merged_into_id) if row.merged_into_id else None, row.answer, row.made_at,
        row.done_at,
    )  # fmt: skip


def _review(row: Any) -> shapes.PublicReview:
    return shapes.PublicReview(
        str(row.id), row.number, row.source, row.url, row.author, row.stars, row.text, row.posted_on, row.recorded_at, row.answered_at
    )  # fmt: skip
