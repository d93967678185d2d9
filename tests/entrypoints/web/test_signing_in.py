"""Getting in and out: password, link, the demo, and what guessing meets."""

import pytest
from django.conf import LazySettings
from django.test import Client

from careline.domain.history.actor import SYSTEM
from careline.domain.staff.commands import issue_link
from careline.kit import db
from careline.kit.spool import Spool
from tests.world import NOON, World

PASSWORD = "green bottles on the quay"


@pytest.fixture
def known(world: World) -> World:
    world.ada.set_password(PASSWORD)
    world.ada.save()
    return world


def sign_in(browser: Client, **form: str) -> "object":
    return browser.post("/login", {"email": "ada@northwind.example", "password": PASSWORD, **form})


def happenings(name: str) -> int:
    return int(db.value("SELECT count(*) FROM history WHERE name = %s", [name]))


def test_the_right_password_leads_to_the_inbox_or_where_one_wanted_to_go(known: World) -> None:
    assert sign_in(Client()).headers["Location"] == "/inbox"  # type: ignore[attr-defined]
    assert sign_in(Client(), next="/customers?q=x").headers["Location"] == "/customers?q=x"  # type: ignore[attr-defined]
    assert happenings("agent.signed_in") == 2


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\\\evil.example"]
)
def test_nobody_is_sent_to_another_site(known: World, elsewhere: str) -> None:
    assert sign_in(Client(), next=elsewhere).headers["Location"] == "/inbox"  # type: ignore[attr-defined]


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(known: World, client: Client) -> None:
    wrong, unknown = sign_in(client, password="guess"), sign_in(client, email="nobody@northwind.example")
    words = "The address or the password is wrong."
    assert (wrong.status_code, words in wrong.content.decode()) == (422, True)  # type: ignore[attr-defined]
    assert (unknown.status_code, words in unknown.content.decode()) == (422, True)  # type: ignore[attr-defined]


def test_after_ten_guesses_even_the_right_password_waits(known: World, client: Client) -> None:
    from careline.domain.staff.commands import note_failed_sign_in

    for _ in range(10):
        note_failed_sign_in(["account:ada@northwind.example"], agent_id=None, by=SYSTEM, at=NOON)
    assert sign_in(client).status_code == 429  # type: ignore[attr-defined]


def test_opening_a_link_spends_nothing_and_using_it_does(world: World) -> None:
    link = f"/sign-in/{issue_link(world.ada, by=SYSTEM, at=NOON)}"
    scanner, browser = Client(), Client()
    assert (scanner.get(link).status_code, scanner.get(link).status_code) == (200, 200)
    assert browser.post(link).headers["Location"] == "/inbox"
    assert browser.get("/inbox").status_code == 200
    assert Client().post(link).status_code == 410


def test_leaving_is_on_the_record_so_that_open_streams_close(ada: Client) -> None:
    assert ada.post("/logout").headers["Location"] == "/login"
    assert happenings("agent.signed_out") == 1
    assert ada.get("/inbox").status_code == 302


def test_there_is_no_role_picker_outside_a_demo(world: World, client: Client) -> None:
    assert client.get("/demo").status_code == 404
    assert client.post("/demo/session", {"agent": world.ada.pk}).status_code == 404
    assert client.post("/demo/letter", {"name": "x", "address": "x@example.com", "text": "x"}).status_code == 404
    assert client.get("/").headers["Location"] == "/inbox"


def test_in_a_demo_one_enters_by_choosing(world: World, client: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    assert "Enter as Ada" in client.get("/").content.decode()
    assert client.post("/demo/session", {"agent": world.ada.pk}).headers["Location"] == "/inbox"
    assert client.get("/inbox").status_code == 200


def test_a_customer_of_the_demo_answers_into_the_same_thread(
    world: World, ada: Client, settings: LazySettings, tmp_path: "object"
) -> None:
    from email import message_from_bytes

    from careline.domain.conversations.queries.cases import conversation_by_number
    from careline.domain.conversations.queries.messages import message_by_id, messages_after

    settings.DEMO, settings.DATA = True, tmp_path
    form = {"kind": "reply", "text": "It is on its way.", "to": "carol@example.com"}
    ada.post(f"/conversations/{world.case}/messages", form, headers={"HX-Request": "true"})
    ours = message_by_id(messages_after(conversation_by_number(world.case).id, 0)[-1])
    answer = ada.post(
        "/demo/letter", {"name": "Carol", "address": "carol@example.com", "text": "Thanks", "answers": ours.id}
    )
    spool = Spool(settings.DATA / "spool")
    lying = spool.read(spool.names(5)[0])
    mail = message_from_bytes(lying.raw)
    assert "on its way" in answer.content.decode()
    assert (mail["In-Reply-To"], mail["Subject"], lying.envelope["to"]) == (
        ours.external_id,
        "Re: Where is my bike?",
        [world.mailbox.address],
    )


def test_a_letter_without_words_is_told_so_and_kept(world: World, client: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    answer = client.post("/demo/letter", {"name": "Carol", "address": "carol", "subject": "My bike", "text": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="My bike"' in page
    assert "not a mail address" in page
