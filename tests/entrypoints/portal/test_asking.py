"""Customers ask for something beside goods on their own pages, hand in papers and answer an offer: nobody else's is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.customers.commands import entering
from careline.domain.history.actor import agent
from careline.domain.requests.commands import requests
from careline.flows.keep_service_request_types import add_usual_types
from careline.flows.work_on_service_request import finish_step
from careline.kit import clock, db
from tests.world import NOON, World, make_world

CHANGE = {"what": "name", "shown": ["what"], "token": "t1"}


@pytest.fixture
def world(db: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = make_world()
    add_usual_types(made.person(made.ada), by=agent(made.ada.pk), at=NOON)
    return made


@pytest.fixture
def carol(world: World) -> Client:
    return signed_in(world.carol, "carol@example.com")


def signed_in(customer: int, address: str) -> Client:
    client = Client()
    client.cookies["careline_my"] = entering.begin_session(
        entering.Entered(customer, address, ""), how="link", device="", at=NOON
    )
    return client


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_what_is_asked_for_is_one_request_and_stands_there(world: World, carol: Client) -> None:
    assert "Account change" in words(carol.get("/my/services"))
    assert "New name" not in words(carol.get("/my/services/new/account_change"))
    more = words(carol.post("/my/services/new/account_change", CHANGE), 422)
    assert "New name" in more
    filled = CHANGE | {"new_name": "Carol Rider", "shown": ["what", "new_name"]}
    sent = [carol.post("/my/services/new/account_change", filled).headers["Location"] for _ in range(2)]
    assert sent[0] == sent[1]
    page = words(carol.get(sent[0]))
    assert "We have it, and begin with it." in page and "Carol Rider" in page
    assert "We work on it" in words(carol.get("/my/services"))
    stranger = Client().get(sent[0])
    assert (stranger.status_code, stranger.headers["Location"].partition("?")[0]) == (302, "/my/sign-in")


def test_a_paper_is_handed_in_and_an_offer_taken(world: World, carol: Client) -> None:
    form = {"amount": "3000", "income": "2400", "shown": ["amount", "income", "why"], "token": "t2"}
    here = carol.post("/my/services/new/credit_limit_increase", form).headers["Location"].partition("?")[0]
    key = int(here.rpartition("/")[2])
    ada = world.person(world.ada)
    finish_step(ada, key, by=agent(ada.id), at=NOON)
    assert "We wait for you" in words(carol.get(here))
    odd = SimpleUploadedFile("slip.pdf", b"MZ\x90\x00", "application/pdf")
    words(carol.post(f"{here}/papers", {"paper": "payslip", "file": odd}), 422)
    file = SimpleUploadedFile("slip.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    assert carol.post(f"{here}/papers", {"paper": "payslip", "file": file}).status_code == 302
    assert db.value("SELECT state FROM requests_paper WHERE request_id = %s", [key]) == "received"
    requests.offer(requests.held(key), 200_000, reason="income", words="only for us", by=agent(ada.id), at=NOON)
    page = words(carol.get(here))
    assert "We can offer you €2,000.00 instead." in page and "only for us" not in page
    assert carol.post(f"{here}/offer", {"is_accepted": "0"}).status_code == 302
    assert carol.post(f"{here}/withdrawal").status_code == 302
    assert "Withdrawn" in words(carol.get("/my/services"))
