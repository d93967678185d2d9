"""What must not work: forged tokens, guessed ids, other people's pages, files that lie, more than anybody says."""

from __future__ import annotations

import time
from datetime import timedelta

import jwt
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.channels import commands as channels
from careline.domain.chats.queries import visitor_of_token
from careline.domain.chats.rules.sites import Site
from careline.domain.conversations.errors import ThreadChanged
from careline.domain.conversations.queries.messages import attachments_of, messages_of
from careline.domain.conversations.rules.recipients import Person
from careline.domain.customers.queries.people import customer_id_of
from careline.domain.history.actor import SYSTEM, agent
from careline.entrypoints.api.widget import limits
from careline.flows.keep_chat_site import give_identity_key
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.take_back import take_back
from careline.kit import clock, db
from tests.entrypoints.api.widget.conftest import FIELDS, SHOP, Visitor
from tests.entrypoints.api.widget.test_talks import case_of
from tests.world import NOON, World

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def uploaded(visitor: Visitor, content: bytes, name: str, media_type: str) -> tuple[int, dict]:
    file = SimpleUploadedFile(name, content, content_type=media_type)
    response = Client().post(
        "/chat/v1/thread/files", {"file": file}, headers={"Origin": SHOP, "Authorization": f"Bearer {visitor.token}"}
    )
    return response.status_code, response.json()


def test_who_has_no_token_is_told_nothing_and_pages_elsewhere_may_not_even_ask(carol: Visitor) -> None:
    carol.begins()
    stranger = Visitor(carol.site)
    stranger.token = "x" * 32
    assert stranger("GET", "thread").status == 401
    foreign = Visitor(carol.site, origin="https://evil.example")
    foreign.token = carol.token
    refused = foreign("GET", "thread")
    assert (refused.status, "Access-Control-Allow-Origin" in refused.headers) == (403, False)
    asked, denied = carol("OPTIONS", "threads"), foreign("OPTIONS", "threads")
    assert (asked.headers["Access-Control-Allow-Origin"], "Access-Control-Allow-Origin" in denied.headers) == (
        SHOP,
        False,
    )
    assert carol("GET", "thread").headers["Access-Control-Allow-Origin"] == SHOP


def test_what_is_not_there_and_what_is_anothers_answer_alike(world: World, carol: Visitor) -> None:
    carol.begins()
    status, file = uploaded(carol, PNG, "bike.png", "image/png")
    assert (status, carol.says("Look.", client_id="c-2", files=[file["id"]]).status) == (201, 201)
    said = messages_of(case_of(carol).id)[-1]
    [attached] = attachments_of(said.id)
    dave = Visitor(carol.site)
    dave.comes()
    dave.begins()
    got, guessed, absent = (
        who("GET", f"thread/files/{key}") for who, key in ((carol, attached.id), (dave, attached.id), (dave, 999_999))
    )
    assert (got.status, got.json, got.headers["X-Content-Type-Options"]) == (200, PNG, "nosniff")
    assert (guessed.status, absent.status, guessed.json) == (404, 404, absent.json)
    assert dave.says("Mine?", client_id="c-3", files=[file["id"]]).status == 422
    assert Visitor(carol.site)("GET", "sites/" + "0" * 32).status == 404


def test_notes_forwards_and_what_was_taken_back_are_not_the_visitors_to_read(world: World, carol: Visitor) -> None:
    carol.begins()
    case, ben, by = case_of(carol), world.person(world.ben), agent(world.ben.pk)
    note(ben, case.number, text="She is a regular.", by=by, at=clock.now())
    reply(ben, case.number, Draft(text="Please look.", to=(_shop(),), is_forward=True), by=by, at=clock.now())
    later = reply(
        ben, case.number, Draft(text="Later.", send_at=clock.now() + timedelta(days=1)), by=by, at=clock.now()
    )
    assert carol.texts == [("visitor", "Where is my bike?")]
    take_back(ben, case.number, later.message, by=by, at=clock.now())
    assert carol.texts == [("visitor", "Where is my bike?")]


def test_who_is_known_by_their_sites_word_reads_no_mails_of_an_address_that_they_only_typed(
    world: World, carol: Visitor
) -> None:
    key = give_identity_key(world.person(world.ada), carol.site.id, by=agent(world.ada.pk), at=NOON)
    said = {"sub": "77", "aud": carol.site.token, "exp": clock.now() + timedelta(minutes=5)}
    assert carol.comes(identity=jwt.encode(said, key, "HS256")).json["is_identified"] is True
    carol.begins(fields={"email": "dave@example.com"})
    case = case_of(carol)
    letter = Draft(text="For Dave.", to=(Person("dave@example.com"),), hold_seconds=0)
    reply(world.person(world.ben), case.number, letter, by=agent(world.ben.pk), at=clock.now())
    assert [text for _, text in carol.texts] == ["Where is my bike?"]


