"""What the customer's side tells by the API: ratings, entitlements, opinions, pictures."""

from __future__ import annotations

import base64

import pytest

from careline.domain.company.queries import default_brand
from careline.domain.customers import commands as customers
from careline.domain.customers.queries.portal import portal_rules, viewer_of
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.queries.opinions import helped
from careline.flows.publish_article import publish_article
from careline.flows.review_article import approve_article, submit_article
from careline.flows.write_article import Written, add_article
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@pytest.fixture
def dora(world: World) -> int:
    """Somebody of a company."""
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    made = customers.add(name="Dora", organisation=firm, by=SYSTEM, at=NOON)
    customers.add_address(made.pk, kind="email", value="dora@jensen.example", by=SYSTEM, at=NOON)
    return int(made.pk)


@pytest.fixture
def bells(world: World) -> int:
    """A published article."""
    ada, by = world.person(world.ada), agent(world.ada.pk)
    key = add_article(ada, Facts(int(default_brand().pk)), "en", Written("Bells", "<p>Ring.</p>"), by=by, at=NOON)
    for step in (submit_article, approve_article, publish_article):
        step(ada, key, "en", by=by, at=NOON)
    return key


def test_a_rating_that_was_given_elsewhere_stands_beside_the_case_and_waits_for_its_solution(
    ada: Caller, world: World
) -> None:
    place = f"/conversations/{world.case}/rating"
    assert ada.get(place) == {"solution": None, "chat": None}
    assert ada("PUT", place, {"score": 4}).status == 409
    ada("PUT", f"/conversations/{world.case}/resolution")
    told = ada("PUT", place, {"score": 4, "comment": "Quick."})
    assert (told.status, told.json) == (200, {"solution": {"score": 4, "comment": "Quick."}, "chat": None})
    assert ada("PUT", place, {"score": 6}).status == 422
    assert ada("PUT", place, {"score": 4, "of": "chat"}).status == 409, "it is no chat"


def test_an_entitlement_says_how_far_it_goes_and_ends(ada: Caller, world: World, dora: int) -> None:
    place, rules = f"/customers/{dora}/entitlement", portal_rules(world.mailbox.brand_id)
    shown = {"id": str(dora), "name": "Dora", "company": "Jensen & Co", "address": "dora@jensen.example"}
    told = ada("PUT", place, {"level": "write"})
    assert (told.status, told.json) == (200, {**shown, "level": "write"})
    viewer = viewer_of(dora, rules=rules)
    assert viewer is not None
    assert (viewer.organisation is not None, viewer.writes) == (True, True)
    assert ada("PUT", place, {"level": "see"}).json["level"] == "see"
    assert ada.get("/customer-entitlements")["items"] == [{**shown, "level": "see"}]
    viewer = viewer_of(dora, rules=rules)
    assert viewer is not None
    assert (viewer.organisation is not None, viewer.writes) == (True, False)
    assert [ada("DELETE", place).status for _ in range(2)] == [204, 404]
    assert ada("PUT", f"/customers/{world.carol}/entitlement", {"level": "see"}).status == 409, "of no company"
    assert ada("PUT", "/customers/999999/entitlement", {"level": "see"}).status == 404


def test_what_readers_say_elsewhere_counts_once_and_waits_to_be_looked_at(ada: Caller, bells: int) -> None:
    said = {"language": "en", "reader": "r1", "is_helpful": False, "reason": "wrong", "comment": "Mine is blue."}
    for _ in range(2):
        assert ada("POST", f"/articles/{bells}/opinions", said).status == 204
    [waits] = ada.get("/article-opinions")["items"]
    assert (waits["article"], waits["reason"], waits["comment"]) == (str(bells), "wrong", "Mine is blue.")
    assert helped([bells]) == {bells: (0, 1)}
    assert [ada("DELETE", f"/article-opinions/{waits['id']}").status for _ in range(2)] == [204, 404]
    assert ada.get(f"/article-opinions?article={bells}")["items"] == []
    assert ada("POST", f"/articles/{bells}/opinions", {**said, "language": "fr"}).status == 404


def test_a_picture_is_taken_by_what_its_bytes_are_and_listed(ada: Caller, bells: int) -> None:
    place = f"/articles/{bells}/pictures"
    made = ada("POST", f"{place}?name=bell.exe", raw=GIF, content_type="image/gif")
    assert (made.status, made.json["name"], made.json["type"], made.json["size"]) == (201, "bell.exe", "image/gif", 42)
    assert made.json["address"].startswith("/help/pictures/")
    assert ada.get(place)["items"] == [made.json]
    assert ada("POST", f"{place}?name=bell.png", raw=b"MZ\x90\0", content_type="image/png").status == 409
    assert len(ada.get(place)["items"]) == 1
