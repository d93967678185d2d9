"""A form's pages: without scripts, in a frame of other sites, with hostile words, and what they cost."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.forms.queries import FormRow, form_by_id
from careline.domain.forms.rules.content import Condition, Content, Field, Option
from careline.domain.forms.rules.robots import question_of, token_of
from careline.domain.history.actor import agent
from careline.flows.keep_form import FormPlan, add_form
from careline.kit import clock, db
from careline.kit.keys import ring
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
FIELDS = (
    Field("name", "name", {"en": "Your <name>", "de": "Dein Name"}),
    Field("mail", "mail", {"en": "Your mail address", "de": "Deine Mailadresse"}, is_required=True),
    Field("part", "choice", {"en": "Which part?"}, options=(Option("frame", {"en": "Frame"}), Option("bell", {"en": "Bell", "ar": "جرس"}))),
    Field("frame_number", "text", {"en": "Frame number"}, is_required=True, when=Condition("part", ("frame",))),
    Field("message", "long_text", {"en": "What happened?", "de": "Was ist passiert?"}, is_required=True),
    Field("photo", "file", {"en": "Photos"}),
)  # fmt: skip
WORDS = {"name": "Carol", "mail": "carol@example.com", "message": "My frame is cracked near the saddle."}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def form(world: World) -> FormRow:
    content = Content({"en": "Contact", "de": "Kontakt"}, FIELDS, thanks={"en": "Ride safely."})
    plan = FormPlan("Contact", content, world.mailbox.id, slug="contact", origins=("https://shop.example",))
    found = form_by_id(add_form(world.person(world.ada), plan, by=agent(world.ada.pk), at=NOON))
    assert found is not None
    return found


def token_on(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def posted(page: str, form: FormRow, **words: Any) -> dict[str, Any]:
    token = token_of(token_on(page), form=form.id, ring=ring())
    assert token is not None
    shown = re.findall(r'name="shown" value="(\w+)"', re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))
    return {"token": token.signed(ring()), "shown": shown, "answer": str(sum(question_of(token.submission))), **words}


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fills a form in has had a minute for it."""
    begun = clock.now()
    times = iter([begun])
    monkeypatch.setattr(
        "careline.entrypoints.portal.guest.clock.now", lambda: next(times, begun + timedelta(minutes=1))
    )


def test_a_form_is_filled_in_without_scripts_and_its_number_is_shown(
    client: Client, form: FormRow, later: None
) -> None:
    page = client.get("/forms/contact").content.decode()
    seen = re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    assert ("Your &lt;name&gt;" in seen, 'data-field="frame_number"' in page, 'data-field="frame_number"' in seen) == (
        True,
        True,
        False,
    )
    photo = SimpleUploadedFile("crack.png", b"\x89PNG\r\n\x1a\n....", content_type="text/html")
    step = client.post("/forms/contact", posted(page, form, **WORDS, part="frame", photo=photo))
    body = step.content.decode()
    assert (
        step.status_code,
        "One more step" in body,
        "My frame is cracked" in body,
        "Do not send crack.png" in body,
    ) == (200, True, True, True)
    sent = client.post("/forms/contact", posted(body, form, **WORDS, part="frame", frame_number="W1"))
    assert sent.status_code == 303
    thanks = client.get(sent["Location"]).content.decode()
    number = db.value("SELECT max(number) FROM conversations_conversation")
    assert [words in thanks for words in (f"Your number is {number}", "carol@example.com", "Ride safely.")] == [
        True
    ] * 3


def test_what_is_wrong_is_said_beside_the_field(client: Client, form: FormRow, later: None) -> None:
    page = client.get("/forms/contact").content.decode()
    hostile = {"mail": '"><script>alert(1)</script>', "name": "{{ 7*7 }}", "part": "<b>", "message": ""}
    answer = client.post("/forms/contact", posted(page, form, **hostile))
    body = answer.content.decode()
    assert (answer.status_code, "<script>alert" in body, "{{ 7*7 }}" in body, body.count('aria-invalid="true"')) == (
        422,
        False,
        True,
        3,
    )
    assert ("This is no mail address." in body, "Please fill this in." in body) == (True, True)


def test_only_named_sites_may_show_it_in_a_frame(client: Client, form: FormRow) -> None:
    def framed(address: str) -> str:
        policy = client.get(address).headers["Content-Security-Policy"]
        return policy.partition("frame-ancestors ")[2].partition(";")[0]

    embedded = f"/forms/{form.address}/embed"
    assert [framed(one) for one in ("/forms/contact", embedded, f"/forms/{form.address}/preview")] == [
        "'none'",
        "https://shop.example",
        "'self'",
    ]
    assert client.get("/forms/contact/preview").status_code == 404


def test_a_frame_of_another_site_brings_no_cookie_and_works(form: FormRow, later: None) -> None:
    client = Client(enforce_csrf_checks=True)
    embedded = f"/forms/{form.address}/embed"
    page = client.get(embedded).content.decode()
    client.cookies.clear()
    sent = client.post(embedded, posted(page, form, **WORDS), headers={"Origin": "https://shop.example"})
    assert (sent.status_code, sent["Location"].startswith("/forms/contact/embed/sent/")) == (303, True)
    assert (
        client.get(sent["Location"]).headers["Content-Security-Policy"].endswith("frame-ancestors https://shop.example")
    )


def test_what_is_not_there_is_told_alike(client: Client, form: FormRow, world: World) -> None:
    db.execute("UPDATE forms_form SET is_open = false")
    for address in (
        "/forms/contact",
        "/forms/nothing",
        f"/forms/contact/sent/{'a' * 32}",
        "/forms/contact/sent/x",
        f"/forms/{'a' * 32}/embed",
    ):
        assert client.get(address).status_code == 404
    assert client.post("/forms/contact", {"mail": "x"}).status_code == 404


def test_a_page_speaks_the_language_that_is_asked_for(client: Client, form: FormRow) -> None:
    page = client.get("/forms/contact?lang=de").content.decode()
    assert ('lang="de"' in page, "Was ist passiert?" in page, "Frame number" in page, "Kontakt" in page) == (
        True,
        True,
        True,
        True,
    )
    assert 'lang="en"' in client.get("/forms/contact?lang=xx", headers={"Accept-Language": "ar"}).content.decode()


def test_odd_bodies_end_in_a_page(client: Client, form: FormRow) -> None:
    for body, kind in (
        (b"", "text/plain"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    ):
        assert client.post("/forms/contact", body, content_type=kind).status_code in (200, 422, 400)
    many = client.post(
        "/forms/contact",
        {
            "mail": ["\0" * 9, "carol@example.com"],
            "message": "x" * 10_001,
            "shown": ["message", "mail"],
            "drop": ["x", "9" * 30],
        },
    )
    assert many.status_code == 422


def test_a_page_costs_little(client: Client, form: FormRow, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/forms/contact")
    asked: list[int] = []
    cursor = db._cursor
    monkeypatch.setattr(db, "_cursor", lambda: asked.append(1) or cursor())
    client.get("/forms/contact")
    monkeypatch.undo()
    begun = time.process_time()
    for _ in range(20):
        client.get("/forms/contact")
    each = (time.process_time() - begun) / 20
    assert len(asked) == 2
    print(f"{each * 1000:.1f} ms of CPU a page")
    assert each < 0.025