def _shop():
    return Person("workshop@northwind.example")


@pytest.mark.parametrize(
    ("content", "name", "said", "status"),
    [
        (PNG, "bike.png", "image/png", 201),
        (b"MZ\x90\0", "bike.png", "image/png", 415),
        (b"MZ\x90\0", "bike.txt", "text/plain", 415),
        (b"<script>alert(1)</script>", "bike.png", "image/png", 415),
        (b"%PDF-1.7", "bike.jpg", "image/jpeg", 415),
        (b"hello", "run.exe", "text/plain", 415),
        (b"", "empty.txt", "text/plain", 422),
        (b"hello", "../../etc/passwd", "text/plain", 201),
    ],
)
def test_a_file_is_what_it_says(carol: Visitor, content: bytes, name: str, said: str, status: int) -> None:
    found, told = uploaded(carol, content, name, said)
    assert found == status
    assert status != 201 or "/" not in told["name"]


def test_many_visitors_from_one_address_send_no_more_files_than_a_few(carol: Visitor) -> None:
    sent = []
    for n in range(8):
        visitor = Visitor(carol.site, address=f"192.0.2.{n}")
        visitor.comes()
        sent += [uploaded(visitor, b"", "empty.txt", "text/plain")[0] for _ in range(8)]
    assert sent == [422] * 60 + [429] * 4


def test_html_of_a_visitor_is_words(carol: Visitor) -> None:
    bad = "<img src=x onerror=alert(1)>\0"
    carol.begins(bad, fields={"name": "<b>Carol</b>"})
    [said] = carol("GET", "thread").json["messages"]
    assert (said["html"], said["text"]) == (None, "<img src=x onerror=alert(1)>\N{REPLACEMENT CHARACTER}")
    assert messages_of(case_of(carol).id)[0].rich_html is None


def test_one_who_floods_is_held_up_and_others_are_not(carol: Visitor) -> None:
    carol.begins()
    answers = [carol.says("again", client_id=f"f-{n}") for n in range(25)]
    assert [a.status for a in answers[:19]] == [201] * 19
    assert (answers[-1].status, int(answers[-1].headers["Retry-After"]) > 0) == (429, True)
    assert carol.says("again", client_id="f-3").status == 200, "what was taken in before is answered still"
    dave = Visitor(carol.site)
    dave.comes()
    assert dave.begins().status == 201


def test_of_ten_thousand_messages_at_once_twenty_go_on_and_nobody_else_waits() -> None:
    flood = limits.Buckets(limits.MESSAGES.most, 0.75)
    waits = [flood.seconds_to_wait("carol", now=1000 + n / 100_000) for n in range(10_000)]
    assert (waits.count(0), {*waits[20:]}) == (20, {2})
    assert flood.seconds_to_wait("dave", now=1000) == 0


@pytest.mark.full
@pytest.mark.timeout(900)
def test_ten_thousand_messages_of_one_visitor_leave_a_talk_that_is_read_as_fast_as_any(carol: Visitor) -> None:
    carol.begins()
    statuses = [carol.says("again", client_id=f"f-{n}").status for n in range(10_000)]
    assert statuses[:19] == [201] * 19
    assert {*statuses} == {201, 429}
    assert statuses.count(201) < 1_000
    assert carol("GET", "thread").status == 429, "who has asked so much waits for reading, too"
    for n in range(100):
        forget_limits()
        assert carol.says("patient", client_id=f"p-{n}").status == 201
    shown = carol("GET", "thread").json
    assert (len(shown["messages"]), shown["has_more"]) == (100, True)


def forget_limits() -> None:
    for one in limits.ALL:
        one.forget()


def test_an_office_behind_one_address_begins_sixty_talks_at_once_and_then_waits(carol: Visitor) -> None:
    limits.TALKS_FROM._left["192.0.2.7"] = (2.0, time.monotonic())
    dave, erin = (Visitor(carol.site) for _ in range(2))
    at_home = Visitor(carol.site, address="198.51.100.4")
    for one in (dave, erin, at_home):
        one.comes()
    assert [one.begins().status for one in (carol, dave, erin, at_home)] == [201, 201, 429, 201]
    assert carol.begins().status == 200, "the same again is no new talk"


