"""What nobody types gets an answer as well."""

from django.test import Client

from tests.world import World


def test_the_character_nul_breaks_no_page(world: World, ada: Client) -> None:
    places = ("/inbox?q=%00", "/customers?q=a%00b", "/rows?numbers=1&q=%00", "/outbox?state=%00", "/views/all?q=%00")
    assert {place: ada.get(place).status_code for place in places} == dict.fromkeys(places, 200)
    form = {"kind": "note", "text": "One\0two"}
    answer = ada.post(f"/conversations/{world.case}/messages", form, headers={"HX-Request": "true"})
    assert (answer.status_code, b"Onetwo" in answer.content) == (200, True)


def test_the_character_nul_signs_nobody_in(world: World, client: Client) -> None:
    assert client.post("/login", {"email": "ada\0@northwind.example", "password": "\0"}).status_code == 422
