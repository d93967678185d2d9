"""What nobody types gets an answer as well."""

from typing import Any

from django.test import Client

from tests.world import World


def test_the_character_nul_breaks_no_page(world: World, ada: Client) -> None:
    places = ("/inbox?q=%00", "/customers?q=a%00b", "/rows?numbers=1&q=%00", "/outbox?state=%00", "/views/all?q=%00")
    assert {place: ada.get(place).status_code for place in places} == dict.fromkeys(places, 200)
    form = {"kind": "note", "text": "One\0two"}
    answer = ada.post(f"/conversations/{world.case}/messages", form, headers={"HX-Request": "true"})
    assert (answer.status_code, b"Onetwo" in answer.content) == (200, True)


def test_an_address_with_the_character_nul_leads_nowhere(world: World, client: Client) -> None:
    places = ("/forms/a%00b", "/chat/v1/sites/a%00b", "/hooks/shops/a%00b", "/help/guides/walks/a%00b")
    assert {place: client.get(place).status_code for place in places} == dict.fromkeys(places, 404)


def test_a_demo_answers_to_its_own_names_only(world: World, client: Client, settings: Any) -> None:
    """It has no password: a page of somebody else whose name was made to lead here would be in."""
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["127.0.0.1", "localhost"]
    answers = {host: client.get("/demo", headers={"Host": host}) for host in ("localhost:8000", "evil.example")}
    assert {host: answer.status_code for host, answer in answers.items()} == {
        "localhost:8000": 200,
        "evil.example": 400,
    }
    assert answers["evil.example"].headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_with_a_link_that_gets_somebody_in_is_kept_nowhere(world: World, client: Client) -> None:
    pages = ("/login", "/sign-in/abc", "/new-password/abc")
    assert {page: client.get(page).headers["Cache-Control"] for page in pages} == dict.fromkeys(pages, "no-store")


def test_figures_are_told_to_this_machine_under_its_own_names_only(world: World, client: Client) -> None:
    hosts = ("127.0.0.1:8000", "localhost", "[::1]:8000", "evil.example", "desk.example.com:8000")
    answers = {host: client.get("/api/v1/metrics", headers={"Host": host}).status_code for host in hosts}
    assert answers == dict(zip(hosts, (200, 200, 200, 401, 401), strict=True))


def test_the_character_nul_signs_nobody_in(world: World, client: Client) -> None:
    assert client.post("/login", {"email": "ada\0@northwind.example", "password": "\0"}).status_code == 422


def test_what_no_form_of_ours_offers_is_refused_in_words(world: World, ada: Client) -> None:
    offer = {"act": "save", "row": "o0", "o0-kind": "yacht", "o0-periods": "1"}
    assert ada.post("/settings/retention", offer).status_code == 422
    kind = {"act": "save", "code": "limit", "step": "s0", "s0-key": "a", "s0-kind": "yacht"}
    assert ada.post("/settings/service-requests/new", kind).status_code == 422
    assert ada.get("/reports/complaints?since=0001-01-01&until=0001-01-01").status_code == 200
