"""How each row of docs/permissions.csv about merges, links, side conversations and what a case is made of is tried."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.rules.recipients import Person
from careline.domain.history.actor import agent
from careline.flows.merge import merge
from careline.flows.side_conversation import Aside, ask_aside
from tests.world import NOON, World, writes_in

CASE = "case"
TRIALS_OF_STRUCTURE: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.merge.merge", "conversation:merge"): (
        CASE,
        ("POST", "/conversations/{other}/merges", {"into": "{case}"}),
        None,
    ),
    ("flows.merge.merge_all", "conversation:merge"): (CASE, None, None),
    ("flows.unmerge.unmerge", "conversation:merge"): (
        CASE,
        ("DELETE", "/conversations/{case}/merges/{merge}", None),
        None,
    ),
    ("flows.split.split", "conversation:merge"): (
        CASE,
        ("POST", "/conversations/{case}/splits", {"message_ids": ["{first}"]}),
        None,
    ),
    ("flows.side_conversation.ask_aside", "conversation:reply"): (
        CASE,
        (
            "POST",
            "/conversations/{case}/side-conversations",
            {"to": ["frames@supplier.example"], "text": "Is it there?"},
        ),
        None,
    ),
    ("flows.side_conversation.write_aside", "conversation:reply"): (
        CASE,
        ("POST", "/conversations/{case}/side-conversations/{side}/messages", {"text": "Well?"}),
        None,
    ),
}


def keys_of_structure(world: World) -> dict[str, int]:
    """Two more cases of team Front: one that stands, one that was merged."""
    other, absorbed = (
        writes_in(words, text=words, mailbox=world.mailbox).number or 0 for words in ("The other", "The same")
    )
    ada = world.person(world.ada)
    done = merge(ada, absorbed, world.case, by=agent(ada.id), at=NOON)
    aside = Aside(text="Is it there?", to=(Person("frames@supplier.example"),))
    asked = ask_aside(ada, world.case, aside, by=agent(ada.id), at=NOON)
    return {"side": asked.side, "other": other, "absorbed": absorbed, "merge": done.key}


def filled(body: Any, keys: dict[str, int]) -> Any:
    """A body with its keys in their places: `{name}` alone is a number, in a list or as `id {name}` it is an id."""
    if isinstance(body, dict):
        return {name: filled(value, keys) for name, value in body.items()}
    if isinstance(body, list):
        return [str(filled(value, keys)) for value in body]
    if isinstance(body, str) and body.startswith("id {"):
        return str(keys[body[4:-1]])
    is_key = isinstance(body, str) and body[:1] == "{" and body[1:-1] in keys
    return keys[body[1:-1]] if is_key else body
