"""What is not kept for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from careline.domain.conversations.commands.retention import Said
from careline.domain.conversations.queries.retention import earliest_due_rule, runs_of
from careline.domain.conversations.rules.retention import BadRule
from careline.domain.staff.rules import Forbidden
from careline.flows.change import Change, change
from careline.flows.retain import add_rule, change_rule, end_rule, run_due_rules, run_now, would_remove
from careline.kit import db
from tests.stories.desk import LATER, Desk, mail
from tests.stories.keeping import own_store, places_of
from tests.stories.test_erasure import letter

YEAR_ON = LATER + timedelta(days=366)
A_YEAR = Said("After a year", days=365, is_active=True)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Iterator[None]:
    with own_store(tmp_path, settings):
        yield


@pytest.fixture
def resolved(desk: Desk) -> tuple[Desk, int]:
    """A case with a file that was resolved a year and a day ago; the world's own is open still."""
    number = desk.comes(letter()).number
    desk.resolves(number)
    return desk, number


def numbers() -> list[int]:
    return [row.number for row in db.rows("SELECT number FROM conversations_conversation ORDER BY number")]


def test_a_case_goes_with_all_its_words_once_it_is_old_enough(resolved: Any) -> None:
    desk, number = resolved
    key = add_rule(desk.ada, A_YEAR, by=desk.by, at=LATER)
    run_now(desk.ada, key, by=desk.by, at=LATER + timedelta(days=364))
    assert numbers() == [desk.first, number]
    run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
    assert numbers() == [desk.first]
    assert places_of("louder than").keys() == set()


def test_the_dry_run_counts_what_goes_names_some_and_changes_nothing(resolved: Any) -> None:
    desk, number = resolved
    key = add_rule(desk.ada, A_YEAR, by=desk.by, at=LATER)
    planned = would_remove(desk.ada, key, at=YEAR_ON)
    assert (planned.counts, [case.number for case in planned.examples]) == ({"cases": 1, "messages": 1}, [number])
    assert numbers() == [desk.first, number]
    run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
    (run,) = runs_of(key, after=None, limit=5)
    assert {name: run.counts[name] for name in planned.counts} == planned.counts


def test_each_case_that_went_says_when_by_whom_and_under_which_rule(resolved: Any) -> None:
    desk, number = resolved
    key = add_rule(desk.ada, A_YEAR, by=desk.by, at=LATER)
    run = run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
    (told,) = db.rows("SELECT at, actor_id, subject_key, data FROM history WHERE name = 'conversation.removed'")
    assert tuple(told) == (YEAR_ON, desk.ada.id, number, {"rule": key, "run": run})
    (raw,) = db.rows("SELECT outcome, reason, file_id, erased_at FROM channels_inbound")
    assert tuple(raw) == ("removed", f"Removed by rule {key}.", None, YEAR_ON)


def test_a_case_under_legal_hold_stays(resolved: Any) -> None:
    desk, number = resolved
    change(desk.ada, number, Change(tag="Legal hold"), by=desk.by, at=LATER)
    key = add_rule(desk.ada, A_YEAR, by=desk.by, at=LATER)
    run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
    assert numbers() == [desk.first, number]


def test_an_anonymised_case_stays_as_a_figure_and_is_not_taken_twice(resolved: Any) -> None:
    desk, number = resolved
    key = add_rule(desk.ada, Said("Names go", days=365, action="anonymise"), by=desk.by, at=LATER)
    run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
    assert (numbers(), desk.case(number).subject, desk.case(number).message_count) == ([desk.first, number], "", 1)
    assert would_remove(desk.ada, key, at=YEAR_ON).counts == {"cases": 0, "messages": 0}


def test_files_can_go_while_the_words_stay(resolved: Any) -> None:
    desk, number = resolved
    key = add_rule(desk.ada, Said("Files go", days=365, action="files"), by=desk.by, at=LATER)
    run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
    assert db.value("SELECT count(*) FROM conversations_attachment") == 0
    assert "sings louder" in desk.said_in(number)[0].visible_text
    assert places_of("A picture of a") == {}


