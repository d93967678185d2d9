"""The language of conditions: what it refuses, and that SQL and memory say the same of every case."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from careline.domain.calendars.rules.ages import earliest_so_far, latest_so_old, seconds_between
from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.triggers.queries.asked import CASES, asked_of
from careline.domain.triggers.queries.facts import known_of
from careline.domain.triggers.rules.conditions import BadRule, conditions_from
from careline.domain.triggers.rules.facts import own_fact
from careline.domain.triggers.rules.judging import Known, Moment, judge
from careline.kit import db as database
from tests.world import NOON, make_world, writes_in

HOURS = Hours("Europe/Berlin", tuple(Period(day, Span(540, 1020)) for day in range(5)))
OWN = {
    code: own_fact(code, kind)
    for code, kind in (
        ("field.plan", "choice"),
        ("field.seats", "number"),
        ("field.note", "text"),
        ("field.since", "date"),
        ("field.extras", "choices"),
        ("field.paid", "yes_no"),
        ("customer.field.vip", "yes_no"),
        ("customer.field.city", "text"),
    )
}
DEEP = {"all": [{"any": [{"none": [{"all": []}]}]}]}


@pytest.mark.parametrize(
    "given",
    [
        [],
        {"all": {}},
        {"both": []},
        {"all": [], "any": []},
        DEEP,
        {"all": [{"fact": "moon", "is": ["full"]}]},
        {"all": [{"fact": "priority"}]},
        {"all": [{"fact": "priority", "is": ["huge"]}]},
        {"all": [{"fact": "team", "is": ["Front"]}]},
        {"all": [{"fact": "messages", "at_least": True}]},
        {"all": [{"fact": "waiting", "over": -1}]},
        {"all": [{"fact": "waiting", "over": 1, "unit": "moons"}]},
        {"all": [{"fact": "age", "over": 10**9}]},
        {"all": [{"fact": "time_of_day", "between": ["9", "25:00"]}]},
        {"all": [{"fact": "weekday", "is": [7]}]},
        {"all": [{"fact": "by", "is": ["agent"]}]},
        {"all": [{"fact": "text", "has_any": ["x" * 201]}]},
        {"all": [{"fact": "text", "has_any": ["a" * 190]}] * 60},
        {"all": [{"fact": "is_spam", "is": "yes"}]},
        {"all": [{"fact": {}, "is": []}]},
        {"all": [None]},
        {"all": [{"fact": "status", "is": [["a"]]}]},
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(given: Any) -> None:
    with pytest.raises(BadRule):
        conditions_from(given, OWN, has_happening=False)


def test_hostile_text_costs_no_more_than_its_first_words() -> None:
    tree = conditions_from(
        {"all": [{"fact": "text", "has_any": ["a" * 100 + " b", "(a+)+$"]}]}, {}, has_happening=False
    )
    begun = time.process_time()
    assert judge(tree, Known({"text": "a" * 5_000_000}), Moment(NOON, UTC)).holds is False
    assert time.process_time() - begun < 0.1


def test_words_are_found_whole_whatever_their_accents_and_their_alphabet() -> None:
    def said(text: str, word: str) -> bool:
        tree = conditions_from({"all": [{"fact": "text", "has_any": [word]}]}, {}, has_happening=False)
        return judge(tree, Known({"text": text}), Moment(NOON, UTC)).holds

    assert [
        said(*pair)
        for pair in (
            ("My BÉLL is broken", "bell"),
            ("A bellow", "bell"),
            ("الجرسُ لا يرنّ", "الجرس"),
            ("re-\nfund!", "re fund"),
            ("Größe", "GRÖSSE"),
            ("", "bell"),
            ("bell", "…"),
        )
    ] == [True, False, True, True, False, False, False]


def test_words_that_stand_apart_are_no_phrase_though_each_is_there() -> None:
    tree = conditions_from({"all": [{"fact": "text", "has_any": ["broken bell"]}]}, {}, has_happening=False)
    said = [
        Known({"text": text}) for text in ("A broken bell", "A bell is broken", "A broken bell-push", "broken bells")
    ]
    assert [judge(tree, known, Moment(NOON, UTC)).holds for known in said] == [True, False, True, False]


def test_what_a_rule_changed_is_known_to_the_next_and_a_long_text_is_read_once() -> None:
    text = "bell " * 4000
    tree = conditions_from(
        {"all": [{"fact": "text", "has_any": ["bell"]}, {"fact": "tags", "has_any": ["refund"]}]},
        {},
        has_happening=False,
    )
    before = Known({"text": text, "tags": []})
    assert not judge(tree, before, Moment(NOON, UTC)).holds
    after = before.renewed({"text": text, "tags": ["Refund"]})
    assert after.text("text") is before.text("text")
    assert judge(tree, after, Moment(NOON, UTC)).holds
    assert not judge(tree, after.renewed({"text": "horn", "tags": ["refund"]}), Moment(NOON, UTC)).holds


def test_since_when_something_has_to_be_so_old_is_exact() -> None:
    hours, chance = schedule_of(HOURS), random.Random(5)
    for _ in range(40):
        at = NOON + timedelta(seconds=chance.randrange(10**7), microseconds=chance.randrange(10**6))
        seconds = chance.randrange(1, 200_000)
        for schedule in (None, hours):
            edge, small = latest_so_old(seconds, at, schedule), timedelta(microseconds=1)
            assert (
                seconds_between(edge, at, schedule) >= seconds,
                seconds_between(edge + small, at, schedule) >= seconds,
            ) == (True, False)
            edge = earliest_so_far(seconds, at, schedule)
            assert (
                seconds_between(at, edge, schedule) >= seconds,
                seconds_between(at, edge - small, schedule) >= seconds,
            ) == (True, False)


def test_sql_and_memory_find_the_same_cases(db: None) -> None:
    agree(seed=1, rounds=60)


@pytest.mark.full
def test_sql_and_memory_find_the_same_cases_of_many(db: None) -> None:
    agree(seed=2, rounds=1500)


def agree(*, seed: int, rounds: int) -> None:
    chance, at = random.Random(seed), NOON + timedelta(days=3, hours=2)
    cases = _cases(chance)
    moment = Moment(at, ZoneInfo("Europe/Berlin"), schedule_of(HOURS))
    known = known_of(cases, at=at)
    for _ in range(rounds):
        given = _group(chance, cases, depth=1)
        tree = conditions_from(given, OWN, has_happening=False)
        condition, params = asked_of(tree, moment)
        by_sql = {row.id for row in db_rows(condition, params)}
        assert (by_sql, given) == ({key for key in cases if judge(tree, known[key], moment).holds}, given)


def db_rows(condition: str, params: dict[str, Any]) -> list[Any]:
    return database.rows(f"SELECT c.id {CASES} WHERE {condition}", params)


WORDS = ("bell", "Größe", "broken bell", "الجرس", "ΟΔΟΣ", "re-fund", "ça va", "x_y", "100%", "İstanbul")


def _cases(chance: random.Random) -> list[int]:
    world = make_world()
    for n in range(12):
        writes_in(
            " ".join(chance.sample(WORDS, 2)),
            text=" ".join(chance.sample(WORDS, 4)),
            mailbox=world.mailbox,
            sender=f"c{n}@example.com",
            at=NOON + timedelta(hours=chance.randrange(70), seconds=chance.randrange(3600)),
        )
    database.execute("INSERT INTO conversations_tag (name) VALUES ('VIP'), ('refund')")
    database.execute('INSERT INTO conversations_topic (name, position) VALUES (\'{"en": "Bikes"}\', 1)')
    database.execute(
        'INSERT INTO conversations_topic (name, position, parent_id) SELECT \'{"en": "Brakes"}\', 2, id FROM conversations_topic'
    )
    keys = [row.id for row in database.rows("SELECT id FROM conversations_conversation ORDER BY id")]
    for key in keys:
        fields = {
            code: value
            for code, values in _VALUES.items()
            if (value := chance.choice(values)) is not None and code.startswith("field.")
        }
        database.execute(
            """UPDATE conversations_conversation c SET priority = %(priority)s, team_id = %(team)s, assignee_id = %(agent)s, fields = %(fields)s,
                   is_spam = %(spam)s, snoozed_until = %(snoozed)s, next_due_at = %(due)s, language = %(language)s,
                   tag_ids = ARRAY(SELECT id FROM conversations_tag WHERE name = ANY(%(tags)s)),
                   topic_id = (SELECT max(id) FROM conversations_topic WHERE position = %(topic)s) WHERE c.id = %(id)s""",
            {
                "id": key,
                "priority": chance.randint(1, 4),
                "team": chance.choice([None, world.front.pk]),
                "agent": chance.choice([None, world.ben.pk]),
                "fields": database.json({code.removeprefix("field."): value for code, value in fields.items()}),
                "spam": chance.random() < 0.3,
                "snoozed": chance.choice([None, NOON, NOON + timedelta(days=9)]),
                "topic": chance.randint(0, 2),
                "due": chance.choice([None, NOON + timedelta(hours=chance.randrange(120))]),
                "tags": chance.sample(["VIP", "refund"], chance.randint(0, 2)),
                "language": chance.choice(["", "en", "de"]),
            },
        )
    database.execute(
        'UPDATE customers_customer SET fields = \'{"vip": true, "city": "Köln am Rhein"}\' WHERE id %% 2 = 0', {}
    )
    return keys


_VALUES: dict[str, list[Any]] = {
    "field.plan": [None, "gold", "silver"],
    "field.seats": [None, 0, 3, 2.5],
    "field.note": [None, "A broken BELL", "ok"],
    "field.since": [None, "2026-01-01", "2026-12-31"],
    "field.extras": [None, ["lock"], ["lock", "light"]],
    "field.paid": [None, True, False],
}


def _group(chance: random.Random, cases: list[int], *, depth: int) -> dict[str, Any]:
    parts = [
        _group(chance, cases, depth=depth + 1) if depth < 3 and chance.random() < 0.3 else _leaf(chance)
        for _ in range(chance.randint(0, 3))
    ]
    return {chance.choice(["all", "any", "none"]): parts}


def _leaf(chance: random.Random) -> dict[str, Any]:
    span = {"unit": chance.choice(["minutes", "hours", "days"]), "time": chance.choice(["clock", "business"])}
    some = chance.choice(["has_any", "has_all", "has_none"])
    team = database.value("SELECT min(id)::text FROM staff_team")
    return dict(
        chance.choice(
            [
                {"fact": "priority", chance.choice(["is", "is_not"]): chance.sample(["low", "normal", "high"], 2)},
                {"fact": "category", "is": [chance.choice(["open", "waiting"])]},
                {"fact": "status", "is_not": ["open"]},
                {
                    "fact": "team",
                    chance.choice(["is", "is_not"]): chance.choice([["none"], [team], ["none", team], ["999"]]),
                },
                {"fact": "assignee", chance.choice(["is", "is_not"]): ["none"]},
                {
                    "fact": "topic",
                    chance.choice(["is", "is_not"]): [
                        database.value(
                            "SELECT id::text FROM conversations_topic WHERE position = %s", [chance.randint(1, 2)]
                        ),
                        "none",
                    ][: chance.randint(1, 2)],
                },
                {"fact": "tags", some: chance.sample(["vip", "refund", "gone"], 2)},
                {"fact": "subject", some: chance.sample(WORDS, 2)},
                {"fact": "text", some: chance.sample([*WORDS, "…"], 2)},
                {"fact": "messages", "at_least": chance.randint(0, 2)},
                {"fact": "reopenings", "at_most": 0},
                {"fact": "is_spam", "is": chance.random() < 0.5},
                {"fact": "is_snoozed", "is": chance.random() < 0.5},
                {"fact": "sla", chance.choice(["is", "is_not"]): [chance.choice(["none", "running", "late"])]},
                {"fact": "due_in", chance.choice(["over", "under"]): chance.randint(1, 90), **span},
                {
                    "fact": chance.choice(["age", "since_customer", "since_answer", "waiting", "untouched"]),
                    chance.choice(["over", "under"]): chance.randint(1, 60),
                    **span,
                },
                {"fact": "language", chance.choice(["is_set", "is_empty"]): True},
                {"fact": "language", "is_not": ["de"]},
                {"fact": "weekday", "is": [0, 1]},
                {"fact": "time_of_day", "between": ["22:00", "16:00"]},
                {"fact": "hours", "is": ["open"]},
                {"fact": "field.plan", chance.choice(["is", "is_not"]): ["gold"]},
                {"fact": "field.seats", chance.choice(["at_least", "at_most", "is"]): chance.choice([0, 2.5, 3])},
                {"fact": "field.note", some: ["bell", "broken bell"]},
                {"fact": "field.since", chance.choice(["at_least", "at_most"]): "2026-06-01"},
                {"fact": "field.extras", some: chance.sample(["lock", "light", "bag"], 2)},
                {"fact": "field.paid", "is": chance.random() < 0.5},
                {"fact": chance.choice(list(OWN)), chance.choice(["is_set", "is_empty"]): True},
                {"fact": "customer.field.vip", "is": True},
                {"fact": "customer.field.city", some: ["koln"]},
                {"fact": "company", "is": ["none"]},
            ]
        )
    )


def test_a_moment_of_the_night_and_a_weekend_are_known_by_the_calendars_clock() -> None:
    saturday = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    moment = Moment(saturday, ZoneInfo("Europe/Berlin"), schedule_of(HOURS))

    def holds(**leaf: Any) -> bool:
        return judge(conditions_from({"all": [leaf]}, {}, has_happening=False), Known({}), moment).holds

    assert (
        holds(fact="weekday", **{"is": [5]}),
        holds(fact="time_of_day", between=["22:00", "06:00"]),
        holds(fact="hours", **{"is": ["closed"]}),
    ) == (
        True,
        True,
        True,
    )
