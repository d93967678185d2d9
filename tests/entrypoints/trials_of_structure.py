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
        ("POST", "/conversations/{other}/merges", {"into": "{case}"}),
    ),
    ("flows.merge.merge_all", "conversation:merge"): (
        CASE,
        None,
        ("POST", "/merges", {"numbers": "{case},{other}", "into": "{case}"}),
    ),
    ("flows.unmerge.unmerge", "conversation:merge"): (
        CASE,
        ("DELETE", "/conversations/{case}/merges/{merge}", None),
        ("DELETE", "/conversations/{case}/merges/{merge}", None),
    ),
    ("flows.split.split", "conversation:merge"): (
        CASE,
        ("POST", "/conversations/{case}/splits", {"message_ids": ["{first}"]}),
        ("POST", "/conversations/{case}/splits", {"message": "{first}"}),
    ),
    ("flows.side_conversation.ask_aside", "conversation:reply"): (
        CASE,
        (
            "POST",
            "/conversations/{case}/side-conversations",
            {"to": ["frames@supplier.example"], "text": "Is it there?"},
        ),
        ("POST", "/conversations/{case}/side-conversations", {"to": "frames@supplier.example", "text": "Hm?"}),
    ),
    ("flows.side_conversation.write_aside", "conversation:reply"): (
        CASE,
        ("POST", "/conversations/{case}/side-conversations/{side}/messages", {"text": "Well?"}),
        ("POST", "/conversations/{case}/side-conversations/{side}/messages", {"text": "Hm?"}),
    ),
    ("flows.set_status.set_status", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"status": "waiting"}),
        None,
    ),
    ("flows.set_status.set_status", "conversation:resolve"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"status": "open"}),
        ("PUT", "/conversations/{case}/status", {"status": "open"}),
    ),
    ("flows.set_fields.set_fields", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"fields": {"colour": "red"}}),
        ("PUT", "/conversations/{case}/fields", {"of": "colour", "colour": "red"}),
    ),
    ("flows.set_fields.set_topic", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"topic_id": "{topic}"}),
        ("PUT", "/conversations/{case}/topic", {"topic": "{topic}"}),
    ),
    ("flows.reshape.reshape", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"fields": {"colour": "red"}, "subject": "Red"}),
        None,
    ),
    ("flows.follow.follow", "conversation:read"): (
        CASE,
        ("POST", "/conversations/{case}/followers", {}),
        ("PUT", "/conversations/{case}/follower", {}),
    ),
    ("flows.follow.follow", "conversation:assign"): (
        CASE,
        ("POST", "/conversations/{case}/followers", {"agent": "rita@northwind.example"}),
        None,
    ),
    ("flows.follow.unfollow", "conversation:read"): (CASE, None, ("DELETE", "/conversations/{case}/follower", None)),
    ("flows.link.link", "conversation:label"): (
        CASE,
        ("POST", "/conversations/{case}/links", {"number": "{other}"}),
        ("POST", "/conversations/{case}/links", {"into": "{other}", "kind": "related"}),
    ),
    ("flows.link.unlink", "conversation:label"): (
        CASE,
        ("DELETE", "/conversations/{case}/links/{link}", None),
        ("DELETE", "/conversations/{case}/links/{link}", None),
    ),
    ("flows.link.keep_apart", "conversation:label"): (
        CASE,
        ("DELETE", "/conversations/{case}/duplicates/{other}", None),
        ("DELETE", "/conversations/{case}/duplicates/{other}", None),
    ),
    ("flows.restrict.restrict", "conversation:restrict"): (
        CASE,
        ("PUT", "/conversations/{case}/restriction", {"agents": ["me"]}),
        ("POST", "/conversations/{case}/restriction", {"agent": "{ben}"}),
    ),
    ("flows.restrict.unrestrict", "conversation:restrict"): (
        CASE,
        ("DELETE", "/conversations/{case}/restriction", None),
        ("POST", "/conversations/{case}/restriction", {"then": "open"}),
    ),
    ("flows.block.block", "sender:block"): (
        HOUSE,
        ("POST", "/blocks", {"value": "spam@spam.example"}),
        ("POST", "/settings/blocked-senders", {"value": "spam@spam.example"}),
    ),
    ("flows.block.unblock", "sender:block"): (
        HOUSE,
        ("DELETE", "/blocks/{block}", None),
        ("POST", "/settings/blocked-senders", {"id": "{block}"}),
    ),
    ("flows.block.block_sender_of", "conversation:label&sender:block"): (
        CASE,
        None,
        ("PUT", "/conversations/{case}/block", {}),
    ),
    ("queries.blocks.blocks", "sender:block"): (
        HOUSE,
        ("GET", "/blocks", None),
        ("GET", "/settings/blocked-senders", None),
    ),
    ("commands.statuses.add_status", MANAGE): (
        HOUSE,
        ("POST", "/statuses", {"name": {"en": "At the workshop"}, "category": "open"}),
        ("POST", "/settings/statuses", {"name-en": "At the workshop", "category": "open"}),
    ),
    ("commands.statuses.change_status", MANAGE): (
        HOUSE,
        ("PATCH", "/statuses/{status}", {"name": {"en": "New"}}),
        ("POST", "/settings/statuses", {"code": "open", "name-en": "New"}),
    ),
    ("commands.fields.add_topic", MANAGE): (
        HOUSE,
        ("POST", "/topics", {"name": {"en": "Brakes"}}),
        ("POST", "/settings/topics", {"name-en": "Brakes"}),
    ),
    ("commands.fields.change_topic", MANAGE): (
        HOUSE,
        ("PATCH", "/topics/{topic}", {"name": {"en": "Brakes"}}),
        ("POST", "/settings/topics", {"id": "{topic}", "name-en": "Brakes"}),
    ),
    ("commands.fields.add_field", MANAGE): (
        HOUSE,
        ("POST", "/fields", {"name": {"en": "Size"}, "kind": "text"}),
        ("POST", "/settings/case-fields", {"name-en": "Size", "kind": "text"}),
    ),
    ("commands.fields.change_field", MANAGE): (
        HOUSE,
        ("PATCH", "/fields/{field}", {"name": {"en": "Tint"}}),
        ("POST", "/settings/case-fields", {"code": "colour", "name-en": "Tint"}),
    ),
    ("flows.set_reopening.set_reopening", MANAGE): (
        HOUSE,
        ("PUT", "/teams/{team}/reopening", {"policy": "new"}),
        ("POST", "/settings/resolved-cases", {"team": "{team}", "policy": "new", "days": "3"}),
    ),
    ("commands.sides.note_seen", "conversation:read"): (
        CASE,
        None,
        ("GET", "/conversations/{case}/side-conversations/{side}", None),
    ),
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
        "team": world.front.pk, "topic": fields.add_topic({"en": "Bikes"}, **by), "field": case_fields()[0].id, "status": all_statuses()[0].id,
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
        return [str(with_numbers(one, keys)) if isinstance(one, str) else with_numbers(one, keys) for one in body]
    if isinstance(body, str) and body.startswith("id {"):
        return str(keys[body[4:-1]])
    is_key = isinstance(body, str) and body[:1] == "{" and body[1:-1] in keys
    return keys[body[1:-1]] if is_key else body
