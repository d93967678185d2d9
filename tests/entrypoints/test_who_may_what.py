"""Every row of docs/permissions.csv, tried by the API and on the pages, by people of several roles, on a case of team Front."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.conversations.commands.labels import tag_ids
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.desk.commands import save_view
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.knowledge.commands.canned import add_macro, add_reply
from careline.domain.staff import commands as staff
from careline.domain.staff.granting import add_role
from careline.domain.staff.queries import owner_of_token
from careline.domain.staff.rules import DEFAULT_ROLES
from careline.domain.staff.tokens import note_token_used
from careline.domain.webhooks.commands.webhooks import add_webhook
from careline.entrypoints.api import limits
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.keep_problem import ProblemSaid, add_problem
from careline.flows.reply import Draft, reply
from careline.flows.take_in import House, RawArrival, take_in
from careline.flows.tie_to_problem import tie_to_problem
from careline.kit import clock, db
from tests.entrypoints.trials import CASE, CUSTOMER, HOUSE, NOT_NOW, TRIALS
from tests.entrypoints.trials_of_aftercare import keys_of_aftercare
from tests.entrypoints.trials_of_approvals import keys_of_approvals
from tests.entrypoints.trials_of_articles import keys_of_articles
from tests.entrypoints.trials_of_chats import keys_of_chats
from tests.entrypoints.trials_of_complaints import keys_of_complaints
from tests.entrypoints.trials_of_customers import customer_keys
from tests.entrypoints.trials_of_escalation import keys_of_escalation
from tests.entrypoints.trials_of_exports import keys_of_exports
from tests.entrypoints.trials_of_finding import keys_of_finding
from tests.entrypoints.trials_of_forms import keys_of_forms
from tests.entrypoints.trials_of_guides import keys_of_guides
from tests.entrypoints.trials_of_keeping import keys_of_keeping
from tests.entrypoints.trials_of_loyalty import keys_of_loyalty
from tests.entrypoints.trials_of_mailings import keys_of_mailings
from tests.entrypoints.trials_of_orders import keys_of_orders
from tests.entrypoints.trials_of_portal import keys_of_portal
from tests.entrypoints.trials_of_promises import keys_of_promises
from tests.entrypoints.trials_of_reports import keys_of_reports
from tests.entrypoints.trials_of_requests import keys_of_requests
from tests.entrypoints.trials_of_routing import keys_of_routing
from tests.entrypoints.trials_of_rules import keys_of_rules
from tests.entrypoints.trials_of_selling import keys_of_selling
from tests.entrypoints.trials_of_shops import keys_of_shops
from tests.entrypoints.trials_of_structure import keys_of_structure, with_numbers
from tests.entrypoints.trials_of_writing import keys_of_writing
from tests.lasting import lasting
from tests.world import NOON, World, make_world

TABLE = list(csv.DictReader((Path(__file__).parents[2] / "docs" / "permissions.csv").read_text("utf-8").splitlines()))
API = "/api/v1"
PART = {"HX-Request": "true"}
PARTS = 4
ROLES = {"Ben": "representative", "Cleo": "representative", "Quinn": "quality_specialist", "Ada": "administrator"}
OF_FRONT = {"Ben"}
TABLES = (
    "conversations_conversation", "conversations_message", "conversations_delivery", "conversations_participant",
    "conversations_draft", "conversations_tag", "customers_customer", "customers_address", "channels_channel",
    "channels_inbound", "staff_agent", "staff_team", "staff_membership", "staff_signinlink",
    "staff_role", "staff_grant", "webhooks_webhook", "webhooks_delivery", "calendars_calendar", "files_file",
    "conversations_merge", "conversations_link", "conversations_noduplicate", "conversations_topic", "conversations_casefield",
    "conversations_status", "customers_block",
)  # fmt: skip


def test_every_row_is_tried() -> None:
    assert set(TRIALS) == {(row["command"], row["verb"]) for row in TABLE}


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("door", ["api", "web"])
def test_who_may(part: int, door: str, world: World, keys: dict[str, int]) -> None:
    """All parts try their rows on one company, and put it back after each."""
    callers, wrong = [caller_of(name, door, who, world) for name, who in everybody(world).items()], []
    as_it_was = state()
    for row in TABLE[part::PARTS]:
        aim, call, page = TRIALS[row["command"], row["verb"]]
        trial = call if door == "api" else page
        if trial is not None:
            found = tried(row, aim, door, trial, keys, callers, as_it_was)
            wrong += [(row["command"], row["verb"], *one) for one in found]
    assert wrong == []


class Caller(NamedTuple):
    name: str
    key: int
    told: int
    """Of how many refusals the history tells before they ask for anything."""
    visits: Callable[[], Client]
    """Somebody who has just come in, whatever the one before them did."""


def tried(
    row: dict[str, str], aim: str, door: str, trial: Any, keys: dict[str, int], callers: list[Caller],
    as_it_was: dict[str, str],
) -> list[tuple[Any, ...]]:  # fmt: skip
    """What went otherwise than the table says: who, what was answered, what was wanted, and what else changed."""
    limits._left.clear()
    with undone():
        entered = asked(Client(), door, trial, keys)
    found: list[tuple[Any, ...]] = [] if entered in (401, 302) else [("nobody", entered, "no entry")]
    for name, key, told, visits in callers:
        expected = wanted(row, aim, name)
        with undone():
            written = rows_written() if expected != 200 else 0
            status = asked(visits(), door, trial, keys)
            if expected == 200:
                found += [] if status in (200, 201, 204, 302, NOT_NOW.get(row["command"])) else [(name, status, 200)]
                continue
            noted = refusals(key) - told
            if (status, noted) != (expected, expected == 403):
                found.append((name, status, expected, noted))
            if rows_written() != written and state() != as_it_was:
                found.append((name, status, expected, "something changed"))
    return found


def wanted(row: dict[str, str], aim: str, name: str) -> int:
    """What the table says for this person: 200, 403 or 404. `|` is or, `&` is and."""
    if row["verb"] == "any":
        return 200
    read = {CASE: "conversation:read", CUSTOMER: "customer:read"}.get(aim)
    if read and not reaches(name, read):
        return 404
    # a list, and what is no case's, asks for the verb alone; a case that is opened has to be reached afterwards
    is_scoped = row["scope"] != "held" and (aim != HOUSE or row["command"].startswith("flows."))
    allowed = reaches if is_scoped else holds
    held = any(all(allowed(name, verb) for verb in verbs.split("&")) for verbs in row["verb"].split("|"))
    return 200 if held else int(row["without it"])


def holds(name: str, verb: str) -> bool:
    return verb in DEFAULT_ROLES[ROLES[name]][1]


def reaches(name: str, verb: str) -> bool:
    """Whether the role's scope for this verb takes in a case of team Front that is nobody's yet."""
    scope = DEFAULT_ROLES[ROLES[name]][1].get(verb)
    return scope == "all" or (scope == "team" and name in OF_FRONT)


def asked(client: Any, door: str, trial: Any, keys: dict[str, int]) -> int:
    method, address, body = trial
    address = address.format(**keys)
    if door == "api":
        body = with_numbers(body, keys)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        kind = "text/plain" if isinstance(body, bytes) else "application/json"
        answer = client.generic(method, API + address, raw, content_type=kind, REMOTE_ADDR="192.0.2.1")
    elif method in ("GET", "DELETE"):
        answer = client.generic(method, address, headers=PART)
    else:
        form = {name: str(value).format(**keys) for name, value in body.items()}
        answer = client.post(address, form) if method == "POST" else _put(client, address, form)
    return int(answer.status_code)


def _put(client: Client, address: str, form: dict[str, str]) -> Any:
    kind = "application/x-www-form-urlencoded"
    return client.put(address, urlencode(form), content_type=kind, headers=PART)


def caller_of(name: str, door: str, who: Any, world: World) -> Caller:
    told = refusals(who.pk)
    if door == "api":
        token = world.token_of(who)
        note_token_used(owner_of_token(token, at=NOON).token, at=NOON)  # else each call would note it anew
        return Caller(name, who.pk, told, lambda: Client(headers={"Authorization": f"Bearer {token}"}))
    first = Client()
    first.force_login(who)

    def visits() -> Client:
        again = Client()
        again.cookies.load({name: cookie.value for name, cookie in first.cookies.items()})
        return again

    return Caller(name, who.pk, told, visits)


def everybody(world: World) -> dict[str, Any]:
    quinn = staff.add_agent("quinn@northwind.example", name="Quinn", role="quality_specialist", by=SYSTEM, at=NOON)
    return {"Ben": world.ben, "Cleo": world.cleo, "Quinn": quinn, "Ada": world.ada}


@contextmanager
def undone() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def state() -> dict[str, str]:
    """Every table that an act could change, as a digest."""
    rows = "(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t)"
    digests = db.value(f"SELECT array[{', '.join(rows.format(table) for table in TABLES)}]")
    return dict(zip(TABLES, digests, strict=True))


def rows_written() -> int:
    """How often this transaction wrote a row of these tables, also what was undone: PostgreSQL counts it, no row is read."""
    counted = " + ".join(f"pg_stat_get_xact_tuples_{done}(t)" for done in ("inserted", "updated", "deleted"))
    return int(db.value(f"SELECT sum({counted}) FROM unnest(%s::regclass[]) t", [list(TABLES)]))


def refusals(who: int) -> int:
    return int(db.value("SELECT count(*) FROM history WHERE name = 'access.refused' AND actor_id = %s", [who]))


@dataclass(frozen=True)
class Company:
    world: World
    keys: dict[str, int]


@pytest.fixture
def world(company: Company, db: None) -> World:
    limits._left.clear()
    return company.world


@pytest.fixture
def keys(company: Company) -> dict[str, int]:
    return company.keys


@pytest.fixture(scope="module")
def company(here_and_now: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """One for all tests of a file, which each undo what they do to it; at their end it was never there."""
    with lasting(django_db_blocker):
        world = make_world()
        yield Company(world, keys_of(world))


@pytest.fixture(scope="module", autouse=True)
def here_and_now(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    store.cache_clear()
    with override_settings(DATA=tmp_path_factory.mktemp("data")), pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: NOON)
        yield
    store.cache_clear()


def roles_by_code() -> dict[str, int]:
    """Each role's number, and that of a spare one that nobody holds."""
    add_role("Spare", lines=[], by=SYSTEM, at=NOON)
    return {row.code: row.id for row in db.rows("SELECT id, code FROM staff_role")}


