"""Canned replies and macros on screen: written, found, put into the composer, run."""

import json
from collections.abc import Callable

from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.knowledge.queries.canned import replies_of
from tests.entrypoints.web.conftest import PART
from tests.world import World

HELLO = {"name": "Hello", "abbreviation": ";Hi", "folder": "First / words", "labels": "polite, short", "audience": "all",
         "text-en": "Dear {{customer.first_name|friend}},\r\n{{cursor}}\r\n{{team.signature}}{{agent.name}}", "text-de": "Hallo"}  # fmt: skip
END = {
    "name": "End",
    "audience": "me",
    "assign": "me",
    "tag": "done",
    "ending": "resolve",
    "reply-en": "Bye {{customer.first_name}}",
}


def test_a_reply_is_written_found_and_put_into_the_composer(
    world: World, ada: Client, enter: Callable[..., Client]
) -> None:
    assert ada.post("/replies/new", HELLO).status_code == 302
    [row] = replies_of(world.person(world.ben), words="polit HELL")
    assert (row.abbreviation, row.folder, row.labels) == ("hi", "First / words", ["polite", "short"])
    ben, case = enter(world.ben), f"/conversations/{world.case}"
    assert json.loads(ben.get("/replies/abbreviations").content) == ["hi"]
    assert 'data-id="' in ben.get(f"{case}/replies", {"q": "first"}, headers=PART).content.decode()
    said = json.loads(ben.post(f"{case}/replies", {"abbreviation": "HI"}).content)
    assert said == {"text": "Dear Carol,\n\nBen", "cursor": 12, "unfilled": [], "files": []}
    assert json.loads(ben.post(f"{case}/replies/{row.id}").content) == said
    assert replies_of(world.person(world.ben))[0].own_uses == 2
    assert "Hello" in ben.get("/replies").content.decode()
    assert ben.post(f"{case}/replies", {"abbreviation": "nothing"}).status_code == 404


def test_a_reply_that_is_wrong_loses_nothing(world: World, ada: Client) -> None:
    for wrong in ({"name": " "}, {"abbreviation": "two words"}, {"text-en": "", "text-de": ""}):
        answer = ada.post("/replies/new", HELLO | wrong)
        assert answer.status_code == 422
        assert "First / words" in answer.content.decode()
    ada.post("/replies/new", HELLO)
    again = ada.post("/replies/new", HELLO | {"name": "Again"})
    assert (again.status_code, "There is a reply with ;hi already." in again.content.decode()) == (422, True)
    assert (
        "custmer.name" in ada.post("/replies/new", HELLO | {"name": "", "text-en": "{{custmer.name}}"}).content.decode()
    )


def test_replies_of_all_are_changed_by_who_may(world: World, ada: Client, enter: Callable[..., Client]) -> None:
    ada.post("/replies/new", HELLO)
    [row] = replies_of(world.person(world.ada))
    ben = enter(world.ben)
    assert ben.get(f"/replies/{row.id}").status_code == 200
    assert ben.post(f"/replies/{row.id}", HELLO).status_code == 403
    assert ben.post(f"/replies/{row.id}", {"then": "delete"}).status_code == 403
    assert ben.post("/replies/new", HELLO | {"audience": "me"}).status_code == 302
    assert ada.post(f"/replies/{row.id}", HELLO | {"name": "Good day"}).status_code == 302
    assert ada.post(f"/replies/{row.id}", {"then": "delete"}).status_code == 302
    assert [r.name for r in replies_of(world.person(world.ada))] == []
    assert [r.name for r in replies_of(world.person(world.ben))] == ["Hello"]


def test_a_macro_shows_what_it_will_do_and_does_it(world: World, ada: Client) -> None:
    assert ada.post("/macros/new", END).status_code == 302
    case = f"/conversations/{world.case}"
    listed = ada.get(f"{case}/macros", headers=PART).content.decode()
    key = listed.split('data-id="')[1].split('"')[0]
    shown = ada.get(f"{case}/macros/{key}", headers=PART).content.decode()
    assert [
        words in shown
        for words in (
            "Give it to you",
            "Add tags: done",
            "Send an answer",
            "Bye Carol",
            "Resolve it",
            "data-picker-run",
        )
    ] == [True] * 6
    assert conversation_by_number(world.case).category == "open"
    assert ada.post(f"{case}/macros/{key}", headers=PART).status_code == 200
    found = conversation_by_number(world.case)
    assert (found.category, found.assignee_id, messages_of(found.id)[-1].text) == (
        "resolved",
        world.ada.pk,
        "Bye Carol",
    )
    assert "Bye {{customer.first_name}}" in ada.get(f"/macros/{key}").content.decode()


def test_a_macro_that_cannot_run_says_why(world: World, ada: Client) -> None:
    ada.post("/macros/new", END | {"reply-en": "Order {{order.number}}"})
    case = f"/conversations/{world.case}"
    key = ada.get(f"{case}/macros", headers=PART).content.decode().split('data-id="')[1].split('"')[0]
    answer = ada.post(f"{case}/macros/{key}", headers=PART)
    assert (answer.status_code, "{{order.number}}" in answer.content.decode()) == (409, True)
    assert conversation_by_number(world.case).category == "open"
    assert ada.post("/macros/new", {"name": "Nothing", "audience": "me"}).status_code == 422
    assert ada.post("/macros/new", END | {"ending": "snooze", "hours": "0"}).status_code == 422


def test_files_of_a_reply_go_with_it(world: World, ada: Client, settings: object, tmp_path: object) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from careline.domain.files.store import store

    settings.DATA = tmp_path  # type: ignore[attr-defined]
    store.cache_clear()
    ada.post("/replies/new", HELLO | {"files": SimpleUploadedFile("form.pdf", b"%PDF", "application/pdf")})
    [row] = replies_of(world.person(world.ada))
    said = json.loads(ada.post(f"/conversations/{world.case}/replies/{row.id}").content)
    assert [(f["name"], f["type"]) for f in said["files"]] == [("form.pdf", "application/pdf")]
    assert ada.get(said["files"][0]["url"]).content == b"%PDF"
    ada.post(f"/replies/{row.id}", HELLO)
    assert len(replies_of(world.person(world.ada))[0].files) == 1
    ada.post(f"/replies/{row.id}", HELLO | {"without_files": "1"})
    assert replies_of(world.person(world.ada))[0].files == []
    store.cache_clear()


def test_replies_go_out_as_a_sheet_and_come_in_all_or_none(
    world: World, ada: Client, enter: Callable[..., Client]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def bring(content: bytes, **form: str) -> int:
        return ada.post(
            "/replies/sheet", {"audience": "all", "sheet": SimpleUploadedFile("a.csv", content)} | form
        ).status_code

    ada.post("/replies/new", HELLO)
    sheet = ada.get("/replies/sheet").content
    assert bring(sheet) == 422, "the abbreviation is there already"
    assert bring("name,text\nA,Bä\n,\n".encode()) == bring(b"\xff\xfe") == 422
    [row] = replies_of(world.person(world.ada))
    ada.post(f"/replies/{row.id}", {"then": "delete"})
    assert bring(sheet) == 302
    [again] = replies_of(world.person(world.ben))
    assert (again.name, again.abbreviation, again.labels, again.texts) == (
        row.name,
        row.abbreviation,
        row.labels,
        row.texts,
    )
    ben = enter(world.ben)
    answer = ben.post("/replies/sheet", {"audience": "all", "sheet": SimpleUploadedFile("a.csv", b"name,text\nA,B")})
    assert (answer.status_code, len(replies_of(world.person(world.ben)))) == (403, 1)
