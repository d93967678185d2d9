"""What an event names, as the API shows it: for webhooks that asked for whole objects."""

from __future__ import annotations

from typing import Any

import msgspec

from careline.domain.desk.queries.api_lists import case_row, messages_by_id
from careline.domain.staff.rules import Person
from careline.entrypoints.api.written import case_of, message_of


def described(person: Person, event: dict[str, Any]) -> dict[str, Any]:
    """`conversation` and `message` of an event as this person would get them now; without those that are gone or not theirs."""
    number = event.get("conversation")
    row = case_row(person, number) if number is not None else None
    if row is None:
        return {}
    found = {"conversation": msgspec.to_builtins(case_of(row, language=person.language or "en"))}
    subject = event["subject"]
    if subject["kind"] == "message":
        for message in messages_by_id(row.id, [int(subject["key"])]):
            found["message"] = msgspec.to_builtins(message_of(message))
    return found
