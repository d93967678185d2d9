"""Promised times: who gets which promise, and what became of it on a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.sla.commands.policies import DefaultStays, NoSuchPolicy
from careline.domain.sla.queries.clocks import Promise, ledger_of, promises_of
from careline.domain.sla.queries.expected import weighed_for, would_promise
from careline.domain.sla.queries.policies import policies, policy_names
from careline.domain.sla.rules.policies import BUILT_IN, BadPolicy, Facts, Policy, Target, Weighed
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong, problem
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import promises as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.change_promise import add_promise, change_promise, delete_promise, order_promises

_PATH = "/sla-policies/{id}"
_KEYS = ("channel", "topic", "brand", "team")
_PRIORITY = {number: name for name, number in PRIORITIES.items()}


@route("GET", "/sla-policies", query=PageQuery, answer=Page[shapes.Policy])
def all_policies(call: Call) -> Any:
    """Who gets which promise, in the order in which they are asked; the default one comes last and is always there."""
    require(call.person, "conversation:read")
    return short_page_of([_shown(one) for one in policies()], call.query)


@route("POST", "/sla-policies", body=shapes.NewPolicy, answer=shapes.Policy, status=201)
def new_policy(call: Call) -> Any:
    """Adds a policy; it is asked last, before the default one. Running clocks follow in the background."""
    wanted = _changed(Policy(None, "", {}), call.body)

    def add() -> Created:
        key = add_promise(call.person, wanted, by=call.by, at=call.at)
        return Created(f"/sla-policies/{key}", _one(key))

    return _told(add)


@route("PUT", "/sla-policies/order", body=shapes.PolicyOrder, answer=Page[shapes.Policy])
def ordered_policies(call: Call) -> Any:
    """Puts them in order: each id once, all but the default one's."""

    def order() -> Any:
        order_promises(call.person, [int(key) for key in call.body.ids], by=call.by, at=call.at)
        return _page()

    return _told(order)


@route("POST", "/sla-policies/preview", body=shapes.PreviewFacts, answer=shapes.PolicyPreview)
def preview(call: Call) -> Any:
    """Which policy such a case would get, why not those before it, and when each promise would be due."""
    require(call.person, "conversation:read")
    asked = structs.asdict(call.body)
    keys: dict[str, Any] = {name: int(asked[name]) if asked[name] else None for name in _KEYS}
    facts = Facts(
        **keys, channel_kind=asked["channel_kind"],
        priority=PRIORITIES[asked["priority"]], language=asked["language"], customer_field=asked["customer_fields"],
        company_field=asked["company_fields"],
    )  # fmt: skip
    found = would_promise(facts, at=asked["at"] or call.at)
    return shapes.PolicyPreview(
        [_weighed(one) for one in found.weighed],
        [
            shapes.PromisedTime(kind, terms.seconds, terms.is_business, due_at, is_fallback)
            for kind, (terms, due_at, is_fallback) in found.due.items()
        ],
    )


@route("GET", _PATH, answer=shapes.Policy)
def policy(call: Call) -> Any:
    """One policy; 0 is the default one."""
    require(call.person, "conversation:read")
    return _one(call.id)


@route("PATCH", _PATH, body=shapes.PolicyPatch, answer=shapes.Policy)
def changed_policy(call: Call) -> Any:
    """Changes what is given; 0 is the default one. Running clocks are counted anew in the background."""

    def change() -> shapes.Policy:
        key = change_promise(call.person, _changed(_held(call.id), call.body), by=call.by, at=call.at)
        return _one(key)

    return _told(change)


@route("DELETE", _PATH, status=204)
def deleted_policy(call: Call) -> Any:
    """Deletes a policy; its cases get the next one that holds. The default one stays: 409."""
    return _told(lambda: delete_promise(call.person, call.id, by=call.by, at=call.at))


