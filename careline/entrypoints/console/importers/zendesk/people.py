"""Groups, users and organizations of Zendesk, as teams, colleagues, people and companies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from careline.entrypoints.console.brought_values import (
    email_of,
    key_of,
    language_of,
    line_of,
    mapped,
    moment_of,
    words_of,
)
from careline.entrypoints.console.importers.zendesk.objects import Objects
from careline.flows.brought import Colleague, Company, Person, Record, Team, Unread

EVERYBODY_ELSE = "*"
_WORK_THERE = ("agent", "admin")


def teams(objects: Objects, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    for where, group in objects.of("groups"):
        name = line_of(group.get("name"))
        name = mapped(mapping, "teams", name) or name
        yield Team(key_of(group["id"]), name) if name else Unread(where, "The group has no name.")


def colleagues(objects: Objects, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    """Agents and admins. The mapping may say whom among us somebody is, and with * who stands for all others."""
    for where, user in objects.of("users"):
        if not works_there(user):
            continue
        email = email_of(user.get("email"))
        ours = mapped(mapping, "people", email, line_of(user.get("name"))) or mapped(mapping, "people", EVERYBODY_ELSE)
        if not (ours or email):
            yield Unread(
                where,
                f"The agent {line_of(user.get('name')) or user['id']} has no mail address: name in the mapping who it is.",
            )
            continue
        groups = [user.get("default_group_id"), *_list(user.get("group_ids"))]
        keys = tuple(dict.fromkeys(filter(None, map(key_of, groups))))
        yield Colleague(key_of(user["id"]), (ours or email).lower(), line_of(user.get("name")) or email, keys)


def companies(objects: Objects) -> Iterator[Record]:
    for where, one in objects.of("organizations"):
        name = line_of(one.get("name"))
        if not name:
            yield Unread(where, "The organization has no name.")
            continue
        notes = "\n\n".join(filter(None, (words_of(one.get("details")), words_of(one.get("notes")))))
        domains = tuple(filter(None, (line_of(domain).lower() for domain in _list(one.get("domain_names")))))
        yield Company(key_of(one["id"]), name, domains, notes)


def people(objects: Objects) -> Iterator[Record]:
    """End users. One whose account was deleted comes in too where something of them is left: their tickets are there."""
    for _, user in objects.of("users"):
        if not works_there(user):
            yield person_of(user)


def person_of(user: dict[str, Any]) -> Person:
    email, phone = email_of(user.get("email")), line_of(user.get("phone"))
    notes = "\n\n".join(filter(None, (words_of(user.get("details")), words_of(user.get("notes")))))
    return Person(
        key_of(user["id"]), line_of(user.get("name")) or email or f"Zendesk {user['id']}", emails=(email,) if email else (),
        phones=(phone,) if phone else (), company=key_of(user.get("organization_id")), language=language_of(user.get("locale")),
        time_zone=line_of(user.get("iana_time_zone")), notes=notes, created_at=moment_of(user.get("created_at")),
    )  # fmt: skip


def works_there(user: dict[str, Any]) -> bool:
    return user.get("role") in _WORK_THERE


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
