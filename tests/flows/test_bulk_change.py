"""One change to many cases, carried out by the worker, and undone."""

from datetime import timedelta
from typing import Any

import pytest

from careline.domain.conversations.commands import fields, participants, statuses
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.bulk import bulk_of, refused_of
from careline.domain.conversations.queries.cases import conversation_by_number, participants_of
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.conversations.rules.bulk import BadChange, BulkWish
from careline.domain.conversations.rules.checklists import Step
from careline.domain.conversations.rules.covers import cover_of
from careline.domain.history.actor import agent
from careline.domain.history.queries import happenings_of_case
from careline.domain.staff.rules import Forbidden, Person, narrowed_to
from careline.flows.bulk_change import ask_for_bulk_change, carry_on, end_bulk_change
from careline.flows.bulk_reply import preview
from careline.flows.change import Change, change
from careline.flows.checklist import add_steps
from careline.flows.note import note
from careline.flows.resolve import resolve
from tests.world import NOON, World, make_world, writes_in

SOON = NOON + timedelta(minutes=5)
LATER = NOON + timedelta(hours=1)
NOWHERE = 10**15


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def numbers(world: World) -> list[int]:
    """Three of Front's, Carol's first."""
    more = [
        writes_in(
            f"Question {n}", text="Hello", mailbox=world.mailbox, sender=f"dan{n}@example.org", name=f"Dan {n}"
        ).number
        for n in range(2)
    ]
    return [world.case, *(number for number in more if number)]


def test_every_case_is_changed_and_says_so(world: World, numbers: list[int]) -> None:
    wish = BulkWish(assignee=world.ben.pk, tags=("recall",), priority=4, state="resolved")
    key = _done(world.person(world.ben), numbers, wish)
    assert [_told(n) for n in numbers] == [(world.ben.pk, 4, "resolved", 1)] * 3
    names = ["conversation.assigned", "conversation.tagged", "conversation.prioritised", "conversation.resolved"]
    for number in numbers:
        found = [h for h in _happenings(number) if h.data.get("bulk") == key]
        assert [h.name for h in found] == names
        assert {h.actor_id for h in found} == {world.ben.pk}
    assert _figures(world, key) == {"changed": 3}


def test_a_case_that_is_as_wished_is_left_alone(world: World, numbers: list[int]) -> None:
    before = [conversation_by_number(n).version for n in numbers]
    key = _done(world.person(world.ben), numbers, BulkWish(priority=2))
    assert [conversation_by_number(n).version for n in numbers] == before
    assert _figures(world, key) == {"unchanged": 3}


def test_what_may_not_be_changed_is_refused_with_its_reason_and_the_rest_is_done(
    world: World, numbers: list[int]
) -> None:
    ada = world.person(world.ada)
    change(ada, numbers[1], Change(team=world.back.pk), by=agent(ada.id), at=NOON)
    _approval_pending(numbers[2])
    ben = world.person(world.ben)
    key = _done(ben, [*numbers, NOWHERE], BulkWish(state="resolved"))
    assert [(r.number, r.code) for r in refused_of(key)] == [
        (numbers[1], "not_found"),
        (numbers[2], "refused"),
        (NOWHERE, "not_found"),
    ]
    assert refused_of(key)[1].reason == "An approval is still pending."
    assert [conversation_by_number(n).category for n in numbers] == ["resolved", "open", "open"]


def test_what_one_may_see_but_not_do_is_refused(world: World, numbers: list[int]) -> None:
    ben = narrowed_to(world.person(world.ben), frozenset({"conversation:read", "conversation:label"}))
    with pytest.raises(Forbidden):
        ask_for_bulk_change(ben, numbers, BulkWish(state="resolved"), by=agent(ben.id), at=SOON)


def test_rights_lost_before_its_turn_hold(world: World, numbers: list[int]) -> None:
    ben = world.person(world.ben)
    key = ask_for_bulk_change(ben, numbers, BulkWish(priority=4), by=agent(ben.id), at=SOON)
    world.ben.is_active = False
    world.ben.save()
    _run()
    assert _figures(world, key) == {"refused": 3}
    assert conversation_by_number(world.case).priority == 2