def keys_of(world: World) -> dict[str, int]:
    """What the addresses of the trials name."""
    ben, case = world.person(world.ben), conversation_by_number(world.case)
    held, failed = (reply(ben, world.case, Draft(text="Soon"), by=agent(ben.id), at=NOON).message for _ in range(2))
    db.execute("UPDATE conversations_delivery SET state = 'failed' WHERE message_id = %s", [failed])
    nobodys = RawArrival(
        "one", b"From: dan@example.org\r\nSubject: Hm\r\n\r\nHello", NOON, envelope_to=("who@example.net",)
    )
    take_in([nobodys], house=House(channels(), languages()), at=NOON)
    problem = add_problem(world.person(world.ada), ProblemSaid("The shop is down"), by=SYSTEM, at=NOON)
    tie_to_problem(world.person(world.ada), [world.case], problem, by=SYSTEM, at=NOON)
    of_rooms = (
        keys_of_approvals,
        keys_of_complaints,
        keys_of_structure,
        keys_of_mailings,
        customer_keys,
        keys_of_keeping,
        keys_of_rules,
        keys_of_guides,
        keys_of_articles,
        keys_of_finding,
        keys_of_forms,
        keys_of_writing,
        keys_of_chats,
        keys_of_routing,
        keys_of_exports,
        keys_of_orders,
        keys_of_requests,
        keys_of_selling,
        keys_of_shops,
        keys_of_loyalty,
        keys_of_portal,
        keys_of_aftercare,
        keys_of_reports,
    )
    rooms = {name: key for keys_of_room in of_rooms for name, key in keys_of_room(world).items()}
    return rooms | keys_of_promises() | keys_of_escalation(world) | {
        "problem": problem, "case": world.case, "first": messages_of(case.id)[0].id, "held": held,
        "failed": failed, "carol": world.carol,
        "ada": world.ada.pk, "ben": world.ben.pk, "cleo": world.cleo.pk, "front": world.front.pk, **roles_by_code(), "mailbox": world.mailbox.id,
        "tag": tag_ids(["old"])[0],
        "webhook": add_webhook("Shop", url="https://shop.example", topics=["*"], owner_id=world.ada.pk, by=SYSTEM, at=NOON)[0],
        "inbound": db.value("SELECT max(id) FROM channels_inbound"),
        "canned": add_reply(name="Hello", texts={"en": {"text": "Hello", "html": ""}}, by=SYSTEM, at=NOON),
        "macro": add_macro(name="End", actions=[{"do": "resolve"}], by=SYSTEM, at=NOON),
        "ours": save_view("Ours of all", filter={}, by=SYSTEM, at=NOON).pk,
        "calendar": add_calendar(world.person(world.ada), CalendarChange(name="Days", time_zone="Europe/Berlin"), by=SYSTEM, at=NOON),
    }  # fmt: skip
