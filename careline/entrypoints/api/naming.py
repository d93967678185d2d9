"""What callers name by an id, an address or a name, as the keys the domain knows. Each raises Wrong with the field."""

from __future__ import annotations

from typing import Any

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.mime.addresses import normalised
from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.customers.queries import customer_id_of
from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.staff.queries import agent_by_id, agent_id_of, teams
from careline.domain.staff.rules import Person
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.shapes.parts import GivenAddress

NOBODY = 0
LONGEST_ADDRESS = 254


def key_of(words: str) -> int | None:
    """An id, where the words are one."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 18 else None


def recipient_of(given: str | GivenAddress, field: str) -> Recipient:
    """`Carol <carol@example.com>`, the bare address, or an object with both."""
    words, name = (given.address, given.name) if isinstance(given, GivenAddress) else (given, "")
    if not name and words.rstrip().endswith(">") and "<" in words:
        name, _, words = words.rstrip()[:-1].rpartition("<")
        name = name.strip().strip('"').strip()
    return Recipient(address_of(words, field), " ".join(name.split())[:200])


def recipients_of(given: list[Any], field: str) -> tuple[Recipient, ...]:
    return tuple(recipient_of(one, f"{field}[{n}]") for n, one in enumerate(given))


def address_of(words: str, field: str) -> str:
    """A mail address as we keep it. Raises Wrong."""
    plain = words.strip()
    address = normalised(plain)
    is_clean = all(sign.isprintable() and not sign.isspace() and sign not in '<>,;:"()[]\\' for sign in plain)
    local, _, domain = address.rpartition("@")
    if (
        not is_clean
        or not local
        or "." not in domain.strip(".")
        or "@" in local
        or ".." in domain
        or len(address) > LONGEST_ADDRESS
    ):
        raise Wrong((field, "This is no mail address, as in carol@example.com."))
    return address


def agent_key(words: str, person: Person, field: str, *, may_be_nobody: bool = False) -> int:
    """`me`, an id or a mail address; `none` where it may be nobody."""
    if words == "me":
        return person.id
    if may_be_nobody and words == "none":
        return NOBODY
    key = key_of(words) if "@" not in words else agent_id_of(words)
    if key is None or key == NOBODY or (not may_be_nobody and agent_by_id(key) is None):
        raise Wrong((field, "There is no such agent: give an id, a mail address or `me`."))
    return key


def team_key(words: str, field: str) -> int:
    """An id, or a name whatever its case."""
    key = key_of(words)
    for team in teams():
        if team.id == key or team.name.casefold() == words.casefold():
            return int(team.id)
    raise Wrong((field, "There is no such team: give its id or its name."))


def customer_key(words: str, person: Person, field: str) -> int:
    """An id or a mail address of a customer this person may see."""
    key = customer_id_of("email", normalised(words)) if "@" in words else key_of(words)
    if key is None or customer_row(person, key) is None:
        raise Wrong((field, "There is no such customer: give an id or a mail address."))
    return key


def channel_named(words: str | None, field: str) -> ChannelRow:
    """A channel by id or address, or the first of a kind; the first mailbox where nothing is said."""
    if words is None:
        found = next(iter([*channels(kind="email"), *channels()]), None)
        if found is None:
            raise Wrong((field, "There is no channel yet: add a mailbox first."))
        return found
    key = key_of(words)
    plain = words.strip().lower()
    by_words = next((c for c in channels() if plain in (c.address, c.kind)), None)
    named = by_words if key is None else channel_by_id(key)
    if named is None or not named.is_active:
        raise Wrong((field, "There is no such channel: give its id, its address or its kind."))
    return named
