"""Two customers who are one person: merging either way, and parting them again at any time."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.conversations.errors import NotFound
from careline.domain.customers import commands as customers
from careline.domain.customers.commands import notes
from careline.domain.customers.commands.addresses import AddressTaken
from careline.domain.customers.commands.people import Gone
from careline.domain.customers.errors import CannotMerge, CannotUnmerge
from careline.domain.customers.queries.merges import merge_by_id, root_of
from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.desk.queries.customer_card import consents_of, likely_same
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.rules import Forbidden
from careline.flows.change_customer import CustomerChange, change_customer
from careline.flows.merge_customers import merge_customers
from careline.flows.unmerge_customers import unmerge_customers
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def person(world: World, name: str) -> int:
    """Somebody with a mail address, a case, a note and a consent."""
    address = f"{name.lower()}@example.org"
    writes_in(f"About {name}", text="Hello", mailbox=world.mailbox, sender=address, name=name)
    key = int(db.value("SELECT customer_id FROM customers_address WHERE value = %s", [address]))
    notes.add_note(key, text=f"{name} rings twice", by=SYSTEM, at=NOON)
    notes.give_consent(key, purpose="news", how=name, by=SYSTEM, at=NOON)
    return key


def merged(world: World, survivor: int, gone: int, **words: Any) -> int:
    return merge_customers(world.person(world.ada), survivor, merged=gone, by=agent(world.ada.pk), at=NOON, **words)


def parted(world: World, merge: int) -> int:
    return unmerge_customers(world.person(world.ada), merge, by=agent(world.ada.pk), at=LATER)


def belongings() -> dict[str, Any]:
    """Whose everything is, and what stands on each card."""
    return {
        "addresses": db.rows("SELECT id, customer_id, value, is_primary FROM customers_address ORDER BY id"),
        "cases": db.rows("SELECT id, customer_id FROM conversations_conversation ORDER BY id"),
        "places": db.rows("SELECT id, customer_id FROM conversations_participant ORDER BY id"),
        "notes": db.rows("SELECT id, customer_id, text FROM customers_note ORDER BY id"),
        "consents": db.rows("SELECT id, customer_id, purpose FROM customers_consent ORDER BY id"),
        "cards": db.rows("SELECT id, name, notes, fields, do_not_contact, merged_into_id, vector::text FROM customers_customer ORDER BY id"),
    }  # fmt: skip


def owners(table: str) -> set[int]:
    return {row.customer_id for row in belongings()[table]}


def test_everything_comes_together_under_the_one_who_stays(world: World) -> None:
    dora = person(world, "Dora")
    merged(world, world.carol, dora)
    assert [owners(name) for name in ("addresses", "cases", "notes", "places")] == [{world.carol}] * 4
    row = customer_row(world.person(world.ada), world.carol)
    assert [(a["value"], a["is_primary"]) for a in row.addresses] == [
        ("carol@example.com", True),
        ("dora@example.org", False),
    ]
    assert (root_of(dora), customer_row(world.person(world.ada), dora)) == (world.carol, None)
    assert [(c.purpose, c.holds) for c in consents_of(world.carol)] == [("news", True)]


def test_who_writes_afterwards_is_the_one_who_stayed(world: World) -> None:
    dora = person(world, "Dora")
    merged(world, world.carol, dora)
    writes_in("Again", text="Me", mailbox=world.mailbox, sender="dora@example.org", at=LATER)
    assert owners("cases") == {world.carol}


def test_what_is_chosen_comes_from_the_other_and_gaps_are_filled(world: World) -> None:
    dora = person(world, "Dora")
    customers.change(
        dora,
        language="da",
        notes="Rings",
        fields={"size": "m", "red": True},
        do_not_contact=["phone"],
        by=SYSTEM,
        at=NOON,
    )
    customers.change(world.carol, notes="Kind", fields={"size": "s"}, time_zone="Europe/Berlin", by=SYSTEM, at=NOON)
    before = belongings()
    key = merged(world, world.carol, dora, take=["name", "field:size"])
    row = customer_row(world.person(world.ada), world.carol)
    assert (row.name, row.time_zone, row.notes, row.fields, row.do_not_contact) == (
        "Dora", "Europe/Berlin", "Kind\n\nRings", {"size": "m", "red": True}, ["phone"],
    )  # fmt: skip
    parted(world, key)
    assert belongings() == before


def test_parting_gives_everything_back_as_it_was(world: World) -> None:
    dora = person(world, "Dora")
    before = belongings()
    assert parted(world, merged(world, world.carol, dora)) == dora
    assert belongings() == before


def test_what_was_changed_since_stays_where_it_is(world: World) -> None:
    dora = person(world, "Dora")
    key = merged(world, world.carol, dora, take=["name"])
    customers.change(world.carol, name="Carola", by=SYSTEM, at=NOON)
    new = customers.add_address(world.carol, kind="phone", value="+4930123456", by=SYSTEM, at=NOON)
    change_customer(
        world.person(world.ada), world.carol,
        CustomerChange(remove=db.value("SELECT id FROM customers_address WHERE value = 'dora@example.org'")), by=SYSTEM, at=NOON,
    )  # fmt: skip
    parted(world, key)
    assert [(row.id, row.name) for row in belongings()["cards"]] == [(world.carol, "Carola"), (dora, "Dora")]
    assert [(row.customer_id, row.value) for row in belongings()["addresses"]] == [
        (world.carol, "carol@example.com"), (world.carol, "+4930123456"),
    ]  # fmt: skip
    assert new.pk == belongings()["addresses"][1].id


def test_cases_that_were_opened_since_from_their_address_go_with_them(world: World) -> None:
    dora = person(world, "Dora")
    key = merged(world, world.carol, dora)
    again = writes_in("Again", text="Me", mailbox=world.mailbox, sender="dora@example.org", at=LATER).number
    other = writes_in("Mine", text="Me", mailbox=world.mailbox, sender="carol@example.com", at=LATER).number
    parted(world, key)
    found = {
        row.number: row.customer_id for row in db.rows("SELECT number, customer_id FROM conversations_conversation")
    }
    assert (found[again], found[other]) == (dora, world.carol)


def test_parting_works_after_further_merges(world: World) -> None:
    """Dora went into Carol, then Carol into Emil: Dora comes back from Emil."""
    dora, emil = person(world, "Dora"), person(world, "Emil")
    before = belongings()
    first, second = merged(world, world.carol, dora), merged(world, emil, world.carol)
    assert owners("cases") == {emil}
    parted(world, first)
    assert owners("cases") == {emil, dora}
    third = merged(world, emil, dora)
    parted(world, second)
    assert owners("cases") == {emil, world.carol}
    parted(world, third)
    assert belongings() == before


def test_who_withdrew_before_or_after_does_not_agree_as_one(world: World) -> None:
    dora = person(world, "Dora")
    notes.give_consent(world.carol, purpose="news", how="shop", by=SYSTEM, at=NOON - timedelta(days=1))
    notes.withdraw_consent(dora, purpose="news", how="mail", by=SYSTEM, at=NOON)
    merged(world, world.carol, dora)
    assert {row.holds for row in consents_of(world.carol)} == {False}


def test_what_cannot_be_merged_says_so_in_one_sentence(world: World) -> None:
    dora, emil = person(world, "Dora"), person(world, "Emil")
    with pytest.raises(CannotMerge, match="one and the same"):
        merged(world, dora, dora)
    key = merged(world, world.carol, dora)
    with pytest.raises(NotFound):
        merged(world, emil, dora)
    with pytest.raises(Gone):
        from careline.domain.customers.commands.people import hold

        hold(dora)
    parted(world, key)
    with pytest.raises(CannotUnmerge, match="taken back already"):
        parted(world, key)
    with pytest.raises(NotFound):
        parted(world, 10**9)


def test_who_does_not_reach_both_may_not_merge(world: World) -> None:
    dora = person(world, "Dora")
    key = merged(world, world.carol, dora)
    for who, refusal in ((world.cleo, NotFound),):
        with pytest.raises((refusal, Forbidden)):
            unmerge_customers(world.person(who), key, by=agent(who.pk), at=NOON)
    assert merge_by_id(key).undone_at is None


def test_likely_the_same_are_suggested(world: World) -> None:
    ada = world.person(world.ada)
    company = customers.add_organisation("Bells", by=SYSTEM, at=NOON)
    one, two = (
        customers.add(name=name, organisation=company, by=SYSTEM, at=NOON).pk for name in ("Zoë Dörr", "ZOE DORR")
    )
    three = customers.add(name="Zoe Dorr", by=SYSTEM, at=NOON).pk
    customers.add_address(three, kind="email", value="carol+shop@example.org", by=SYSTEM, at=NOON)
    customers.add_address(two, kind="phone", value="+4930123456789", by=SYSTEM, at=NOON)
    customers.add_address(three, kind="whatsapp", value="+4930123456789", by=SYSTEM, at=NOON)
    assert [(row.id, row.why) for row in likely_same(ada, one)] == [(two, ["name"])]
    assert [(row.id, row.why) for row in likely_same(ada, two)] == [(one, ["name"]), (three, ["phone"])]
    assert [(row.id, row.why) for row in likely_same(ada, world.carol)] == [(three, ["mail"])]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_in_whatever_order_nothing_is_lost_and_all_comes_back(world: World, data: st.DataObject) -> None:
    with db.savepoint():
        people = [world.carol, *(person(world, f"P{n}") for n in range(3))]
        before, standing = belongings(), []
        for _ in range(data.draw(st.integers(1, 8))):
            if standing and data.draw(st.booleans()):
                parted(world, standing.pop(data.draw(st.integers(0, len(standing) - 1))))
            else:
                roots = sorted({root_of(key) or 0 for key in people})
                if len(roots) > 1:
                    survivor, gone = data.draw(st.permutations(roots))[:2]
                    standing.append(merged(world, survivor, gone))
            now = belongings()
            for name in ("addresses", "cases", "notes"):
                assert [row.id for row in now[name]] == [row.id for row in before[name]]
                assert {row.customer_id for row in now[name]} <= {root_of(key) for key in people}
        for key in data.draw(st.permutations(standing)):
            parted(world, key)
        assert belongings() == before
        connection.set_rollback(True)
    connection.set_rollback(False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_crosswise_at_once_one_wins_and_the_other_is_told(transactional_db: None) -> None:
    world = make_world()
    dora = person(world, "Dora")
    told: list[str] = []
    start = threading.Barrier(2)

    def merging(survivor: int, gone: int) -> None:
        try:
            start.wait()
            merged(world, survivor, gone)
            told.append("merged")
        except (CannotMerge, NotFound) as refused:
            told.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=merging, args=pair) for pair in ((world.carol, dora), (dora, world.carol))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(told) == 2 and told.count("merged") == 1
    assert owners("cases") in ({world.carol}, {dora})
    assert db.value("SELECT count(*) FROM customers_merge WHERE undone_at IS NULL") == 1


def test_an_address_of_somebody_else_is_refused_with_their_key(world: World) -> None:
    dora = person(world, "Dora")
    with pytest.raises(AddressTaken) as taken:
        change_customer(
            world.person(world.ada),
            world.carol,
            CustomerChange(add=(("email", "dora@example.org"),)),
            by=SYSTEM,
            at=NOON,
        )
    assert taken.value.customer == dora