@route("GET", "/conversations/{number}/promises", answer=shapes.Promises)
def promises(call: Call) -> Any:
    """What was promised for a case: the clocks, their ledger, and why this policy."""
    case = conversation_for(call.person, call.number)
    names: dict[int | None, str] = {None: BUILT_IN.name}
    names.update(policy_names().items())
    return shapes.Promises(
        [_promise(one, names) for one in promises_of(case.id, at=call.at)],
        [_entry(row, names) for row in ledger_of(case.id)],
        [_weighed(one) for one in weighed_for(case.id)],
    )


def _page() -> Page[shapes.Policy]:
    return Page([_shown(one) for one in policies()], None)


def _told(answer: Callable[[], Any]) -> Any:
    """The answer, or what is against it."""
    try:
        return answer()
    except BadPolicy as error:
        raise Wrong((error.field, str(error))) from None
    except NoSuchPolicy as error:
        raise NotFound(str(error)) from None
    except DefaultStays as error:
        return problem(409, str(error), code="default_stays")


def _changed(before: Policy, body: shapes.NewPolicy | shapes.PolicyPatch) -> Policy:
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    if "targets" in given:
        given["targets"] = {kind: Target(said.seconds, said.is_business) for kind, said in given["targets"].items()}
    if "conditions" in given:
        given["conditions"] = _conditions(given["conditions"])
    if "calendar_id" in given:
        key = given.pop("calendar_id")
        given["calendar"] = int(key) if key is not None else None
    return replace(before, **given)


def _conditions(given: shapes.Conditions) -> dict[str, Any]:
    said = {name: value for name, value in structs.asdict(given).items() if value is not UNSET}
    for name in _KEYS:
        if name in said:
            said[name] = [int(key) for key in said[name]]
    if "priority" in said:
        said["priority"] = [PRIORITIES[name] for name in said["priority"]]
    return said


def _one(key: int) -> shapes.Policy:
    return _shown(_held(key))


def _held(key: int) -> Policy:
    found = next((one for one in policies() if one.id == key or (key == 0 and one.is_default)), None)
    if found is None:
        raise NotFound(f"There is no promise {key}.")
    return found


def _shown(one: Policy) -> shapes.Policy:
    said = dict(one.conditions)
    for name in _KEYS:
        if name in said:
            said[name] = [str(key) for key in said[name]]
    if "priority" in said:
        said["priority"] = [_PRIORITY.get(number, "normal") for number in said["priority"]]
    targets: dict[Any, shapes.Target] = {
        kind: shapes.Target(target.seconds, target.is_business) for kind, target in one.targets.items()
    }
    return shapes.Policy(
        str(one.id or 0), one.name, one.is_default, shapes.Conditions(**said), targets,
        str(one.calendar) if one.calendar is not None else None, one.warn_percent,
    )  # fmt: skip


def _weighed(one: Weighed) -> shapes.WeighedPolicy:
    failed = [f"{name}.{code}" if code else name for name, code in one.failed]
    return shapes.WeighedPolicy(str(one.policy.id or 0), one.policy.name, one.holds, failed)


def _promise(one: Promise, names: dict[int | None, str]) -> shapes.Promise:
    clock, terms = one.clock, one.clock.terms
    return shapes.Promise(
        clock.kind, one.state, str(terms.policy or 0), names.get(terms.policy, ""), terms.seconds, terms.is_business,  # type: ignore[arg-type]
        one.calendar_name, clock.is_fallback, clock.started_at, clock.due_at, one.left_seconds, clock.warned_at, clock.broken_at,
        clock.met_at, clock.cancelled_at, clock.paused_at,
    )  # fmt: skip


def _entry(row: Any, names: dict[int | None, str]) -> shapes.LedgerEntry:
    return shapes.LedgerEntry(
        row.at, row.kind, row.name, row.reason, row.due_at, row.left_seconds, names.get(row.policy_id, ""),
        row.actor_name or row.actor_kind,
    )  # fmt: skip
