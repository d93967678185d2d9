"""What a way in knows of a new case besides its words: its topic and the company's own fields, as a form asked for them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from careline.domain.channels.inbound import Inbound
from careline.domain.conversations.commands import cases, fields
from careline.domain.conversations.queries.structure import case_fields
from careline.domain.history.actor import Actor


def state(case: Any, inbound: Inbound, *, by: Actor, at: datetime) -> None:
    """Puts them on the case that was just opened. What went out of use meanwhile is left out: the message's words say it too."""
    topic, values = inbound.data.get("topic"), inbound.data.get("fields")
    if topic is None and not values:
        return
    if topic is not None:
        with suppress(fields.BadTopic):
            fields.put_topic(cases.locked(case.id), topic=int(topic), by=by, at=at)
    if values:
        known = {field.code for field in case_fields() if field.retired_at is None}
        fit = {code: value for code, value in values.items() if code in known}
        fields.put_fields(cases.locked(case.id), values=fit, by=by, at=at)
