"""How each row of docs/permissions.csv about merges, links, side conversations and what a case is made of is tried."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.commands import fields
from careline.domain.conversations.queries.structure import all_statuses, case_fields
from careline.domain.conversations.rules.recipients import Person
from careline.domain.history.actor import agent
from careline.domain.staff import commands as staff
from careline.flows.block import block
from careline.flows.link import link
from careline.flows.merge import merge
from careline.flows.side_conversation import Aside, ask_aside
from tests.world import NOON, World, writes_in

CASE, HOUSE, MANAGE = "case", "house", "case_settings:manage"
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
    ("flows.set_status.set_status", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"status": "waiting"}),
        None,
    ),
    ("flows.set_status.set_status", "conversation:resolve"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"status": "open"}),
        None,
    ),
    ("flows.set_fields.set_fields", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"fields": {"colour": "red"}}),
        None,
    ),
    ("flows.set_fields.set_topic", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"topic_id": "{topic}"}),
        None,
    ),
    ("flows.reshape.reshape", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"fields": {"colour": "red"}, "subject": "Red"}),
        None,
    ),
    ("flows.follow.follow", "conversation:read"): (CASE, ("POST", "/conversations/{case}/followers", {}), None),
    ("flows.follow.follow", "conversation:assign"): (
        CASE,
        ("POST", "/conversations/{case}/followers", {"agent": "rita@northwind.example"}),
        None,
    ),
    ("flows.follow.unfollow", "conversation:read"): (CASE, None, None),
    ("flows.link.link", "conversation:label"): (
        CASE,
        ("POST", "/conversations/{case}/links", {"number": "{other}"}),
        None,
    ),
    ("flows.link.unlink", "conversation:label"): (CASE, ("DELETE", "/conversations/{case}/links/{link}", None), None),
    ("flows.link.keep_apart", "conversation:label"): (
        CASE,
        ("DELETE", "/conversations/{case}/duplicates/{other}", None),
        None,
    ),
    ("flows.restrict.restrict", "conversation:restrict"): (
        CASE,
        ("PUT", "/conversations/{case}/restriction", {"agents": ["me"]}),
        None,
    ),
    ("flows.restrict.unrestrict", "conversation:restrict"): (
        CASE,
        ("DELETE", "/conversations/{case}/restriction", None),
        None,
    ),
    ("flows.block.block", "sender:block"): (HOUSE, ("POST", "/blocks", {"value": "spam@spam.example"}), None),
    ("flows.block.unblock", "sender:block"): (HOUSE, ("DELETE", "/blocks/{block}", None), None),
    ("flows.block.block_sender_of", "conversation:label&sender:block"): (CASE, None, None),
    ("queries.blocks.blocks", "sender:block"): (HOUSE, ("GET", "/blocks", None), None),
    ("commands.statuses.add_status", MANAGE): (
        HOUSE,
        ("POST", "/statuses", {"name": {"en": "At the workshop"}, "category": "open"}),
        None,
    ),
    ("commands.statuses.change_status", MANAGE): (
        HOUSE,
        ("PATCH", "/statuses/{status}", {"name": {"en": "New"}}),
        None,
    ),
    ("commands.fields.add_topic", MANAGE): (HOUSE, ("POST", "/topics", {"name": {"en": "Brakes"}}), None),
    ("commands.fields.change_topic", MANAGE): (HOUSE, ("PATCH", "/topics/{topic}", {"name": {"en": "Brakes"}}), None),
    ("commands.fields.add_field", MANAGE): (HOUSE, ("POST", "/fields", {"name": {"en": "Size"}, "kind": "text"}), None),
    ("commands.fields.change_field", MANAGE): (HOUSE, ("PATCH", "/fields/{field}", {"name": {"en": "Tint"}}), None),
    ("queries.structure.all_statuses", "any"): (HOUSE, ("GET", "/statuses", None), None),
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
    by = {"by": agent(ada.id), "at": NOON}
    third = writes_in("A third", text="A third", mailbox=world.mailbox).number or 0
    staff.add_agent("rita@northwind.example", name="Rita", role="supervisor", **by)
    fields.add_field(fields.NewField({"en": "Colour"}, "text"), **by)
    more = {
        "topic": fields.add_topic({"en": "Bikes"}, **by), "field": case_fields()[0].id, "status": all_statuses()[0].id,
        "link": link(ada, world.case, third, "related", **by), "block": block(ada, "@spam.example", **by),
    }  # fmt: skip
    return more | {"side": asked.side, "other": other, "absorbed": absorbed, "merge": done.key}


def with_numbers(body: Any, keys: dict[str, int]) -> Any:
    """A body with its keys in their places: `{name}` alone is a number, in a list or as `id {name}` it is an id."""
    if isinstance(body, dict):
        return {
            name: str(with_numbers(value, keys)) if name.endswith("_id") else with_numbers(value, keys)
            for name, value in body.items()
        }
    if isinstance(body, list):
        return [str(with_numbers(value, keys)) for value in body]
    if isinstance(body, str) and body.startswith("id {"):
        return str(keys[body[4:-1]])
    is_key = isinstance(body, str) and body[:1] == "{" and body[1:-1] in keys
    return keys[body[1:-1]] if is_key else body
