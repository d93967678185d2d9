"""Troubleshooting guides: written, published, thrown away; and walked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.models import Guide, GuideRun, GuideVersion
from careline.kit import db


@transaction.atomic
def add_guide(*, slug: str, by: Actor, at: datetime, **words: Any) -> int:
    """`words` are the columns of the table; where the slug is taken it is given a number."""
    db.lock_words(["guide slugs"])
    held = set(Guide.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = next(name for name in _slugs(slug) if name not in held)
    guide = Guide.objects.create(slug=free, created_at=at, updated_at=at, **words)
    record(Happening("guide.added", "guide", guide.pk), by=by, at=at)
    return int(guide.pk)


@transaction.atomic
def change_guide(key: int, *, by: Actor, at: datetime, **words: Any) -> None:
    """What is written; those who walk it see nothing of it until it is published."""
    Guide.objects.filter(pk=key).update(updated_at=at, **words)
    record(Happening("guide.changed", "guide", key), by=by, at=at)


@transaction.atomic
def publish_guide(key: int, *, by: Actor, at: datetime) -> int:
    """What is written is walked from now on, as a version of its own; its number."""
    guide = Guide.objects.select_for_update().get(pk=key)
    newest = GuideVersion.objects.filter(guide=guide).order_by("-number").first()
    number = newest.number + 1 if newest else 1
    GuideVersion.objects.create(
        guide=guide, number=number, titles=guide.titles, summaries=guide.summaries, steps=guide.steps,
        by_id=by.id if by.kind == "agent" else None, at=at,
    )  # fmt: skip
    Guide.objects.filter(pk=key).update(current=number, updated_at=at)
    record(Happening("guide.published", "guide", key, data={"version": number}), by=by, at=at)
    return number


@transaction.atomic
def withdraw_guide(key: int, *, by: Actor, at: datetime) -> None:
    """Nobody begins it any more; whoever is in the middle of it goes on."""
    Guide.objects.filter(pk=key).update(current=None, updated_at=at)
    record(Happening("guide.withdrawn", "guide", key), by=by, at=at)


def begin_run(version: int, *, token: str | None, conversation: int | None, by: Actor, at: datetime) -> int:
    run = GuideRun.objects.create(
        version_id=version, token=token, conversation_id=conversation, agent_id=by.id if by.kind == "agent" else None, started_at=at
    )  # fmt: skip
    return int(run.pk)


def locked_run(key: int) -> Any | None:
    """The run's row, held until the transaction ends."""
    return GuideRun.objects.select_for_update().filter(pk=key).first()


def move_run(run: int, *, path: list[list[str]], outcome: str, at: datetime) -> None:
    GuideRun.objects.filter(pk=run).update(path=path, outcome=outcome, ended_at=at if outcome else None)


def put_on_case(run: int, *, conversation: int) -> None:
    """A guide that was walked alone belongs to a case from now on."""
    GuideRun.objects.filter(pk=run, conversation_id=None).update(conversation_id=conversation)


def _slugs(slug: str) -> Any:
    yield slug
    n = 2
    while True:
        yield f"{slug}-{n}"
        n += 1