def test_a_rule_is_narrowed_by_team_tag_channel_and_category(resolved: Any) -> None:
    desk, number = resolved
    box = desk.world.mailbox.id
    for narrowed, is_meant in (
        ({"teams": [desk.world.front.pk]}, True),
        ({"teams": [desk.world.back.pk]}, False),
        ({"channels": [box]}, True),
        ({"channels": [box + 99]}, False),
        ({"tags": [1_000_000]}, False),
        ({"categories": ["resolved"]}, True),
        ({"categories": ["spam"]}, False),
    ):
        key = add_rule(desk.ada, Said("Some", days=365, filter=narrowed), by=desk.by, at=LATER)
        meant = [case.number for case in would_remove(desk.ada, key, at=YEAR_ON).examples]
        assert meant == ([number] if is_meant else []), narrowed


def test_age_counts_from_the_last_message_where_the_rule_says_so(desk: Desk) -> None:
    key = add_rule(desk.ada, Said("Silent", days=30, basis="last_message"), by=desk.by, at=LATER)
    assert would_remove(desk.ada, key, at=LATER + timedelta(days=29)).counts == {"cases": 0, "messages": 0}
    assert would_remove(desk.ada, key, at=LATER + timedelta(days=31)).counts == {"cases": 1, "messages": 1}


def test_raw_mails_and_unrouted_ones_have_rules_of_their_own(resolved: Any) -> None:
    desk, number = resolved
    desk.comes(mail("", named="<nobody@mail.example>"))
    states = "SELECT status, erased_at IS NULL AS kept FROM channels_inbound ORDER BY id"
    for target, kept in (("unrouted", [True, False]), ("raw", [False, False])):
        key = add_rule(desk.ada, Said(target, days=30, target=target), by=desk.by, at=LATER)
        run_now(desk.ada, key, by=desk.by, at=YEAR_ON)
        assert [row.kept for row in db.rows(states)] == kept
    assert desk.said_in(number)[0].visible_text != ""


def test_rules_that_are_on_run_at_three_at_night_and_each_run_is_on_record(resolved: Any) -> None:
    desk, _ = resolved
    key = add_rule(desk.ada, A_YEAR, by=desk.by, at=YEAR_ON)
    night = datetime(2027, 11, 22, 3, tzinfo=UTC)
    assert (earliest_due_rule(), run_due_rules(at=night - timedelta(seconds=1))) == (night, 0)
    assert (run_due_rules(at=night), numbers()) == (1, [desk.first])
    (run,) = runs_of(key, after=None, limit=5)
    assert (run.by_kind, run.by_id, run.finished_at) == ("rule", key, night)
    assert earliest_due_rule() == night + timedelta(days=1)


def test_a_rule_that_is_off_or_ended_removes_nothing(resolved: Any) -> None:
    desk, number = resolved
    off = add_rule(desk.ada, Said("Off", days=1), by=desk.by, at=LATER)
    ended = add_rule(desk.ada, Said("Ended", days=1, is_active=True), by=desk.by, at=LATER)
    end_rule(desk.ada, ended, by=desk.by, at=LATER)
    assert (run_due_rules(at=YEAR_ON), numbers()) == (0, [desk.first, number])
    change_rule(desk.ada, off, Said("On", days=1, is_active=True), by=desk.by, at=LATER)
    assert (run_due_rules(at=YEAR_ON), numbers()) == (1, [desk.first])


def test_a_rule_that_makes_no_sense_is_refused_in_one_sentence(desk: Desk) -> None:
    for said, field in (
        (Said(" ", days=1), "name"), (Said("x", days=0), "days"), (Said("x", days=1, action="burn"), "action"),
        (Said("x", days=1, target="raw", action="anonymise"), "action"), (Said("x", days=1, filter={"colour": [1]}), "filter"),
    ):  # fmt: skip
        with pytest.raises(BadRule) as wrong:
            add_rule(desk.ada, said, by=desk.by, at=LATER)
        assert wrong.value.field == field


def test_only_who_may_makes_rules(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        add_rule(desk.ben, A_YEAR, by=desk.by, at=LATER)
