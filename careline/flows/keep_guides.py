"""Troubleshooting guides are written, published and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands.fields import define_field
from careline.domain.customers.queries.fields import definitions
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import guides
from careline.domain.knowledge.queries.guides import guide_by_id
from careline.domain.knowledge.rules.guides import (
    LONGEST_TITLE,
    BadGuide,
    as_data,
    faults_of,
    steps_from,
    words_from,
)
from careline.domain.staff.rules import Person, require
from careline.kit.search import words_of
from careline.kit.typed_fields import Definition

VERB = "guide:manage"
AUDIENCES = ("public", "staff")
DEVICE, DEVICE_VERSION = "device", "device_version"
"""The customer's own fields in which both are kept."""


@dataclass(frozen=True, slots=True)
class WrittenGuide:
    """A guide as somebody wrote it; `steps` as rules/guides.py reads them."""

    titles: dict[str, str]
    summaries: dict[str, str] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    audience: str = "public"
    asks_device: bool = False


def add_guide(agent: Person, written: WrittenGuide, *, by: Actor, at: datetime) -> int:
    """Kept as it is, walked by nobody yet; its id. Raises Forbidden, BadGuide."""
    require(agent, VERB)
    words = _fit(written)
    return guides.add_guide(slug=_slug_of(words["titles"]), by=by, at=at, **words)


def change_guide(agent: Person, key: int, written: WrittenGuide, *, by: Actor, at: datetime) -> None:
    """What is published stays as it is. Raises NotFound, Forbidden, BadGuide."""
    found_guide(agent, key)
    guides.change_guide(key, by=by, at=at, **_fit(written))


def publish_guide(agent: Person, key: int, *, by: Actor, at: datetime) -> int:
    """The number of the new version. Raises NotFound, Forbidden, Refused with the first thing that is wrong."""
    found = found_guide(agent, key)
    if wrong := faults_of(steps_from(found.steps)):
        raise Refused(wrong[0].sentence)
    with transaction.atomic():
        if found.asks_device:
            _keep_room_for_device(by=by, at=at)
        return guides.publish_guide(key, by=by, at=at)


def withdraw_guide(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    found_guide(agent, key)
    guides.withdraw_guide(key, by=by, at=at)


def found_guide(agent: Person, key: int) -> Any:
    """The guide as it is written. Raises Forbidden, NotFound."""
    require(agent, VERB)
    row = guide_by_id(key)
    if row is None:
        raise NotFound(f"There is no guide {key}.")
    return row


def _fit(written: WrittenGuide) -> dict[str, Any]:
    titles = words_from("titles", written.titles, longest=LONGEST_TITLE)
    if not titles:
        raise BadGuide("titles", "A guide needs a title.")
    if written.audience not in AUDIENCES:
        raise BadGuide("audience", "A guide is for everybody (public) or for us alone (staff).")
    return {
        "titles": titles, "summaries": words_from("summaries", written.summaries), "steps": as_data(steps_from(written.steps)),
        "audience": written.audience, "asks_device": written.asks_device,
    }  # fmt: skip


def _slug_of(titles: dict[str, str]) -> str:
    """The first title in small Latin letters; a title that has none is called guide."""
    words = [word for word in words_of(next(iter(titles.values()))) if word.isascii() and word.isalnum()]
    return "-".join(words[:8])[:60].strip("-") or "guide"


def _keep_room_for_device(*, by: Actor, at: datetime) -> None:
    held = {definition.code for definition in definitions("customer")}
    for code, name in ((DEVICE, "Device"), (DEVICE_VERSION, "Version of the device")):
        if code not in held:
            define_field("customer", definition=Definition(code, name), is_listed=False, by=by, at=at)
