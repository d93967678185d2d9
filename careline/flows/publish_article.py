"""Readers see an article: at once, or at its moment; and no longer see it."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.knowledge.commands import articles, versions
from careline.domain.knowledge.commands.articles import AddressTaken
from careline.domain.knowledge.commands.versions import ChangedMeanwhile, NothingOpen, due
from careline.domain.knowledge.rules.workflow import SCHEDULE, SEND_BACK
from careline.domain.staff.rules import Person, require
from careline.flows.review_article import step
from careline.flows.write_article import PUBLISH, found_article


def publish_article(
    agent: Person, key: int, language: str, *, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """At once. Raises Forbidden, NotFound, Refused."""
    require(agent, PUBLISH)
    _stands(key)
    _publish(key, language, seen=seen, by=by, at=at)


def schedule_article(
    agent: Person, key: int, language: str, *, due_at: datetime, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """At a moment to come; the worker does it. Raises Forbidden, NotFound, Refused."""
    require(agent, PUBLISH)
    _stands(key)
    if due_at <= at:
        raise Refused("Give a moment that is still to come.")
    step(key, language, SCHEDULE, seen=seen, due_at=due_at, by=by, at=at)


def withdraw_article(agent: Person, key: int, language: str, *, by: Actor, at: datetime) -> None:
    """Readers no longer see this language. Raises Forbidden, NotFound, Refused."""
    require(agent, PUBLISH)
    found_article(key)
    try:
        versions.withdraw(key, language, by=by, at=at)
    except NothingOpen as nothing:
        raise Refused(str(nothing)) from nothing


def archive_article(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Out of readers' sight in every language, and out of the lists. Raises Forbidden, NotFound."""
    require(agent, PUBLISH)
    found_article(key)
    articles.archive_article(key, by=by, at=at)


def restore_article(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Back in the lists; what readers saw has to be published anew. Raises Forbidden, NotFound."""
    require(agent, PUBLISH)
    found_article(key)
    articles.restore_article(key, by=by, at=at)


def publish_due(*, at: datetime) -> int:
    """What is to be published by now, each at its own moment; how many were."""
    waiting = due(at=at)
    for key, language, moment in waiting:
        try:
            _publish(key, language, seen=None, by=SYSTEM, at=moment)
        except Refused as wrong:  # it stands in nobody's way, and its writer reads why
            step(key, language, SEND_BACK, seen=None, remark=str(wrong), by=SYSTEM, at=moment)
    return len(waiting)


def _publish(key: int, language: str, *, seen: int | None, by: Actor, at: datetime) -> None:
    try:
        versions.publish(key, language, seen=seen, by=by, at=at)
    except (NothingOpen, ChangedMeanwhile, AddressTaken, ValueError) as wrong:
        raise Refused(str(wrong)) from wrong


def _stands(key: int) -> None:
    if found_article(key).archived_at is not None:
        raise Refused("It is archived: bring it back first.")