def test_undo_puts_back_what_was_not_changed_since(world: World, numbers: list[int]) -> None:
    ben = world.person(world.ben)
    before = [cover_of(conversation_by_number(n)) for n in numbers]
    key = _done(
        ben, numbers, BulkWish(assignee=ben.id, tags=("recall",), state="resolved", snoozed_until=LATER.isoformat())
    )
    note(ben, numbers[1], text="I am on it.", by=agent(ben.id), at=SOON)
    end_bulk_change(ben, key, by=agent(ben.id), at=LATER)
    _run()
    assert [cover_of(conversation_by_number(n)) == was for n, was in zip(numbers, before, strict=True)] == [
        True,
        False,
        True,
    ]
    assert _figures(world, key) == {"undone": 2, "kept": 1}
    assert [(r.number, r.code) for r in refused_of(key)] == [(numbers[1], "changed_since")]


def test_a_status_a_topic_and_own_fields_are_given_to_many_and_taken_back(world: World, numbers: list[int]) -> None:
    ben, told = world.person(world.ben), {"by": agent(world.ben.pk), "at": NOON}
    code = statuses.add_status({"en": "At the supplier"}, category="waiting", **told)
    brakes = fields.add_topic({"en": "Brakes"}, **told)
    fields.add_field(fields.NewField({"en": "Plan"}, "choice", choices=[("gold", {"en": "Gold"})]), **told)
    before = [cover_of(conversation_by_number(n)) for n in numbers]
    key = _done(ben, numbers, BulkWish(status="at the supplier", topic=brakes, fields={"plan": "Gold"}))
    cases = [conversation_by_number(n) for n in numbers]
    assert [(c.status_code, c.category, c.topic_id, c.fields) for c in cases] == [
        (code, "waiting", brakes, {"plan": "gold"})
    ] * 3
    names = {"conversation.waits", "conversation.topic_changed", "conversation.fields_changed"}
    assert {h.name for h in _happenings(world.case) if h.data.get("bulk") == key} == names
    end_bulk_change(ben, key, by=agent(ben.id), at=SOON)
    _run()
    assert [cover_of(conversation_by_number(n)) for n in numbers] == before


def test_a_field_that_is_needed_may_come_with_the_status_that_needs_it(world: World, numbers: list[int]) -> None:
    told = {"by": agent(world.ben.pk), "at": NOON}
    fields.add_field(fields.NewField({"en": "Cause"}, "text", is_needed_to_resolve=True), **told)
    without = _done(world.person(world.ben), numbers, BulkWish(status="resolved"))
    assert [r.reason for r in refused_of(without)] == ["“Cause” has to be filled in first."] * 3
    _done(world.person(world.ben), numbers, BulkWish(status="resolved", fields={"cause": "Worn"}))
    assert [conversation_by_number(n).category for n in numbers] == ["resolved"] * 3


def test_an_open_duty_holds_a_status_up_as_well(world: World, numbers: list[int]) -> None:
    ben = world.person(world.ben)
    add_steps(ben, numbers[0], steps=[Step("Ask for the photo", is_required=True)], by=agent(ben.id), at=NOON)
    key = _done(ben, numbers, BulkWish(status="resolved"))
    assert ([r.number for r in refused_of(key)], _figures(world, key)) == ([numbers[0]], {"changed": 2, "refused": 1})


def test_within_its_category_a_status_is_a_label_and_between_them_a_move(world: World, numbers: list[int]) -> None:
    ben = narrowed_to(world.person(world.ben), frozenset({"conversation:read", "conversation:label"}))
    statuses.add_status({"en": "Looked at"}, category="open", by=agent(ben.id), at=NOON)
    resolve(world.person(world.ada), numbers[0], by=agent(world.ada.pk), at=NOON)
    key = _done(ben, numbers, BulkWish(status="looked-at"))
    assert [(r.number, r.code) for r in refused_of(key)] == [(numbers[0], "forbidden")]
    assert [conversation_by_number(n).status_code for n in numbers] == ["resolved", "looked-at", "looked-at"]


def test_one_that_runs_is_stopped_and_what_was_done_can_still_be_undone(world: World, numbers: list[int]) -> None:
    ben = world.person(world.ben)
    key = ask_for_bulk_change(ben, numbers, BulkWish(priority=4), by=agent(ben.id), at=SOON)
    end_bulk_change(ben, key, by=agent(ben.id), at=SOON)
    _run()
    assert (_figures(world, key), bulk_of(key, agent=ben.id).state) == ({"waiting": 3}, "cancelled")
    assert conversation_by_number(world.case).priority == 2


