"""The demo's company is alive at any date, true in its counts, and made once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.reports.rules.measures import FLOW, MEASURES
from careline.entrypoints.console import demo
from careline.entrypoints.console.demo import plan
from careline.entrypoints.console.demo.story import steps_of, worded
from careline.kit import clock, db
from tests.domain.reports.histories import catch_up, reconciled

pytestmark = pytest.mark.django_db
AT_NIGHT_ON_A_LEAP_DAY = datetime(2028, 2, 29, 3, 7, tzinfo=UTC)


@pytest.fixture(params=[2, pytest.param(99, marks=pytest.mark.full)])
def company(settings, monkeypatch: pytest.MonkeyPatch, request) -> datetime:
    """The seeded company, with each story told no more than so often."""
    monkeypatch.setattr(plan, "STORIES", [replace(s, times=min(s.times, request.param)) for s in plan.STORIES])
    settings.DEMO = True
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    monkeypatch.setattr(clock, "now", lambda: AT_NIGHT_ON_A_LEAP_DAY)
    demo.seed()
    return AT_NIGHT_ON_A_LEAP_DAY


def test_the_company_is_alive_at_any_date(company: datetime) -> None:
    one = db.row(
        """SELECT count(*) AS cases, count(*) FILTER (WHERE category = 'open' AND assignee_id IS NULL) AS unassigned,
               count(*) FILTER (WHERE category = 'waiting') AS waiting, count(*) FILTER (WHERE category = 'resolved') AS resolved,
               count(*) FILTER (WHERE next_due_at < %(now)s) AS late, count(*) FILTER (WHERE snoozed_until > %(now)s) AS snoozed,
               count(*) FILTER (WHERE next_due_at BETWEEN %(now)s AND %(now)s + interval '2 h') AS soon,
               count(*) FILTER (WHERE is_spam) AS spam, count(DISTINCT language) AS languages, min(created_at) AS first,
               max(updated_at) AS last FROM conversations_conversation""",
        {"now": company},
    )
    assert 250 <= one.cases <= 350 or len(plan.STORIES) * 2 < one.cases <= 121
    assert min(one.unassigned, one.late, one.soon) >= 5
    assert one.resolved > one.cases / 3
    assert (one.snoozed, one.spam, one.languages) == (4, 4, 7)
    assert company - timedelta(days=62) < one.first < company - timedelta(days=45)
    assert one.last <= company
    counted_wrong = db.value(
        """SELECT count(*) FROM conversations_conversation c WHERE message_count <>
           (SELECT count(*) FROM conversations_message m WHERE m.conversation_id = c.id AND m.kind <> 'event')"""
    )
    assert counted_wrong == 0
    assert "{" not in "".join(row.text for row in db.rows("SELECT text FROM conversations_message"))

    happened = {row.name: row.n for row in db.rows("SELECT name, count(*) AS n FROM history GROUP BY name")}
    assert {name: happened[name] for name in ("message.bounced", "message.failed", "inbound.unplaced")} == {
        "message.bounced": 1, "message.failed": 1, "inbound.unplaced": 4,
    }  # fmt: skip
    words = {
        row.words
        for row in db.rows("SELECT DISTINCT server_words AS words FROM conversations_delivery WHERE state = 'sent'")
    }
    assert words == {"Kept in the outbox: this demo sends nothing."}
    hints = db.value("SELECT count(*) FROM conversations_conversation WHERE hint IS NOT NULL")
    suggested = db.rows("SELECT value FROM conversations_participant WHERE state = 'suggested'")
    assert (hints, [row.value for row in suggested]) == (1, ["p.jensen@example.net"])

    catch_up()
    assert reconciled() == {FLOW, *MEASURES} - {
        "nps",
        "ease",
        "survey_answered",
        "resolution_kept",
    }  # one scale, and what was asked is brought in
    topics = db.row(
        "SELECT count(*) FILTER (WHERE topic_id IS NULL) AS without, count(*) AS cases FROM case_fact WHERE replies > 0"
    )
    assert topics.without < topics.cases / 4

    cases = one.cases
    demo.seed()
    assert db.value("SELECT count(*) FROM conversations_conversation") == cases


def test_every_story_can_be_told_in_all_its_wordings() -> None:
    class First:
        def choice(self, words: list[str]) -> str:
            return words[0]

    class Last:
        def choice(self, words: list[str]) -> str:
            return words[-1]

    slots = dict.fromkeys(("first", "name", "order", "bike", "part", "town", "amount", "day", "few", "many"), "x")
    for story in plan.STORIES:
        steps = steps_of(story)
        assert steps[0].speaker == "customer", story.subject
        for text in (story.subject, *(step.text for step in steps)):
            for chance in (First(), Last()):
                told = worded(text, slots=slots, chance=chance)  # type: ignore[arg-type]
                assert not set("{|}") & set(told), told
                assert told
