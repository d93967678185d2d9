"""The report on common issues in words, and as a letter: once a period, to people of the house, in their language and on their morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.utils import translation

from careline.domain.channels.email.sending import Outcome, SendResult
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import agent
from careline.domain.reports.commands import sendings as sent
from careline.domain.reports.commands.facts import count_marked, go_on_recounting
from careline.domain.reports.queries.sendings import earliest_sent
from careline.domain.staff.rules import Allowed, Forbidden
from careline.flows import send_report
from careline.flows.send_report import SendingForm, keep_sending, send_due_report, write_due_letters
from careline.flows.write_report import Report, Section, pdf_of_report, write_report
from careline.kit import db
from tests.world import World, make_world, writes_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)
DUE = MONDAY.replace(hour=0) + 2 * WEEK


@pytest.fixture
def desk() -> World:
    """In the week before the last one Carol wrote about brakes once and about delivery twice; in the last one twelve times and twice."""
    world = make_world()
    topics = {name: _topic(name) for name in ("Brakes", "Delivery")}
    weeks = [(0, "Brakes", 1), (0, "Delivery", 2), (1, "Brakes", 12), (1, "Delivery", 2)]
    for week, name, times in weeks:
        for n in range(times):
            at = MONDAY + week * WEEK + timedelta(hours=n)
            number = writes_in(f"{name} {n}", text="Hello.", mailbox=world.mailbox, at=at).number
            db.execute("UPDATE conversations_conversation SET topic_id = %s WHERE number = %s", [topics[name], number])
    db.execute("UPDATE conversations_conversation SET team_id = %s WHERE subject = 'Delivery 1'", [world.back.pk])
    catch_up()
    return world


def test_what_rose_more_than_chance_is_said_with_its_counts_and_cases(desk: World) -> None:
    said = words_of(written(desk))
    assert said["The whole"] == [
        "15 cases were opened from Nov. 16, 2026 to Nov. 22, 2026. 3 in the period before: the rise is more than chance."
    ]
    # Carol's first mail, of Friday, is about nothing in particular.
    assert said["Why people wrote"][1:] == [
        "1 case bears no topic: the more bear one, the more can be said here.",
        "Brakes: 12 cases, 80 % of all. 1 in the period before: the rise is more than chance.",
        "Delivery: 2 cases, 13 % of all. 2 in the period before: too few to speak of a change.",
    ]
    assert said["What changed"] == [
        "These topics rose or fell by more than chance, as many as are looked at here.",
        "A topic that stands out has far more cases on a day than the week before it explains.",
        "Brakes rose from 1 to 12.",
        "Brakes stood out on Nov. 16, 2026: 12 cases, 0.1 a day before.",
    ]
    assert "How we answered" not in said  # nobody has answered anything
    assert said["Articles to write"] == ["No article is missing that people looked for."]
    examples = why(written(desk)).items[0].examples
    assert [one.subject for one in examples] == ["Brakes 11", "Brakes 10", "Brakes 9"]


def test_a_report_speaks_of_the_cases_that_its_reader_sees(desk: World) -> None:
    cleo = replace(desk.person(desk.cleo), grants=desk.person(desk.cleo).grants | {"report:read": (Allowed("team"),)})
    found = write_report(cleo, every="week", on=date(2026, 11, 18)).issues
    assert (found.total.now, found.total.before) == (1, 1)
    with pytest.raises(Forbidden):
        write_report(desk.person(desk.ben), every="week", on=date(2026, 11, 18))


def test_no_restricted_case_is_named_in_a_mail(desk: World) -> None:
    db.execute(
        "UPDATE conversations_conversation SET restricted_to = ARRAY[%s] WHERE subject = 'Brakes 11'", [desk.ada.pk]
    )
    catch_up()
    on_screen, in_mail = (
        written(desk),
        write_report(desk.person(desk.ada), every="week", on=date(2026, 11, 18), for_mail=True),
    )
    assert next(one.subject for one in why(on_screen).items[0].examples) == "Brakes 11"
    assert next(one.subject for one in why(in_mail).items[0].examples) == "Brakes 10"
    assert in_mail.issues.total == on_screen.issues.total


def test_a_period_without_cases_says_so(desk: World) -> None:
    said = words_of(write_report(desk.person(desk.ada), every="month", on=date(2025, 2, 1)))
    assert said["Why people wrote"] == ["Nobody wrote in this period."]
    assert said["What changed"] == ["No topic rose or fell by more than chance would have it."]


def test_topics_that_are_solved_without_an_article_are_proposed_and_cases_without_a_topic_are_not(desk: World) -> None:
    db.execute("UPDATE conversations_conversation SET category = 'resolved', resolved_at = %s", [MONDAY + WEEK])
    for n in range(3):
        number = writes_in(f"Hm {n}", text="Hello.", mailbox=desk.mailbox, at=MONDAY + WEEK).number
        db.execute(
            "UPDATE conversations_conversation SET category = 'resolved', resolved_at = %s WHERE number = %s",
            [MONDAY + WEEK, number],
        )
    assert words_of(written(desk))["Articles to write"][1:] == [
        "Brakes: 13 cases were resolved without an article.",
        "Delivery: 4 cases were resolved without an article.",
    ]


def test_what_is_looked_for_in_vain_and_known_issues_are_proposed(desk: World) -> None:
    for n in range(3):
        db.execute(
            """INSERT INTO knowledge_search (brand_id, at, visitor, words, key, language, place, results, cover, opened, outcome)
               VALUES ((SELECT min(id) FROM company_brand), %s, 'v', 'squeaking brakes', 'brake squeak', 'en', 'help', 0, 0, '{}', '')""",
            [MONDAY + WEEK + timedelta(hours=n)],
        )
    problem = db.value(
        "INSERT INTO conversations_problem (title, detail, words, created_at) VALUES ('Bad pads', '', '{}', %s) RETURNING id",
        [MONDAY],
    )
    db.execute("UPDATE conversations_conversation SET problem_id = %s WHERE subject LIKE 'Brakes%%'", [problem])
    said = words_of(written(desk))
    assert said["Articles to write"][1:] == [
        "“squeaking brakes” was looked for 3 times in vain: an article would answer it."
    ]
    assert said["What to mend in the product"][1:] == ["Bad pads: 12 cases, 1 before. It is still open."]


def test_it_is_a_document_too(desk: World) -> None:
    assert pdf_of_report(written(desk), at=MONDAY)[:5] == b"%PDF-"


def test_each_reader_gets_one_letter_a_period_on_their_own_morning(desk: World, mails: list[Any]) -> None:
    db.execute("UPDATE staff_agent SET language = 'de', time_zone = 'America/New_York' WHERE id = %s", [desk.ben.pk])
    db.execute(
        "UPDATE staff_agent SET role_id = (SELECT id FROM staff_role WHERE code = 'team_lead') WHERE id = %s",
        [desk.ben.pk],
    )
    keep(desk, desk.ada.pk, desk.ben.pk)
    assert (earliest_sent(), write_due_letters(at=DUE - timedelta(minutes=1))) == (DUE, False)
    assert (write_due_letters(at=DUE), write_due_letters(at=DUE)) == (True, False)
    assert send_all(DUE + timedelta(hours=8)) == 1
    assert send_all(DUE + timedelta(hours=12, minutes=59)) == 0
    with translation.override("en"):
        assert send_all(DUE + timedelta(hours=13)) == 1
    first, other = mails
    assert (first["To"], first["Subject"]) == (
        "Ada <ada@northwind.example>",
        "Common issues, Nov. 16, 2026 to Nov. 22, 2026",
    )
    assert other["To"] == "Ben <ben@northwind.example>"
    assert "16. November 2026" in other["Subject"]
    parts = [part.get_content_type() for part in first.walk()]
    assert (parts[-1], "text/plain" in parts) == ("application/pdf", True)
    text = first.get_body(("plain",)).get_content()
    assert "Brakes: 12 cases" in text
    assert "/written-report?every=week&on=2026-11-16" in text
    assert send_all(DUE + timedelta(days=3)) == 0


def test_a_worker_that_dies_while_it_writes_makes_the_letter_again(
    desk: World, mails: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(desk, desk.ada.pk)
    write_due_letters(at=DUE)
    at = DUE + timedelta(hours=8)
    with monkeypatch.context() as killed:
        killed.setattr(send_report, "write_report", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send_due_report(at=at)
    assert (send_all(at), len(mails)) == (0, 0)
    sent.release_letters(at=at)
    assert (send_all(at), len(mails)) == (1, 1)


def test_a_worker_that_dies_while_a_letter_leaves_sends_no_second_one(
    desk: World, mails: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(desk, desk.ada.pk)
    write_due_letters(at=DUE)
    at = DUE + timedelta(hours=8)
    with monkeypatch.context() as killed:
        killed.setattr(sent, "note_sent", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send_due_report(at=at)
    sent.release_letters(at=at + timedelta(minutes=1))
    assert (send_all(at + timedelta(days=1)), len(mails)) == (0, 1)
    assert db.value("SELECT state FROM reports_reportletter") == "uncertain"


def test_of_weeks_that_were_missed_the_last_one_is_sent(desk: World) -> None:
    keep(desk, desk.ada.pk)
    assert (write_due_letters(at=DUE + 3 * WEEK + timedelta(days=1)), earliest_letter()) == (True, date(2026, 12, 7))
    assert db.value("SELECT count(*) FROM reports_reportletter") == 1
    assert db.value("SELECT due_at FROM reports_sending") == DUE + 4 * WEEK


def test_a_mail_server_that_is_away_is_tried_again_and_given_up_after_five_times(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    route(monkeypatch, Outcome.LATER, [])
    keep(desk, desk.ada.pk)
    write_due_letters(at=DUE)
    tries = sum(send_due_report(at=DUE + timedelta(hours=8, minutes=31 * n)) for n in range(9))
    assert (tries, db.value("SELECT state || ': ' || words FROM reports_reportletter")) == (5, "failed: try later")


def test_only_people_of_the_house_are_written_to(desk: World) -> None:
    db.execute("UPDATE staff_agent SET is_active = false WHERE id = %s", [desk.cleo.pk])
    for people in ((), (desk.cleo.pk,), (999_999,)):
        with pytest.raises(Refused):
            keep(desk, *people)
    with pytest.raises(Forbidden):
        keep_sending(
            desk.person(desk.ben), SendingForm("Leads", "week", (desk.ben.pk,)), by=agent(desk.ben.pk), at=MONDAY
        )
    assert db.value("SELECT count(*) FROM reports_sending") == 0


def test_whoever_may_not_read_reports_any_more_gets_none(desk: World, mails: list[Any]) -> None:
    keep(desk, desk.ben.pk)
    write_due_letters(at=DUE)
    assert (send_all(DUE + timedelta(hours=8)), mails) == (1, [])
    assert db.value("SELECT state FROM reports_reportletter") == "failed"


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the mail server took."""
    taken: list[Any] = []
    route(monkeypatch, Outcome.SENT, taken)
    return taken