def test_nobody_ends_what_another_one_asked_for(world: World, numbers: list[int]) -> None:
    key = _done(world.person(world.ben), numbers, BulkWish(priority=4))
    with pytest.raises(NotFound):
        end_bulk_change(world.person(world.ada), key, by=agent(world.ada.pk), at=LATER)


def test_each_gets_an_answer_with_their_own_words_and_all_of_them_come_back(world: World, numbers: list[int]) -> None:
    ben = world.person(world.ben)
    wish = BulkWish(reply="Dear {{customer.first_name|customer}}, about #{{case.number}}: we are on it. {{agent.name}}")
    assert [(p["to"], p["text"].partition(",")[0]) for p in preview(ben, numbers, wish)] == [
        (["carol@example.com"], "Dear Carol"), (["dan0@example.org"], "Dear Dan"), (["dan1@example.org"], "Dear Dan"),
    ]  # fmt: skip
    key = _done(ben, numbers, wish)
    sent = _replies(world.case)
    assert [(m.text, m.delivery) for m in sent] == [(f"Dear Carol, about #{world.case}: we are on it. Ben", "held")]
    assert [p["value"] for p in sent[0].to] == ["carol@example.com"]
    assert [conversation_by_number(n).category for n in numbers] == ["waiting"] * 3
    end_bulk_change(ben, key, by=agent(ben.id), at=SOON)
    _run()
    assert [m.delivery for n in numbers for m in _replies(n)] == ["cancelled"] * 3
    assert [conversation_by_number(n).category for n in numbers] == ["open"] * 3


def test_an_answer_with_a_hole_is_not_sent(world: World) -> None:
    number = writes_in("Hello", text="Hi", mailbox=world.mailbox, sender="nameless@example.org", name="").number
    assert number
    key = _done(world.person(world.ben), [number], BulkWish(reply="Dear {{customer.name}},"))
    assert [r.code for r in refused_of(key)] == ["no_value"]
    assert _replies(number) == []


def test_an_answer_without_recipient_is_refused_alone(world: World, numbers: list[int]) -> None:
    case = conversation_by_number(numbers[1])
    for someone in participants_of(case.id):
        participants.dismiss(case, participant=someone.id, by=agent(world.ben.pk), at=NOON)
    _without_reply_to(case.id)
    key = _done(world.person(world.ben), numbers, BulkWish(reply="We are on it."))
    assert [(r.number, r.code) for r in refused_of(key)] == [(numbers[1], "no_recipient")]
    assert _figures(world, key) == {"changed": 2, "refused": 1}


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (BulkWish(), "change"),
        (BulkWish(priority=9), "change.priority"),
        (BulkWish(assignee=4711), "change.assignee"),
        (BulkWish(team=4711), "change.team"),
        (BulkWish(status="Elsewhere"), "change.status"),
        (BulkWish(topic=4711), "change.topic_id"),
        (BulkWish(fields={"shoe_size": 42}), "change.fields.shoe_size"),
        (BulkWish(reply="Dear {{customer.shoe_size}}"), "change.reply.text"),
        (BulkWish(reply="Hello", priority=4), "change"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_the_door(world: World, wish: BulkWish, field: str) -> None:
    ben = world.person(world.ben)
    with pytest.raises(BadChange) as wrong:
        ask_for_bulk_change(ben, [world.case], wish, by=agent(ben.id), at=SOON)
    assert wrong.value.field == field


def _done(who: Person, numbers: list[int], wish: BulkWish) -> int:
    key = ask_for_bulk_change(who, numbers, wish, by=agent(who.id, via="api"), at=SOON)
    _run()
    return key


def _run() -> None:
    while carry_on(at=LATER):
        pass


def _told(number: int) -> tuple[Any, ...]:
    case = conversation_by_number(number)
    return case.assignee_id, case.priority, case.category, len(case.tag_ids)


def _figures(world: World, key: int) -> dict[str, int]:
    found = bulk_of(key, agent=world.ben.pk)
    names = ("waiting", "changed", "unchanged", "refused", "undone", "kept")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


def _happenings(number: int) -> list[Any]:
    return happenings_of_case(conversation_by_number(number).id)


def _replies(number: int) -> list[Any]:
    return [m for m in messages_of(conversation_by_number(number).id) if m.kind == "reply"]


def _approval_pending(number: int) -> None:
    from careline.domain.conversations.models import Conversation

    Conversation.objects.filter(number=number).update(pending_approvals=1)


def _without_reply_to(case: int) -> None:
    from careline.domain.conversations.models import Message

    Message.objects.filter(conversation=case).update(reply_to=[])
