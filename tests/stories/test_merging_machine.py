"""Whatever is merged, parted, split, answered and resolved in whatever order: no message is lost, nobody drops out, each thread
goes where the merges say, and the columns of a case say what its messages say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from careline.domain.conversations.errors import AlreadyGone, Refused
from careline.domain.conversations.rules.states import snippet_of
from careline.flows.merge import merge
from careline.flows.note import note
from careline.flows.resolve import reopen, resolve
from careline.flows.split import split
from careline.flows.take_back import take_back
from careline.flows.unmerge import unmerge
from careline.kit import db
from tests.stories.desk import CAROL, DAN, LATER, SUPPORT, Desk, mail

PEOPLE = (CAROL, DAN, "erin@example.net")
SIZES = {"max_examples": 12, "stateful_step_count": 14}
FULL = {"max_examples": 150, "stateful_step_count": 40}
pick = st.integers(0, 1_000_000)


class Merging(RuleBasedStateMachine):
    """Beside the desk a plain model: where each message is at home, and which case leads to which."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.point, self.at, self.count = desk, transaction.savepoint(), LATER, 0
        self.home: dict[int, int] = {}
        self.leads: dict[int, int] = {}
        self.merges: dict[int, tuple[int, int]] = {}
        self.ids: dict[int, int] = {}
        self.gone: set[int] = set()
        self.replies: set[int] = set()
        self._learn()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    @rule(who=st.sampled_from(PEOPLE), cc=st.booleans())
    def somebody_writes(self, who: str, cc: bool) -> None:
        number = self._comes(who, cc=[CAROL] if cc else [])
        self.home[self._newest()] = number
        self._learn()

    @rule(who=st.sampled_from(PEOPLE), which=pick)
    def somebody_answers_any_message(self, who: str, which: int) -> None:
        messages = self._named()
        row = messages[which % len(messages)]
        root = self._root(self.home[row.id])
        allowed = row.kind == "reply" or self.desk.people_on(root).get(who) == "active"
        number = self._comes(who, answers=[row.external_id])
        assert (number == root) == allowed
        # a stranger's second mail is at home where their first one opened a case, also while that is merged
        home = self.home[row.id] if allowed else self._home_of(self._newest())
        assert self._root(home) == number
        self.home[self._newest()] = home
        self._learn()

    @rule(one=pick, other=pick)
    def two_are_merged(self, one: int, other: int) -> None:
        numbers = self._standing()
        absorbed, into = numbers[one % len(numbers)], numbers[other % len(numbers)]
        if absorbed == into:
            with pytest.raises(Refused):
                merge(self.desk.ada, absorbed, into, by=self.desk.by, at=self._later())
            return
        done = merge(self.desk.ada, absorbed, into, by=self.desk.by, at=self._later())
        self.leads[absorbed] = into
        self.merges[done.key] = (absorbed, into)

    @precondition(lambda self: self.merges)
    @rule(which=pick)
    def a_merge_is_undone(self, which: int) -> None:
        key = sorted(self.merges)[which % len(self.merges)]
        absorbed, into = self.merges.pop(key)
        unmerge(self.desk.ada, into, key, by=self.desk.by, at=self._later())
        del self.leads[absorbed]

    @rule(which=pick, some=pick)
    def a_case_is_split(self, which: int, some: int) -> None:
        number = self._standing()[which % len(self._standing())]
        there = sorted(key for key, home in self.home.items() if self._root(home) == number and key not in self.gone)
        chosen = [key for n, key in enumerate(there) if some >> n & 1]
        if not chosen or len(chosen) == len(there):
            with pytest.raises(Refused):
                split(self.desk.ada, number, chosen, by=self.desk.by, at=self._later())
            return
        made = split(self.desk.ada, number, chosen, by=self.desk.by, at=self._later())
        self.home |= dict.fromkeys(chosen, made)
        self._learn()

    @rule(which=pick, later=st.booleans())
    def we_answer(self, which: int, later: bool) -> None:
        number = self._standing()[which % len(self._standing())]
        at = self._later()
        draft = {"send_at": at + timedelta(days=1)} if later else {}
        message = self.desk.answers(number, f"Answer {self.count}", at=at, to=(), everybody=True, **draft).message
        self.home[message] = number
        self.replies.add(message)

    @rule(which=pick)
    def we_note(self, which: int) -> None:
        number = self._standing()[which % len(self._standing())]
        self.home[note(self.desk.ada, number, text=f"Note {self.count}", by=self.desk.by, at=self._later())] = number

    @precondition(lambda self: self.replies)
    @rule(which=pick)
    def an_answer_is_taken_back(self, which: int) -> None:
        key = sorted(self.replies)[which % len(self.replies)]
        try:
            take_back(self.desk.ada, self._root(self.home[key]), key, by=self.desk.by, at=self._later())
            self.gone.add(key)
        except AlreadyGone:
            pass

    @rule(which=pick, over=st.booleans())
    def a_case_is_resolved_or_opened(self, which: int, over: bool) -> None:
        number = self._standing()[which % len(self._standing())]
        (resolve if over else reopen)(self.desk.ada, number, by=self.desk.by, at=self._later())

    @invariant()
    def every_message_stands_once_and_where_the_merges_say(self) -> None:
        stands = {row.id: (row.number, row.home) for row in db.rows(
            """SELECT m.id, c.number, coalesce(h.number, c.number) AS home FROM conversations_message m
               JOIN conversations_conversation c ON c.id = m.conversation_id
               LEFT JOIN conversations_conversation h ON h.id = m.home_id""")}  # fmt: skip
        assert stands == {key: (self._root(home), home) for key, home in self.home.items()}

    @invariant()
    def numbers_stay_and_lead_where_the_merges_say(self) -> None:
        rows = db.rows("""SELECT c.id, c.number, r.number AS root FROM conversations_conversation c
                          LEFT JOIN conversations_conversation r ON r.id = c.merged_into_id""")
        assert {row.number: row.id for row in rows} == self.ids
        assert {row.number: row.root for row in rows if row.root} == {n: self._root(n) for n in self.leads}

    @invariant()
    def the_columns_say_what_the_messages_say(self) -> None:
        for number, case_id in self.ids.items():
            case = self.desk.case(number)
            rows = [row for row in _messages(case_id) if row.id not in self.gone]
            shown = [row for row in rows if row.kind != "note" and not row.is_later]
            assert case.message_count == len(rows), number
            assert case.last_message_id == max((row.id for row in rows), default=None), number
            if number not in self.leads:
                assert case.last_snippet == (snippet_of(shown[-1].visible_text) if shown else ""), number

    @invariant()
    def everybody_named_on_a_message_is_on_its_case(self) -> None:
        for number, case_id in self.ids.items():
            named = {p["value"] for row in _messages(case_id) if row.kind != "note" and row.id not in self.gone
                     for p in ([row.sender] if row.kind == "incoming" else []) + row.to + row.cc}  # fmt: skip
            assert named - {SUPPORT} <= set(self.desk.people_on(number)), number

    @invariant()
    def nothing_leaves_but_what_was_answered(self) -> None:
        assert {row.message_id for row in db.rows("SELECT message_id FROM conversations_delivery")} == self.replies

    def _comes(self, who: str, *, answers: list[str] | None = None, cc: list[str] | None = None) -> int:
        self.count += 1
        raw = mail(who, named=f"<m{self.count}@mail.example>", answers=answers or [], cc=cc or [], text=f"Mail {self.count}.",
                   subject=f"Matter {self.count}")  # fmt: skip
        received = self.desk.comes(raw, at=self._later())
        assert received.number is not None
        return received.number

    def _learn(self) -> None:
        """Numbers that are new; those that were known must stay."""
        for row in db.rows("SELECT id, number FROM conversations_conversation"):
            self.ids.setdefault(row.number, row.id)
        for row in db.rows(
            "SELECT m.id, c.number FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id"
        ):
            self.home.setdefault(row.id, row.number)

    def _later(self) -> Any:
        self.at += timedelta(minutes=1)
        return self.at

    def _newest(self) -> int:
        return int(db.value("SELECT max(id) FROM conversations_message"))

    def _home_of(self, message: int) -> int:
        return int(db.value(
            """SELECT c.number FROM conversations_message m JOIN conversations_conversation c ON c.id = coalesce(m.home_id, m.conversation_id)
               WHERE m.id = %s""", [message]))  # fmt: skip

    def _root(self, number: int) -> int:
        while number in self.leads:
            number = self.leads[number]
        return number

    def _standing(self) -> list[int]:
        return sorted(set(self.ids) - set(self.leads))

    def _named(self) -> list[Any]:
        rows = db.rows("SELECT id, kind, external_id FROM conversations_message WHERE external_id <> '' ORDER BY id")
        return [row for row in rows if row.id not in self.gone]


def _messages(case_id: int) -> list[Any]:
    return db.rows(
        """SELECT m.id, m.kind, m.sender, m."to", m.cc, m.visible_text, coalesce(d.is_scheduled, false) AS is_later
           FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
           WHERE m.conversation_id = %s ORDER BY m.created_at, m.id""",
        [case_id],
    )


def test_no_message_is_lost_whatever_is_merged_and_parted(desk: Desk) -> None:
    _run(desk, SIZES)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_no_message_is_lost_in_long_lives_of_merging(desk: Desk) -> None:
    _run(desk, FULL)


def _run(desk: Desk, sizes: dict[str, int]) -> None:
    quiet = settings(**sizes, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: Merging(desk), settings=quiet)
