"""What users of other desks ask for, where no other story tells it; docs/why/wishes.md names them all."""

from __future__ import annotations

import re

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.channels.email.tokens import reply_address
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.merges import merges_in
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history import actor
from careline.domain.staff.rules import DEFAULT_ROLES, VERBS
from careline.flows.change import Change, change
from careline.flows.merge import merge
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.split import split
from careline.flows.unmerge import unmerge
from careline.kit import db
from careline.kit.keys import ring
from tests.house.tree import CODE, place, python_files
from tests.stories.desk import CAROL, DAN, LATER, SUPPORT, Desk, mail

ERIN, FAY = "erin@example.net", "fay@example.com"
OUTSIDE = (CAROL, DAN, ERIN, FAY)
GATE = re.compile(r"licen[cs]e_key|is_enterprise|is_premium|paid_plan|seats?_allowed|edition ==", re.IGNORECASE)
QUIET = settings(
    max_examples=10, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
pick = st.integers(0, 1000)
acts = st.lists(
    st.tuples(st.sampled_from(("writes", "answers", "we answer", "merge", "part", "split")), pick, pick),
    min_size=5,
    max_size=10,
)


@QUIET
@given(story=acts)
def test_nobody_is_dropped_from_to_and_cc_whatever_order_things_happen_in(
    desk: Desk, story: list[tuple[str, int, int]]
) -> None:
    point = transaction.savepoint()
    for n, (act, one, other) in enumerate(story):
        _happens(desk, act, one, other, n)
        for number in _standing(desk):
            assert _named_on(desk, number) - set(desk.would_receive(number)) == set(), (act, number)
    transaction.savepoint_rollback(point)


def test_a_mail_with_our_reply_address_in_its_cc_joins_the_case(desk: Desk) -> None:
    back = reply_address(SUPPORT, desk.first, ring=ring())
    came = desk.comes(
        mail(cc=(back,), to=(DAN,), named="<cc@mail.example>", subject="By the way", text="It is blue."), to=(back,)
    )
    assert (came.status, came.outcome, came.number) == ("processed", "joined", desk.first)
    stranger = desk.comes(mail(FAY, cc=(back,), to=(DAN,), named="<fay@mail.example>", text="Me too."), to=(back,))
    assert (stranger.status, desk.people_on(desk.first)[FAY]) == ("processed", "suggested")


def test_two_agents_work_at_one_case_and_neither_waits_for_the_other(desk: Desk) -> None:
    ben = actor.agent(desk.ben.id)
    seen = messages_of(desk.case(desk.first).id)[-1].id
    note(desk.ben, desk.first, text="I look into it.", by=ben, at=LATER)
    change(desk.ada, desk.first, Change(tags=("bell",)), by=desk.by, at=LATER)
    change(desk.ben, desk.first, Change(priority="high"), by=ben, at=LATER)
    reply(desk.ada, desk.first, Draft(text="It is on its way."), by=desk.by, at=LATER)
    change(desk.ben, desk.first, Change(assignee=desk.ben.id), by=ben, at=LATER)
    case = desk.case(desk.first)
    assert (len(case.tag_ids), case.priority, case.assignee_id, case.message_count) == (1, 3, desk.ben.id, 3)
    assert [m.kind for m in messages_of(case.id) if m.id > seen] == ["note", "reply"]


def test_nothing_is_held_back_for_those_who_pay(desk: Desk) -> None:
    roles = {row.code for row in db.rows("SELECT code FROM staff_role")}
    held = {
        row.verb
        for row in db.rows(
            "SELECT verb FROM staff_grant g JOIN staff_role r ON r.id = g.role_id WHERE r.code = 'administrator'"
        )
    }
    assert (set(DEFAULT_ROLES) - roles, set(VERBS) - held) == (set(), set())
    assert "audit:read" in held
    assert [place(path) for path in python_files(CODE) if GATE.search(path.read_text("utf-8"))] == []


def _happens(desk: Desk, act: str, one: int, other: int, n: int) -> None:
    numbers = _standing(desk)
    number = numbers[one % len(numbers)]
    said = [m for m in messages_of(desk.case(number).id) if m.kind == "incoming" and m.external_id]
    if act == "writes":
        cc = [who for k, who in enumerate(OUTSIDE) if other >> k & 1]
        desk.comes(
            mail(OUTSIDE[one % 4], cc=cc, named=f"<w{n}@mail.example>", subject=f"Matter {n}", text=f"About {n}.")
        )
    elif act == "answers" and said:
        who = desk.would_receive(number)
        desk.comes(mail(
            who[other % len(who)], to=(SUPPORT, OUTSIDE[one % 4]), named=f"<a{n}@mail.example>", answers=(said[0].external_id,), text=f"And {n}.",
        ))  # fmt: skip
    elif act == "we answer":
        desk.answers(number, f"Answer {n}", everybody=True)
    elif act == "merge":
        try:
            with transaction.atomic():
                merge(desk.ada, number, numbers[other % len(numbers)], by=desk.by, at=LATER)
        except Refused:
            return
    elif act == "part":
        done = [row for row in merges_in(desk.case(number).id) if row.undone_at is None]
        if done:
            unmerge(desk.ada, number, done[other % len(done)].id, by=desk.by, at=LATER)
    elif act == "split":
        there = messages_of(desk.case(number).id, limit=100)
        if len(there) > 1:
            split(desk.ada, number, [there[other % len(there)].id], by=desk.by, at=LATER)


def _standing(desk: Desk) -> list[int]:
    found = db.rows("SELECT number FROM conversations_conversation WHERE merged_into_id IS NULL ORDER BY id")
    return [row.number for row in found]


def _named_on(desk: Desk, number: int) -> set[str]:
    """Everybody outside who wrote or is named on something the customers said in the case."""
    said = [m for m in messages_of(desk.case(number).id, limit=100) if m.kind == "incoming"]
    return {p["value"] for m in said for p in (m.sender, *m.to, *m.cc)} & set(OUTSIDE)
