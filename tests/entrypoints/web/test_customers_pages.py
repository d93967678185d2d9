"""What staff say about the customers' pages, and how they look at a case as its customer does."""

import pytest
from django.test import Client

from careline.domain.customers import commands as customers
from careline.domain.customers.queries.portal import portal_rules
from careline.domain.customers.rules.portal import PortalRules
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.note import note
from careline.kit import db
from tests.world import NOON, World, make_world

HERE = "/settings/customers-pages"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_brand_says_what_its_customers_may_do(world: World) -> None:
    ada = signed_in(world.ada)
    assert ada.get(HERE).status_code == 200
    place = f"{HERE}/brands/{world.mailbox.brand_id}"
    assert ada.post(place, {"who": "company", "links_in_mails": "1"})["Location"] == HERE
    assert portal_rules(world.mailbox.brand_id) == PortalRules("company", False, False, True)
    assert (
        ada.post(place, {"who": "everybody"}).status_code,
        ada.post(f"{HERE}/brands/999", {"who": "known"}).status_code,
    ) == (422, 404)
    assert signed_in(world.ben).get(HERE).status_code == 403


def test_only_somebody_of_a_company_can_see_a_whole_company(world: World) -> None:
    ada = signed_in(world.ada)
    refused = [ada.post(HERE, {"address": address}) for address in ("nobody@example.org", "carol@example.com")]
    assert [page.status_code for page in refused] == [422, 422]
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    customers.change(world.carol, organisation_id=firm.pk, by=SYSTEM, at=NOON)
    assert ada.post(HERE, {"address": "Carol@example.com"})["Location"] == HERE
    assert "Jensen &amp; Co" in ada.get(HERE).content.decode()
    ada.post(f"{HERE}/entitled/{world.carol}")
    assert happened() == ["customer.entitled", "customer.no_longer_entitled"]


def test_a_case_is_seen_as_its_customer_sees_it_and_that_is_on_the_record(world: World) -> None:
    note(world.person(world.ben), world.case, text="She is impatient.", by=agent(world.ben.pk), at=NOON)
    ben = signed_in(world.ben)
    page = ben.post(f"/conversations/{world.case}/customers-view").content.decode()
    assert ("I ordered it a week ago." in page, "impatient" in page) == (True, False)
    assert db.rows("SELECT actor_id FROM history WHERE name = 'request.viewed'") == [(world.ben.pk,)]
    assert signed_in(world.cleo).post(f"/conversations/{world.case}/customers-view").status_code == 404
    assert ben.get(f"/conversations/{world.case}/customers-view").status_code == 405


def signed_in(who: object) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


def happened() -> list[str]:
    return [row.name for row in db.rows("SELECT name FROM history WHERE name LIKE 'customer.%%entitled' ORDER BY id")]
