"""What stands around a case: links, likely duplicates, followers, who alone may see it; and blocked senders."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.links import likely_duplicates, links_of
from careline.domain.conversations.queries.structure import in_language
from careline.domain.customers.queries.blocks import blocks
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import agent_key
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.case_parts import (
    Block,
    Duplicate,
    Follower,
    Link,
    NewBlock,
    NewFollower,
    NewLink,
    NewRestriction,
    Restriction,
)
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.block import VERB as BLOCK
from careline.flows.block import block, unblock
from careline.flows.follow import follow, unfollow
from careline.flows.link import keep_apart, link, unlink
from careline.flows.restrict import restrict, unrestrict

_PATH = "/conversations/{number}"


@route("GET", _PATH + "/links", query=PageQuery, answer=Page[Link])
def links(call: Call) -> Any:
    """The linked cases, as far as you may see them."""
    return short_page_of(_links(call, shown_case(call).id), call.query)


@route("POST", _PATH + "/links", body=NewLink, answer=Link, status=201)
def new_link(call: Call) -> Any:
    """Links two cases; a pair has one link."""
    case, given = shown_case(call), call.body
    key = link(call.person, call.number, given.number, given.kind, resolves=given.resolve, by=call.by, at=call.at)
    made = next(one for one in _links(call, case.id) if one.id == str(key))
    return Created(f"{_PATH.format(number=call.number)}/links/{key}", made)


@route("GET", _PATH + "/links/{id}", answer=Link)
def one_link(call: Call) -> Any:
    """One linked case, as far as you may see it."""
    return _one_of(_links(call, shown_case(call).id), call.id)


@route("DELETE", _PATH + "/links/{id}", status=204)
def removed_link(call: Call) -> Any:
    """The two have nothing to do with each other."""
    shown_case(call)
    unlink(call.person, call.number, call.id, by=call.by, at=call.at)


@route("GET", _PATH + "/duplicates", query=PageQuery, answer=Page[Duplicate])
def duplicates(call: Call) -> Any:
    """Cases that look like the same matter; merge them, or say no (DELETE)."""
    shown_case(call)
    found = likely_duplicates(conversation_for(call.person, call.number), call.person)
    items = [Duplicate(str(row.number), row.number, row.subject, row.category, row.created_at) for row in found]
    return short_page_of(items, call.query)


@route("DELETE", _PATH + "/duplicates/{id}", status=204)
def no_duplicate(call: Call) -> Any:
    """The two are not the same: not suggested again. `id` is the other one's number."""
    shown_case(call)
    keep_apart(call.person, call.number, call.id, by=call.by, at=call.at)


@route("GET", _PATH + "/followers", query=PageQuery, answer=Page[Follower])
def followers(call: Call) -> Any:
    """Who follows the case."""
    shown_case(call)
    return short_page_of(_people(conversation_for(call.person, call.number).follower_ids), call.query)


@route("POST", _PATH + "/followers", body=NewFollower, answer=Follower, status=201)
def new_follower(call: Call) -> Any:
    """Follows the case; to put somebody else on it takes the right to assign it."""
    shown_case(call)
    who = agent_key(call.body.agent, call.person, "agent")
    follow(call.person, call.number, who, by=call.by, at=call.at)
    return Created(f"{_PATH.format(number=call.number)}/followers/{who}", _people([who])[0])


@route("GET", _PATH + "/followers/{id}", answer=Follower)
def one_follower(call: Call) -> Any:
    """Somebody who follows the case."""
    shown_case(call)
    return _one_of(_people(conversation_for(call.person, call.number).follower_ids), call.id)


@route("DELETE", _PATH + "/followers/{id}", status=204)
def removed_follower(call: Call) -> Any:
    """Follows it no longer."""
    shown_case(call)
    unfollow(call.person, call.number, call.id, by=call.by, at=call.at)


@route("PUT", _PATH + "/restriction", body=NewRestriction, answer=Restriction)
def restricted_case(call: Call) -> Any:
    """From now on only these people see the case, and you, and its assignee."""
    shown_case(call)
    people = [agent_key(words, call.person, f"agents[{n}]") for n, words in enumerate(call.body.agents)]
    restrict(call.person, call.number, people, by=call.by, at=call.at)
    return Restriction(_people(conversation_for(call.person, call.number).restricted_to or []))


@route("DELETE", _PATH + "/restriction", status=204)
def unrestricted_case(call: Call) -> Any:
    """All who may see such cases see it again."""
    shown_case(call)
    unrestrict(call.person, call.number, by=call.by, at=call.at)


@route("GET", "/blocks", query=PageQuery, answer=Page[Block])
def all_blocks(call: Call) -> Any:
    """Blocked senders. What they send is kept, in cases that are marked as spam."""
    require(call.person, BLOCK)
    return short_page_of([_block(row) for row in blocks()], call.query)


@route("POST", "/blocks", body=NewBlock, answer=Block, status=201)
def new_block(call: Call) -> Any:
    """Blocks an address, or a domain as in `@spam.example`."""
    key = block(call.person, call.body.value, by=call.by, at=call.at)
    return Created(f"/blocks/{key}", next(_block(row) for row in blocks() if row.id == key))


@route("DELETE", "/blocks/{id}", status=204)
def removed_block(call: Call) -> Any:
    """Their messages come as all others do again."""
    unblock(call.person, call.id, by=call.by, at=call.at)


def _links(call: Call, case: int) -> list[Link]:
    language = call.person.language or "en"
    return [
        Link(
            str(one["id"]), one["kind"], one["number"], one["subject"], in_language(one["status_names"], language), one["category"],
            one["is_original"], one["at"],
        )
        for one in links_of(case, call.person)
    ]  # fmt: skip


def _one_of(found: list[Any], key: int) -> Any:
    one = next((one for one in found if one.id == str(key)), None)
    if one is None:
        raise NotFound(f"There is no {key} here.")
    return one


def _people(keys: list[int]) -> list[Follower]:
    names = {row.id: row.name for row in agents()}
    return [Follower(str(key), names[key]) for key in keys if key in names]


def _block(row: Any) -> Block:
    return Block(str(row.id), row.value, row.created_at, row.agent_name)