def route(monkeypatch: pytest.MonkeyPatch, outcome: Outcome, taken: list[Any]) -> None:
    class Way:
        def send(self, mail: Any, *, mail_from: str, recipients: list[str]) -> SendResult:
            content = mail if isinstance(mail, bytes) else bytes(mail)
            taken.append(message_from_bytes(content, policy=policy.default))
            return SendResult.for_all(recipients, outcome, "try later")

    monkeypatch.setattr(send_report, "held", lambda _route: Way())
    monkeypatch.setattr(send_report, "pdf_of_report", lambda _report, *, at: b"%PDF-")
    monkeypatch.setattr(send_report, "_by_default", object)


def keep(desk: World, *people: int) -> int:
    ada = desk.person(desk.ada)
    return keep_sending(ada, SendingForm("Leads", "week", people), by=agent(ada.id), at=MONDAY + WEEK)


def send_all(at: datetime) -> int:
    count = 0
    while send_due_report(at=at):
        count += 1
    return count


def earliest_letter() -> date:
    found: date = db.value("SELECT min(begins_on) FROM reports_reportletter")
    return found


def written(desk: World) -> Report:
    return write_report(desk.person(desk.ada), every="week", on=date(2026, 11, 18))


def why(report: Report) -> Section:
    return next(one for one in report.sections if one.heading == "Why people wrote")


def words_of(report: Report) -> dict[str, list[str]]:
    return {one.heading: [*one.paragraphs, *(item.text for item in one.items)] for one in report.sections}


def _topic(name: str) -> int:
    made: int = db.value(
        "INSERT INTO conversations_topic (name, position) VALUES (%s, 0) RETURNING id", [db.json({"en": name})]
    )
    return made


def catch_up() -> None:
    db.execute("DELETE FROM fact_state")
    while go_on_recounting(at=MONDAY) or count_marked():
        pass
