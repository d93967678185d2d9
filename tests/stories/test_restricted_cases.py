"""What only named people may see stays theirs, whatever becomes of the case: parted, followed by a new one, joined by a mail, removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from careline.domain.conversations.commands.retention import Said
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.flows.merge import merge
from careline.flows.resolve import resolve
from careline.flows.restrict import restrict, unrestrict
from careline.flows.retain import add_rule, would_remove
from careline.flows.set_reopening import set_reopening
from careline.flows.unmerge import unmerge
from careline.kit import db
from tests.stories.desk import DAN, LATER, Desk, mail
from tests.stories.keeping import own_store

FIRST, SECOND, THIRD = (f"<{n}@mail.example>" for n in ("first", "second", "third"))


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Iterator[None]:
    with own_store(tmp_path, settings):
        yield


def is_hidden_from_ben(desk: Desk, number: int) -> bool:
    try:
        conversation_for(desk.ben, number)
    except NotFound:
        return True
    return False


def test_an_unmerge_gives_nobody_back_what_they_may_no_longer_see(desk: Desk) -> None:
    one = desk.comes(mail(named=FIRST)).number or 0
    other = desk.comes(mail(DAN, named=SECOND, subject="My bell")).number or 0
    done = merge(desk.ada, other, one, by=desk.by, at=LATER)
    restrict(desk.ada, one, [], by=desk.by, at=LATER)
    assert is_hidden_from_ben(desk, other), "by its old number as well"
    unmerge(desk.ada, one, done.key, by=desk.by, at=LATER)
    assert is_hidden_from_ben(desk, other)
    unrestrict(desk.ada, other, by=desk.by, at=LATER)
    assert (is_hidden_from_ben(desk, other), is_hidden_from_ben(desk, one)) == (False, True)


def test_a_new_case_that_follows_one_is_seen_by_the_same_people(desk: Desk) -> None:
    set_reopening(desk.ada, desk.world.front.pk, policy="new", days=3, by=desk.by, at=LATER)
    number = desk.comes(mail(named=FIRST)).number or 0
    restrict(desk.ada, number, [], by=desk.by, at=LATER)
    resolve(desk.ada, number, by=desk.by, at=LATER)
    late = desk.comes(mail(named=SECOND, answers=[FIRST]), at=LATER + timedelta(days=9)).number or 0
    assert (late != number, desk.case(late).restricted_to, is_hidden_from_ben(desk, late)) == (
        True,
        [desk.ada.id],
        True,
    )


def test_a_mail_that_names_two_cases_joins_no_restricted_one_to_an_open_one(desk: Desk) -> None:
    one = desk.comes(mail(named=FIRST)).number or 0
    other = desk.comes(mail(named=SECOND, subject="My bell, once more")).number or 0
    assert other != one
    restrict(desk.ada, other, [], by=desk.by, at=LATER)
    desk.comes(mail(named=THIRD, answers=[FIRST, SECOND]))
    assert desk.case(other).merged_into_id is None
    assert is_hidden_from_ben(desk, other)


def test_the_dry_run_of_a_rule_names_only_cases_that_are_seen(desk: Desk) -> None:
    number = desk.comes(mail(named=FIRST, subject="Her salary")).number or 0
    resolve(desk.ada, number, by=desk.by, at=LATER)
    key = add_rule(desk.ada, Said("After a year", days=365), by=desk.by, at=LATER)
    year_on = LATER + timedelta(days=366)
    assert [row.number for row in would_remove(desk.ada, key, at=year_on).examples] == [number]
    db.execute(
        "UPDATE conversations_conversation SET restricted_to = ARRAY[%s]::bigint[] WHERE number = %s",
        [desk.ben.id, number],
    )
    planned = would_remove(desk.ada, key, at=year_on)
    assert (planned.counts["cases"], list(planned.examples)) == (1, [])
