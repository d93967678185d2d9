"""Rules: what happens by itself, what is held back, and what the log says of both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from careline.automation.rules.by_time import look
from careline.automation.rules.triggers import finish_waiting, react, read_rules, rules_for
from careline.automation.rules.trying import preview_rule, try_rule
from careline.domain.conversations.commands.fields import NewField, add_field
from careline.domain.conversations.commands.labels import tag_ids
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.queries import Happened
from careline.domain.knowledge.commands import canned
from careline.domain.staff.rules import Forbidden
from careline.domain.triggers.commands.runs import forget_runs
from careline.domain.triggers.queries.runs import runs_of_case
from careline.domain.triggers.rules.conditions import BadRule
from careline.entrypoints.worker.rules import read_on
from careline.flows.change import Change, change
from careline.flows.change_rule import WrittenRule, add_rule, change_rule, move_rule, switch_rule
from careline.flows.take_back import take_back
from careline.flows.undo import undo
from careline.kit import db
from tests.stories.desk import LATER, Desk, mail

SOON = timedelta(seconds=1)
HELD = timedelta(seconds=14)


def adds(desk: Desk, name: str, *actions: dict[str, Any], when: str = "customer_wrote", **more: Any) -> int:
    kind = {"kind": "time"} if when == "time" else {"whens": [when]}
    return add_rule(desk.ada, WrittenRule(name, actions=list(actions), **kind, **more), by=desk.by, at=LATER - SOON)


def rules_hear(desk: Desk, *, at: Any = LATER) -> None:
    """As the reader does it; but a test is one transaction, and of an open one the reader reads nothing."""
    while found := db.rows(_HISTORY, [HEARD.get(desk, 0)]):
        happened = Happened(*found[0])
        HEARD[desk] = happened.id
        if hearing := rules_for(happened, read_rules()):
            react(happened, hearing, at=at)


def reads_history() -> None:
    while read_on(at=LATER):
        pass


HEARD: WeakKeyDictionary[Desk, int] = WeakKeyDictionary()
_HISTORY = """SELECT id, tx::text::bigint, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data
    FROM history WHERE id > %s ORDER BY id LIMIT 1"""


def told(desk: Desk, number: int) -> list[tuple[str, str]]:
    """(rule, outcome), the oldest first."""
    return [(run.rule_name, run.outcome) for run in reversed(runs_of_case(desk.case(number).id))]


def tagged(desk: Desk, number: int) -> list[str]:
    return [
        r.name
        for r in db.rows(
            "SELECT name FROM conversations_tag WHERE id = ANY(%s) ORDER BY 1", [desk.case(number).tag_ids]
        )
    ]


def tags(name: str) -> dict[str, Any]:
    return {"do": "tag", "names": [name]}


def asks(fact: str, **asked: Any) -> dict[str, Any]:
    return {"all": [{"fact": fact, **asked}]}


def test_a_mail_about_a_broken_bell_is_tagged_and_moved_and_one_about_the_weather_is_told_why_not(desk: Desk) -> None:
    adds(
        desk, "Bells", tags("bell"), {"do": "team", "to": str(desk.world.back.pk)},
        conditions={"all": [{"fact": "subject", "has_any": ["the BÉLL"]}, {"fact": "messages", "at_most": 1}]},
    )  # fmt: skip
    bell, weather = desk.comes(mail()).number, desk.comes(mail(subject="The weather")).number
    rules_hear(desk)
    assert (tagged(desk, bell), desk.case(bell).team_id) == (["bell"], desk.world.back.pk)
    assert (tagged(desk, weather), desk.case(weather).team_id) == ([], desk.world.front.pk)
    (run,) = runs_of_case(desk.case(weather).id)
    assert (run.outcome, run.against) == (
        "unmatched", [{"asked": {"fact": "subject", "has_any": ["the BÉLL"]}, "found": None, "in": "all"}],
    )  # fmt: skip


def test_what_is_read_twice_is_done_once(busy_desk: Desk) -> None:
    desk = busy_desk
    adds(desk, "Note", {"do": "note", "texts": {"en": "Look at {{case.number}}."}})
    number = desk.comes(mail()).number
    reads_history()
    db.execute("UPDATE history_reader SET tx = 0, happening = 0 WHERE name = 'rules'")
    reads_history()
    assert [m.text for m in desk.said_in(number) if m.kind == "note"] == [f"Look at {number}."]
    assert told(desk, number) == [("Note", "done")]


def test_rules_run_in_their_order_and_one_may_end_the_row(desk: Desk) -> None:
    first = adds(desk, "First", {"do": "priority", "to": "high"})
    last = adds(desk, "Last", {"do": "priority", "to": "low"}, stops=True)
    number = desk.comes(mail()).number
    rules_hear(desk)
    assert (desk.case(number).priority, told(desk, number)) == (1, [("First", "done"), ("Last", "done")])
    move_rule(desk.ada, last, to=1, by=desk.by, at=LATER)
    other = desk.comes(mail(subject="Another")).number
    rules_hear(desk)
    assert (desk.case(other).priority, told(desk, other)) == (1, [("Last", "done")])
    assert first


def test_a_later_rule_sees_what_an_earlier_one_did(desk: Desk) -> None:
    adds(desk, "Tags", tags("vip"))
    adds(desk, "Lifts", {"do": "priority", "to": "urgent"}, conditions=asks("tags", has_any=["VIP"]))
    number = desk.comes(mail()).number
    rules_hear(desk)
    assert (desk.case(number).priority, told(desk, number)) == (4, [("Tags", "done"), ("Lifts", "done")])


def test_two_rules_that_set_each_other_off_come_to_an_end(busy_desk: Desk) -> None:
    desk = busy_desk
    adds(
        desk, "Up", {"do": "priority", "to": "high"}, when="prioritised", conditions=asks("priority", **{"is": ["low"]})
    )
    adds(
        desk,
        "Down",
        {"do": "priority", "to": "low"},
        when="prioritised",
        conditions=asks("priority", **{"is": ["high"]}),
    )
    change(desk.ada, desk.first, Change(priority="low"), by=desk.by, at=LATER)
    reads_history()
    assert [run for run in told(desk, desk.first) if run[1] != "unmatched"] == [
        ("Up", "done"), ("Down", "done"), ("Up", "again"), ("Up", "done"), ("Down", "again"), ("Down", "again"),
    ]  # fmt: skip
    assert desk.case(desk.first).priority == 3


def test_a_rule_does_not_hear_of_what_it_did_itself(busy_desk: Desk) -> None:
    desk = busy_desk
    adds(desk, "Echo", tags("one"), {"do": "priority", "to": "high"}, when="tagged")
    change(desk.ada, desk.first, Change(tag="zero"), by=desk.by, at=LATER)
    reads_history()
    assert told(desk, desk.first) == [("Echo", "done"), ("Echo", "again")]


def test_a_rule_that_acts_too_often_on_a_case_is_held_back_for_an_hour(desk: Desk) -> None:
    adds(desk, "Eager", {"do": "note", "texts": {"en": "Again."}})
    number = desk.comes(mail(named="<one@mail.example>")).number
    for n in range(11):
        desk.comes(
            mail(subject="Re: The bell", text=f"And {n}", named=f"<r{n}@mail.example>", answers=["<one@mail.example>"])
        )
    rules_hear(desk)
    outcomes = [outcome for _, outcome in told(desk, number)]
    assert outcomes == ["done"] * 10 + ["often"] * 2
    late = LATER + timedelta(hours=2)
    desk.comes(
        mail(subject="Re: The bell", text="Late", named="<late@mail.example>", answers=["<one@mail.example>"]), at=late
    )
    rules_hear(desk, at=late)
    assert told(desk, number)[-1] == ("Eager", "done")


def test_an_automatic_answer_goes_to_people_and_never_to_robots(desk: Desk) -> None:
    adds(desk, "Thanks", {"do": "reply", "texts": {"en": "Thank you, {{customer.first_name}}.", "de": "Danke."}})
    number = desk.comes(mail("Carol <carol@example.com>")).number
    robot = desk.comes(mail("Bot <bot@example.org>", subject="Away", more=("Auto-Submitted: auto-replied",))).number
    rules_hear(desk)
    (sent,) = [m for m in desk.said_in(number) if m.kind == "reply"]
    assert (sent.text, sent.auto_reply, desk.delivery(sent.id)) == ("Thank you, Carol.", "rule", "queued")
    assert desk.case(number).category == "open"
    if robot is not None:
        assert [m for m in desk.said_in(robot) if m.kind == "reply"] == []
        assert told(desk, robot) in ([("Thanks", "refused")], [])


def test_what_an_agent_takes_back_sets_nothing_off_that_leaves_the_house(desk: Desk) -> None:
    adds(
        desk,
        "Follow-up",
        {"do": "reply", "texts": {"en": "Your case was answered."}},
        when="answered",
        conditions=asks("by", **{"is": ["agent"]}),
    )
    kept = desk.answers(desk.first)
    rules_hear(desk)
    assert told(desk, desk.first) == [("Follow-up", "waiting")]
    take_back(desk.ada, desk.first, kept.message, by=desk.by, at=LATER + SOON)
    assert finish_waiting(at=LATER + SOON) is False
    assert finish_waiting(at=LATER + HELD) is True
    assert told(desk, desk.first) == [("Follow-up", "undone")]
    assert [m.auto_reply for m in desk.said_in(desk.first) if m.kind == "reply" and m.auto_reply] == []


def test_what_an_agent_undoes_sets_nothing_off_and_what_stays_does(desk: Desk) -> None:
    adds(
        desk,
        "Told",
        {"do": "reply", "texts": {"en": "Urgent."}},
        when="prioritised",
        conditions=asks("priority", **{"is": ["urgent"]}),
    )
    change(desk.ada, desk.first, Change(priority="urgent"), by=desk.by, at=LATER)
    rules_hear(desk)
    undo(desk.ada, desk.first, by=desk.by, at=LATER + SOON)
    rules_hear(desk, at=LATER + SOON)
    assert finish_waiting(at=LATER + HELD) is True
    assert told(desk, desk.first) == [("Told", "undone"), ("Told", "unmatched")]
    change(desk.ada, desk.first, Change(priority="urgent"), by=desk.by, at=LATER + HELD)
    rules_hear(desk, at=LATER + HELD)
    finish_waiting(at=LATER + HELD + HELD)
    assert told(desk, desk.first)[-1] == ("Told", "done")


def test_a_rule_can_not_pass_round_a_field_that_is_needed_before_resolving(desk: Desk) -> None:
    add_field(NewField({"en": "Cause"}, "text", is_needed_to_resolve=True), by=desk.by, at=LATER)
    adds(desk, "Closes", {"do": "resolve"}, tags("closed"))
    number = desk.comes(mail()).number
    rules_hear(desk)
    assert desk.case(number).category == "open"
    (run,) = runs_of_case(desk.case(number).id)
    assert (run.outcome, run.steps) == (
        "partly", [{"do": "tag"}, {"do": "resolve", "refusal": "“Cause” has to be filled in first.", "code": "refused"}],
    )  # fmt: skip


def test_a_rule_whose_tag_was_taken_away_does_nothing_and_says_so(desk: Desk) -> None:
    tag_ids(["refund"])
    adds(desk, "Refunds", {"do": "priority", "to": "high"}, conditions=asks("tags", has_none=["refund"]))
    db.execute("DELETE FROM conversations_tag WHERE name = 'refund'")
    number = desk.comes(mail()).number
    rules_hear(desk)
    (run,) = runs_of_case(desk.case(number).id)
    assert (run.outcome, run.against, desk.case(number).priority) == (
        "broken",
        [{"missing": "tag", "which": "refund"}],
        2,
    )


def test_what_happened_before_a_rule_was_switched_on_is_not_its_business(desk: Desk) -> None:
    rule = adds(desk, "Sleeps", tags("late"), is_active=False)
    before = desk.comes(mail()).number
    switch_rule(desk.ada, rule, on=True, by=desk.by, at=LATER + SOON)
    after = desk.comes(mail(subject="Later"), at=LATER + SOON).number
    rules_hear(desk, at=LATER + SOON)
    assert (tagged(desk, before), tagged(desk, after)) == ([], ["late"])


def test_a_case_that_waits_four_hours_is_lifted_once_until_it_has_been_answered(desk: Desk) -> None:
    adds(
        desk,
        "Waits",
        {"do": "note", "texts": {"en": "Nobody answered."}},
        when="time",
        conditions=asks("waiting", over=4, unit="hours"),
    )
    number = desk.comes(mail()).number
    begun = LATER + timedelta(hours=4)

    def notes() -> int:
        return sum(m.kind == "note" for m in messages_of(desk.case(number).id, limit=100))

    looks(begun - SOON)
    assert notes() == 0
    looks(begun + timedelta(minutes=1))
    looks(begun + timedelta(minutes=2))
    assert notes() == 1
    answer = desk.answers(number, at=begun + timedelta(minutes=3))
    looks(begun + timedelta(minutes=4))
    desk.comes(mail(subject="Re: The bell", answers=[desk.name_of(answer.message)]), at=begun + timedelta(minutes=5))
    looks(begun + timedelta(hours=4, minutes=6))
    assert notes() == 2


def looks(at: Any) -> None:
    while look(at=at):
        pass


def test_a_rule_tells_a_team_asks_for_escalation_and_puts_somebody_on_the_case(desk: Desk) -> None:
    adds(
        desk, "Angry", {"do": "notify_team", "team": str(desk.world.back.pk)}, {"do": "escalate"}, {"do": "follow", "agent": str(desk.ben.id)},
        conditions=asks("text", has_any=["lawyer"]),
    )  # fmt: skip
    number = desk.comes(mail(text="I will call my LAWYER, now!")).number
    rules_hear(desk)
    case = desk.case(number)
    happened = db.rows(
        "SELECT name, data FROM history WHERE conversation_id = %s AND actor_kind = 'rule' ORDER BY id", [case.id]
    )
    assert [row.name for row in happened] == ["conversation.follower_added", "rule.notified", "escalation.asked"]
    assert (happened[1].data["team"], case.follower_ids) == (desk.world.back.pk, [desk.ben.id])


def test_only_who_may_do_it_for_all_cases_saves_a_rule(desk: Desk) -> None:
    written = WrittenRule("Mine", whens=["opened"], actions=[tags("x")])
    with pytest.raises(Forbidden):
        add_rule(desk.ben, written, by=desk.by, at=LATER)
    with pytest.raises(BadRule, match="There is no team 999"):
        add_rule(
            desk.ada,
            WrittenRule("No team", whens=["opened"], actions=[{"do": "team", "to": "999"}]),
            by=desk.by,
            at=LATER,
        )


def test_a_preview_names_the_cases_of_the_last_week_and_a_dry_run_changes_nothing(desk: Desk) -> None:
    bell, other = desk.comes(mail()).number, desk.comes(mail(subject="Other")).number
    written = WrittenRule(
        "Bells", whens=["customer_wrote"], conditions=asks("subject", has_any=["bell"]), actions=[{"do": "resolve"}]
    )
    assert [row.number for row in preview_rule(desk.ada, written, at=LATER + SOON)] == [bell]
    rule = add_rule(desk.ada, written, by=desk.by, at=LATER)
    assert try_rule(desk.ada, rule, bell, at=LATER + SOON).judged.steps == [{"do": "resolve"}]
    assert try_rule(desk.ada, rule, other, at=LATER + SOON).judged.outcome == "unmatched"
    assert (desk.case(bell).category, told(desk, bell)) == ("open", [])


def test_old_entries_of_the_log_are_forgotten_after_thirty_days(desk: Desk) -> None:
    adds(desk, "Any", tags("x"))
    number = desk.comes(mail()).number
    rules_hear(desk)
    assert (forget_runs(at=LATER + timedelta(days=29)), told(desk, number)) == (0, [("Any", "done")])
    assert (forget_runs(at=LATER + timedelta(days=31)), told(desk, number)) == (1, [])


def test_a_changed_rule_says_the_new_thing_and_a_canned_reply_goes_in_the_customers_language(desk: Desk) -> None:
    key = canned.add_reply(
        name="Hello", abbreviation="", folder="", labels=[], texts={"en": {"text": "Hello"}, "de": {"text": "Guten Tag"}}, owner_id=None,
        team_id=None, files=[], by=desk.by, at=LATER,
    )  # fmt: skip
    rule = adds(desk, "Greets", tags("x"))
    written = WrittenRule("Greets", whens=["customer_wrote"], actions=[{"do": "send_reply", "reply": str(key)}])
    change_rule(desk.ada, rule, written, by=desk.by, at=LATER)
    text = "Guten Tag, die Klingel an meinem Fahrrad ist leider kaputt und klingelt nicht mehr."
    number = desk.comes(mail(subject="Die Klingel", text=text)).number
    rules_hear(desk)
    assert [m.text for m in desk.said_in(number) if m.kind == "reply"] == ["Guten Tag"]
    assert tagged(desk, number) == []
