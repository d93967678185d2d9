"""Shared by tests of surveys: a survey that is on, a resolved case, and what the worker does meanwhile."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.queries import Happened
from careline.domain.surveys.commands.surveys import add_survey
from careline.domain.surveys.rules.content import content_from
from careline.domain.surveys.rules.defaults import content_to_begin_with
from careline.domain.surveys.rules.links import token_of
from careline.domain.surveys.rules.settings import Settings
from careline.entrypoints.worker.reactions import REACTIONS
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from careline.flows.send_survey import send_due_surveys
from careline.kit import db
from careline.kit.keys import ring
from tests.world import NOON, World

OF_SURVEYS = (
    "conversation.resolved",
    "survey.answered",
    "survey.changed_answer",
    "follow_up.done",
    "request.rated",
    "chat.rated",
    "agent.deactivated",
)
WAIT = timedelta(hours=1)


def with_survey(**settings: Any) -> int:
    said = Settings(**{"name": "After", "kind": "csat", "is_on": True, "low_at_most": 2, **settings})
    return add_survey(said, content_from(content_to_begin_with(said.kind)), by=SYSTEM, at=NOON)


def answered_and_resolved(world: World, *, number: int | None = None, at: datetime = NOON) -> None:
    ben, by = world.person(world.ben), agent(world.ben.pk)
    reply(ben, number or world.case, Draft("It left yesterday.", hold_seconds=0), by=by, at=at)
    resolve(ben, number or world.case, by=by, at=at)


def react(at: datetime, *, after: int = 0) -> int:
    """The worker reads on; the id of the last happening, so that the next call goes on from there."""
    rows = db.rows("SELECT * FROM history WHERE id > %s AND name = ANY(%s) ORDER BY id", [after, list(OF_SURVEYS)])
    for row in rows:
        happened = Happened(
            row.id, 0, row.at, row.actor_kind, row.actor_id, row.via, row.name, row.subject_kind, row.subject_key, row.conversation_id,
            row.customer_id, row.data,
        )  # fmt: skip
        for reaction in REACTIONS[row.name]:
            if reaction.__module__.startswith("careline.flows"):
                with transaction.atomic():
                    reaction(happened, at)
    return rows[-1].id if rows else after


def asked(at: datetime) -> str:
    """The worker plans and sends; the token of the newest letter, empty where none left."""
    react(at)
    send_due_surveys(at=at + WAIT)
    key = db.value("SELECT max(id) FROM surveys_invitation WHERE state = 'sent'")
    return token_of(key, ring=ring()) if key else ""


def left_out() -> list[str]:
    return [row.reason for row in db.rows("SELECT reason FROM surveys_invitation WHERE state = 'left_out' ORDER BY id")]
