"""Groups, agents, contacts and companies of Freshdesk, as teams, colleagues, people and companies."""

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
from careline.entrypoints.console.importers.freshdesk.objects import Objects
from careline.entrypoints.console.placeholders import in_our_words
from careline.flows.brought import Colleague, Company, Person, ReadyText, Record, Team, Unread

EVERYBODY_ELSE = "*"


def teams(objects: Objects, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    for where, group in objects.of("groups"):
        name = line_of(group.get("name"))
        name = mapped(mapping, "teams", name) or name
        yield Team(key_of(group["id"]), name) if name else Unread(where, "The group has no name.")


def colleagues(objects: Objects, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    """The mapping may say whom among us somebody is, and with * who stands for all others."""
    for where, key, user, groups in _agents(objects):
        email, name = email_of(user.get("email")), line_of(user.get("name"))
        ours = mapped(mapping, "people", email, name) or mapped(mapping, "people", EVERYBODY_ELSE)
        if ours or email:
            yield Colleague(key, (ours or email).lower(), name or email, groups)
        else:
            yield Unread(where, f"The agent {name or key} has no mail address: name in the mapping who it is.")


def companies(objects: Objects) -> Iterator[Record]:
    for where, one in objects.of("companies"):
        name = line_of(one.get("name"))
        if not name:
            yield Unread(where, "The company has no name.")
            continue
        notes = "\n\n".join(filter(None, (words_of(one.get("description")), words_of(one.get("note")))))
        domains = one.get("domains") or ""
        listed = domains if isinstance(domains, list) else words_of(domains).replace(",", " ").split()
        yield Company(
            key_of(one["id"]), name, tuple(filter(None, (line_of(domain).lower() for domain in listed))), notes
        )


def ready_texts(objects: Objects) -> Iterator[Record]:
    """Canned responses."""
    for where, one in objects.of("ready_texts"):
        title = line_of(one.get("title"))
        html, text = in_our_words(words_of(one.get("content_html"))), in_our_words(words_of(one.get("content")))
        if title and (html or text):
            yield ReadyText(key_of(one["id"]), title, text, html, line_of(one.get("folder_name")))
        else:
            yield Unread(where, "The canned response has no title or no words.")


def people(objects: Objects) -> Iterator[Record]:
    agents = colleague_keys(objects)
    for _, user in objects.of("users"):
        if key_of(user["id"]) not in agents:
            yield person_of(user)


def person_of(user: dict[str, Any]) -> Person:
    key = key_of(user["id"])
    more = user.get("other_emails") or user.get("user_emails") or []
    given = [
        user.get("email"),
        *(one.get("email") if isinstance(one, dict) else one for one in more if isinstance(more, list)),
    ]
    emails = tuple(dict.fromkeys(filter(None, map(email_of, given))))
    phones = tuple(dict.fromkeys(filter(None, (line_of(user.get("phone")), line_of(user.get("mobile"))))))
    return Person(
        key, line_of(user.get("name")) or (emails[0] if emails else f"Freshdesk {key}"), emails=emails, phones=phones,
        company=key_of(user.get("company_id")) or key_of(user.get("customer_id")), language=language_of(user.get("language")),
        notes=words_of(user.get("description")), created_at=moment_of(user.get("created_at")),
    )  # fmt: skip


def colleague_keys(objects: Objects) -> set[str]:
    return {key for _, key, _, _ in _agents(objects)}


def _agents(objects: Objects) -> Iterator[tuple[str, str, dict[str, Any], tuple[str, ...]]]:
    """(where, key, name and address, groups): users who help, and what lists of agents say; tickets name both by the user's id."""
    seen = set()
    for where, agent in objects.of("agents"):
        user = next((agent[name] for name in ("user", "contact") if isinstance(agent.get(name), dict)), agent)
        key = key_of(agent.get("user_id")) or key_of(user.get("id")) or key_of(agent["id"])
        seen.add(key)
        groups = agent.get("group_ids")
        yield where, key, user, tuple(filter(None, map(key_of, groups if isinstance(groups, list) else [])))
    for where, user in objects.of("users"):
        if user.get("helpdesk_agent") in (True, "true") and key_of(user["id"]) not in seen:
            yield where, key_of(user["id"]), user, ()
