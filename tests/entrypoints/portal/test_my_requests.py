"""Customers get in to their requests, and act there: as a browser without scripts does it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from careline.domain.conversations.commands import removing
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.customers.commands import entering
from careline.domain.customers.commands.portal import set_rules
from careline.domain.customers.queries.people import addresses_of
from careline.domain.customers.rules.portal import PortalRules
from careline.domain.history.actor import SYSTEM, agent
from careline.flows import take_in
from careline.flows.erase_customer import erase_customer
from careline.flows.replay import replay
from careline.flows.send_entry_link import send_entry_link
from careline.kit import clock, db
from tests.sinks import SmtpSink
from tests.world import NOON, World, make_world, writes_in

CAROL = "carol@example.com"
LINK = re.compile(r"/my/link/([\w-]{32})")
PASSWORD = "a bicycle made for two"


class Moment:
    """The clock of these tests."""

    now = NOON


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Moment:
    moment = Moment()
    monkeypatch.setattr(clock, "now", lambda: moment.now)
    return moment


@pytest.fixture
def world(db: Any, at: Moment) -> World:
    return make_world()


def test_a_link_by_mail_lets_in_once(world: World, at: Moment, settings: Any) -> None:
    browser = Client()
    with SmtpSink() as sink:
        settings.SMTP_URL = f"smtp://{sink.host}:{sink.port}?tls=none"
        asked = browser.post("/my/sign-in", {"email": " Carol@Example.com ", "next": f"/my/requests/{world.case}"})
        assert (send_entry_link(at=NOON), send_entry_link(at=NOON)) == (True, False)
        mail = sink.received[0]
    assert (asked.status_code, mail.recipients) == (200, [CAROL])
    token = LINK.search(mail.raw.decode())[1]  # type: ignore[index]
    assert [browser.get(f"/my/link/{token}").status_code for _ in range(3)] == [200, 200, 200]
    used = browser.post(f"/my/link/{token}")
    assert (used.status_code, used["Location"]) == (302, f"/my/requests/{world.case}")
    assert "I ordered it a week ago." in browser.get(used["Location"]).content.decode()
    assert [(a.value, a.verified_how) for a in addresses_of(world.carol)] == [(CAROL, "link")]
    assert Client().post(f"/my/link/{token}", {"anyway": "yes"}).status_code == 410


def test_an_address_that_nobody_has_is_answered_alike_and_forgotten(world: World) -> None:
    pages = [
        Client().post("/my/sign-in", {"email": address}).content.decode() for address in (CAROL, "nobody@example.org")
    ]
    assert pages[0].replace(CAROL, "…") == pages[1].replace("nobody@example.org", "…")
    send_all()
    assert [row.value for row in links()] == [CAROL]


def test_somebody_in_cc_whom_we_have_not_on_file_gets_a_link_too(world: World) -> None:
    from tests.flows.test_requests_seen import answered

    answered(world, "For the two of you.", to=(CAROL,), cc=("dan@example.org",))
    browser = signed_in("dan@example.org")
    assert "For the two of you." in browser.get(f"/my/requests/{world.case}").content.decode()
    assert "I ordered it" not in browser.get(f"/my/requests/{world.case}").content.decode()


def test_a_link_runs_out_and_at_most_three_go_to_one_address(world: World, at: Moment) -> None:
    for _ in range(5):
        Client().post("/my/sign-in", {"email": CAROL})
    send_all()
    assert len(links()) == 3
    token = entering.make_words(links()[0])
    at.now = NOON + timedelta(minutes=15)
    assert Client().get(f"/my/link/{token}").status_code == 410


def test_who_asks_too_often_waits(world: World) -> None:
    found = [Client().post("/my/sign-in", {"email": f"n{n}@example.org"}).status_code for n in range(11)]
    assert found == [200] * 10 + [429]


def test_in_another_browser_a_link_is_gone_on_with_only_on_purpose(world: World) -> None:
    token = link_for(CAROL, browser=Client())
    other = Client()
    page = other.get(f"/my/link/{token}").content.decode()
    assert ("another browser" in page, "c•••@example.com" in page) == (True, True)
    assert other.post(f"/my/link/{token}").status_code == 200
    assert other.post(f"/my/link/{token}", {"anyway": "yes"})["Location"] == "/my/requests"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example/my/requests",
        "/my/requests/../../inbox",
        "/my/requests\n",
        "javascript:1",
    ],
)
def test_nothing_leads_out_of_the_house(world: World, wanted: str) -> None:
    browser = Client()
    token = link_for(CAROL, browser=browser, wanted=wanted)
    assert browser.post(f"/my/link/{token}")["Location"] == "/my/requests"


def test_a_session_laid_there_before_is_not_taken_over(world: World) -> None:
    browser = Client()
    browser.cookies["careline_my"] = "laid-there-by-somebody-else"
    token = link_for(CAROL, browser=browser)
    assert browser.post(f"/my/link/{token}").cookies["careline_my"].value != "laid-there-by-somebody-else"
    stale = Client()
    stale.cookies["careline_my"] = "laid-there-by-somebody-else"
    assert stale.get("/my/requests")["Location"] == "/my/sign-in"
    assert stale.get(f"/my/requests/{world.case}")["Location"] == f"/my/sign-in?next=%2Fmy%2Frequests%2F{world.case}"


def test_a_form_of_another_site_does_nothing(world: World) -> None:
    browser = signed_in(CAROL, Client(enforce_csrf_checks=True))
    assert browser.post(f"/my/requests/{world.case}/solution").status_code == 403
    assert conversation_by_number(world.case).category == "open"  # type: ignore[union-attr]


def test_a_password_is_set_after_a_link_and_signs_every_other_browser_out(world: World, at: Moment) -> None:
    here, there = signed_in(CAROL), signed_in(CAROL)
    assert here.post("/my/account/password", {"password": "short"}).status_code == 422
    assert here.post("/my/account/password", {"password": PASSWORD}).status_code == 302
    assert (here.get("/my/requests").status_code, there.get("/my/requests").status_code) == (200, 302)
    browser = Client()
    wrong = [browser.post("/my/password", {"email": email, "password": word}) for email, word in
             ((CAROL, "wrong"), ("nobody@example.org", PASSWORD), ("no address", PASSWORD))]  # fmt: skip
    assert [page.status_code for page in wrong] == [422] * 3
    assert browser.post("/my/password", {"email": "Carol@EXAMPLE.com", "password": PASSWORD}).status_code == 302
    assert browser.post("/my/account/password", {"password": PASSWORD + "!"}).status_code == 422
    at.now = NOON + timedelta(hours=2)
    assert here.post("/my/account/password", {"password": PASSWORD + "!"}).status_code == 422
    assert here.post("/my/sign-out-everywhere")["Location"] == "/my/sign-in"
    assert [one.get("/my/requests").status_code for one in (here, browser)] == [302, 302]


def test_ten_wrong_passwords_and_that_door_is_shut_for_a_while(world: World, at: Moment) -> None:
    tries = [Client().post("/my/password", {"email": CAROL, "password": "x"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
    at.now = NOON + timedelta(minutes=16)
    assert Client().post("/my/password", {"email": CAROL, "password": "x"}).status_code == 422


def test_an_address_that_is_spelt_otherwise_is_no_other_account(world: World, at: Moment) -> None:
    def tries(address: str, n: int) -> int:
        sent = {"email": address, "password": "x"}
        return Client().post("/my/password", sent, REMOTE_ADDR=f"192.0.2.{n}").status_code

    spelt = [f"carol@{name}.com" for name in ("example", "ＥXAMPLE", "exampｌe", "ｅxample", "examplｅ")] * 2
    assert [tries(address, n) for n, address in enumerate([*spelt, CAROL])] == [422] * 10 + [429]


def test_what_a_customer_writes_stands_in_the_case_once_with_its_files(world: World) -> None:
    browser = signed_in(CAROL)
    browser.post(f"/my/requests/{world.case}/solution")
    form = {
        "text": "-- \nOn Monday, still > nothing",
        "token": "one",
        "files": SimpleUploadedFile("a.txt", b"hello", "text/html"),
    }
    first = browser.post(f"/my/requests/{world.case}/messages", form)
    assert first["Location"] == f"/my/requests/{world.case}?told=sent"
    again = browser.post(
        f"/my/requests/{world.case}/messages", {"text": "-- \nOn Monday, still > nothing", "token": "one"}
    )
    assert again["Location"] == first["Location"]
    case = conversation_by_number(world.case)
    assert case is not None
    said = messages_of(case.id)
    assert [(m.kind, m.visible_text or m.text, m.authenticity["verified"], m.data.get("stranger")) for m in said][
        1:
    ] == [("incoming", "-- \nOn Monday, still > nothing", True, None)]
    assert (case.category, [f["name"] for f in said[1].attachments]) == ("open", ["a.txt"])
    file = browser.get(f"/my/files/{said[1].attachments[0]['id']}")
    assert (file.content, file["Content-Type"], file["Content-Disposition"][:10]) == (
        b"hello",
        "application/octet-stream",
        "attachment",
    )
    assert signed_in("dan@example.org", known=True).get(f"/my/files/{said[1].attachments[0]['id']}").status_code == 404


@pytest.mark.parametrize(("text", "name"), [("", ""), ("  ", ""), ("run it", "a.exe"), ("x" * 100_001, "")])
def test_what_cannot_be_sent_is_said_and_not_lost(world: World, text: str, name: str) -> None:
    browser = signed_in(CAROL)
    form: dict[str, Any] = {"text": text} | ({"files": SimpleUploadedFile(name, b"MZ")} if name else {})
    page = browser.post(f"/my/requests/{world.case}/messages", form)
    assert (page.status_code, text.strip() in page.content.decode()) == (422, True)


def test_a_late_message_begins_anew_where_the_team_says_so(world: World) -> None:
    db.execute("UPDATE staff_team SET reopen_policy = 'new'")
    browser = signed_in(CAROL)
    browser.post(f"/my/requests/{world.case}/solution")
    assert browser.post(f"/my/requests/{world.case}/reopening").status_code == 422
    told = browser.post(f"/my/requests/{world.case}/messages", {"text": "Once more", "token": "two"})["Location"]
    assert told == f"/my/requests/{world.case + 1}?told=sent"
    assert conversation_by_number(world.case + 1).channel_id == world.mailbox.id  # type: ignore[union-attr]


def test_a_customer_closes_rates_and_opens_again(world: World, at: Moment) -> None:
    browser = signed_in(CAROL)
    one = f"/my/requests/{world.case}"
    assert browser.post(f"{one}/rating", {"score": "5"}).status_code == 422
    assert browser.post(f"{one}/solution")["Location"] == f"{one}?told=closed"
    assert browser.post(f"{one}/rating", {"score": "9"}).status_code == 422
    assert browser.post(f"{one}/rating", {"score": "2", "comment": "Slow"}).status_code == 302
    at.now = NOON + timedelta(hours=23)
    assert browser.post(f"{one}/rating", {"score": "4"}).status_code == 302
    at.now = NOON + timedelta(hours=25)
    assert browser.post(f"{one}/rating", {"score": "1"}).status_code == 422
    assert db.rows("SELECT name, data->>'score' AS score FROM history WHERE name = 'request.rated' ORDER BY id") == [
        ("request.rated", "2"), ("request.rated", "4"),
    ]  # fmt: skip
    assert browser.post(f"{one}/reopening")["Location"] == f"{one}?told=open"
    assert conversation_by_number(world.case).category == "open"  # type: ignore[union-attr]
    browser.post(f"{one}/solution")
    assert browser.post(f"{one}/rating", {"score": "5"}).status_code == 302
    assert db.value("SELECT count(*) FROM customers_rating") == 2


def test_what_is_left_to_do_on_our_side_keeps_it_open(world: World) -> None:
    db.execute("UPDATE conversations_conversation SET open_duties = 1")
    assert signed_in(CAROL).post(f"/my/requests/{world.case}/solution")["Location"].endswith("told=noted")
    assert db.value("SELECT count(*) FROM history WHERE name = 'request.said_solved'") == 1
    assert conversation_by_number(world.case).category == "open"  # type: ignore[union-attr]


def test_a_brand_says_who_may_sign_in_and_takes_it_back_at_once(world: World) -> None:
    browser = signed_in(CAROL)
    set_rules(world.mailbox.brand_id, rules=PortalRules(who="company"), by=SYSTEM, at=NOON)
    assert browser.get("/my/requests")["Location"] == "/my/sign-in"
    set_rules(world.mailbox.brand_id, rules=PortalRules(who="nobody"), by=SYSTEM, at=NOON)
    assert Client().post("/my/sign-in", {"email": CAROL}).status_code == 403
    set_rules(world.mailbox.brand_id, rules=PortalRules(), by=SYSTEM, at=NOON)
    assert browser.get("/my/requests").status_code == 200


def test_the_list_costs_the_same_for_one_and_for_three(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, asked, cursor = signed_in(CAROL), [0], db._cursor
    monkeypatch.setattr(db, "_cursor", lambda: asked.__setitem__(0, asked[0] + 1) or cursor())
    found = []
    for _ in range(2):
        asked[0] = 0
        shown = browser.get("/my/requests").content.decode().count('<span class="chip')
        found.append((shown, asked[0]))
        for n in range(2):
            writes_in(f"More {n}", text="<b>Hello</b>", mailbox=world.mailbox, at=NOON + timedelta(minutes=n + 1))
    assert found == [(1, LIST_STATEMENTS), (3, LIST_STATEMENTS)]


def test_guessed_numbers_and_nonsense_are_not_there(world: World) -> None:
    browser = signed_in("mallory@example.org", known=True)
    found = [
        browser.get(f"/my/{place}")
        for place in (f"requests/{world.case}", "requests/424242", f"requests/{10**30}", "files/1")
    ]
    assert [page.status_code for page in found] == [404] * 4
    assert (
        len(
            {
                page.content.replace(str(number).encode(), b"")
                for page, number in zip(found, (world.case, 424242), strict=False)
            }
        )
        == 1
    )
    assert [
        browser.get("/my/requests", {"after": mark, "state": "'", "q": "\0%"}).status_code
        for mark in ("x", "2026~1", "9" * 40)
    ] == [200] * 3


def test_who_was_erased_is_out_and_unknown(world: World) -> None:
    browser = signed_in(CAROL)
    browser.post("/my/account/password", {"password": PASSWORD})
    erase_customer(world.person(world.ada), world.carol, mode="erase", reason="", by=agent(world.ada.pk), at=NOON)
    assert browser.get("/my/requests")["Location"] == "/my/sign-in"
    left = [db.value(f"SELECT count(*) FROM customers_{name}") for name in ("session", "login", "entrylink")]
    assert left == [0, 0, 0]
    assert Client().post("/my/password", {"email": CAROL, "password": PASSWORD}).status_code == 422


def test_what_was_said_of_a_solution_goes_with_its_case(world: World) -> None:
    browser, one = signed_in(CAROL), f"/my/requests/{world.case}"
    browser.post(f"{one}/solution")
    browser.post(f"{one}/rating", {"score": "2", "comment": "Slow"})
    case = conversation_by_number(world.case)
    with transaction.atomic():
        removing.empty_cases([case.id], why={}, by=SYSTEM, at=NOON)  # type: ignore[union-attr]
    assert db.rows("SELECT score, comment FROM customers_rating") == [(2, "")]


def test_what_could_not_be_placed_is_read_the_same_way_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, place = signed_in(CAROL), take_in._placed
    monkeypatch.setattr(take_in, "_placed", lambda *a, **k: 1 / 0)
    browser.post(f"/my/requests/{world.case}/messages", {"text": "Is it lost?", "token": "one"})
    monkeypatch.setattr(take_in, "_placed", place)
    row = db.row("SELECT id, door, status FROM channels_inbound")
    assert row is not None and (row.door, row.status) == ("portal", "unprocessed")
    replay(world.person(world.ada), row.id, by=agent(world.ada.pk), at=NOON)
    case = conversation_by_number(world.case)
    assert [m.text for m in messages_of(case.id)][1:] == ["Is it lost?"]  # type: ignore[union-attr]


LIST_STATEMENTS = 7


def signed_in(address: str, browser: Client | None = None, *, known: bool = False) -> Client:
    if known:
        from careline.domain.customers import commands as customers

        customers.known_by("email", address, name="", by=SYSTEM, at=NOON)
    browser = browser or Client()
    entered = entering.use_link(link_for(address), rules=PortalRules(), at=clock.now())
    assert entered is not None
    browser.cookies["careline_my"] = entering.begin_session(entered, how="link", device="", at=clock.now())
    return browser


def link_for(address: str, *, browser: Client | None = None, wanted: str = "") -> str:
    if browser is not None:
        browser.post("/my/sign-in", {"email": address, "next": wanted})
    else:
        brand = db.value("SELECT id FROM company_brand LIMIT 1")
        entering.ask_link(address, brand=brand, language="en", wanted=wanted, browser="x", at=clock.now())
    return entering.make_words(links()[-1])


def links() -> list[Any]:
    return db.rows("SELECT * FROM customers_entrylink ORDER BY id")


def send_all() -> None:
    while send_entry_link(at=NOON):
        pass