def test_two_messages_at_once_are_each_answered_with_themselves(carol: Visitor) -> None:
    """Ids are given in one order and moments in another: the later moment may bear the lower id."""
    carol.begins()
    first = carol.says("one", client_id="a-1").json
    db.execute(
        "UPDATE conversations_message SET created_at = created_at + interval '1 hour' WHERE id = %s", [first["id"]]
    )
    second = carol.says("two", client_id="a-2")
    assert (second.status, second.json["text"]) == (201, "two")


def test_html_in_every_field_of_a_visitor_is_words_beside_the_case(world: World, site: Site) -> None:
    bad = "<script>alert(1)</script>"
    field = {"key": "order", "label": {"en": f"Order {bad}"}, "kind": "text"}
    channels.change_channel(site.id, settings={"pre_chat": [*FIELDS, field]}, by=SYSTEM, at=NOON)
    visitor = Visitor(site)
    visitor.comes(page={"url": f"{SHOP}/?{bad}", "title": bad}, referrer=f"https://x.example/{bad}")
    visitor.begins(bad, fields={"name": bad, "email": "carol@example.com", "order": bad})
    visitor("PUT", "thread/rating", {"score": 1, "comment": bad})
    browser = Client()
    browser.force_login(world.ada)
    page = browser.get(f"/conversations/{case_of(visitor).number}/visitor").content.decode()
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4
    assert "<script>alert" not in page


def test_a_name_that_the_site_signed_is_believed_once_and_by_one_alone(world: World, carol: Visitor) -> None:
    key = give_identity_key(world.person(world.ada), carol.site.id, by=agent(world.ada.pk), at=NOON)
    soon = int(clock.now().timestamp()) + 600
    said = {"sub": "c-17", "name": "Carol", "email": "carol@example.com", "aud": carol.site.token, "exp": soon}

    def comes(words: str, visitor: Visitor) -> int:
        return visitor.comes(identity=words).status

    signed = jwt.encode(said, key, algorithm="HS256")
    forged = [
        jwt.encode(said, "another key that is long enough to sign", algorithm="HS256"),
        jwt.encode({**said, "aud": "elsewhere"}, key, algorithm="HS256"),
        jwt.encode({**said, "exp": soon - 1200}, key, algorithm="HS256"),
        jwt.encode({**said, "exp": soon + 10**6}, key, algorithm="HS256"),
        jwt.encode({name: word for name, word in said.items() if name != "exp"}, key, algorithm="HS256"),
        jwt.encode(said, "", algorithm="none"),
        "nonsense",
    ]
    assert [comes(words, Visitor(carol.site)) for words in forged] == [401] * 7
    hers = Visitor(carol.site)
    assert (comes(signed, hers), comes(signed, Visitor(carol.site))) == (201, 401)
    hers.begins()
    assert case_of(hers).customer_id == customer_id_of("email", "carol@example.com") == world.carol
    assert visitor_of_token(hers.token).is_identified
    typed = Visitor(carol.site)
    typed.comes()
    typed.begins(fields={"name": "Carol", "email": "carol@example.com"})
    proven = [messages_of(case_of(who).id)[0].authenticity["verified"] for who in (hers, typed)]
    assert (proven, case_of(typed).customer_id == world.carol) == ([True, False], False), (
        "a name that is typed proves nothing"
    )


def test_another_person_at_the_same_browser_sees_nothing_of_the_one_before(world: World, carol: Visitor) -> None:
    key = give_identity_key(world.person(world.ada), carol.site.id, by=agent(world.ada.pk), at=NOON)
    soon = int(clock.now().timestamp()) + 600

    def signed(subject: str) -> str:
        return jwt.encode({"sub": subject, "aud": carol.site.token, "exp": soon}, key, algorithm="HS256")

    carol.comes(identity=signed("carol"))
    carol.begins()
    first = carol.token
    again = carol.comes(visitor=first, identity=signed("dave"))
    assert (again.json["thread"], again.json["visitor"] == first) == (None, False)


def test_an_answer_in_a_talk_passes_what_the_visitor_adds_and_stops_for_a_colleague(
    world: World, carol: Visitor
) -> None:
    carol.begins()
    case, by = case_of(carol), agent(world.ben.pk)
    carol.says("It is red.", client_id="c-2")
    ben, seen = world.person(world.ben), messages_of(case.id)[0].id
    sent = reply(ben, case.number, Draft(text="Tomorrow.", seen_message=seen), by=by, at=clock.now())
    with pytest.raises(ThreadChanged) as stopped:
        reply(ben, case.number, Draft(text="Or so.", seen_message=seen), by=by, at=clock.now())
    assert stopped.value.messages == [sent.message]
