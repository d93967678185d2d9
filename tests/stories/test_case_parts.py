"""Statuses, fields, followers, links, restricted cases, what a late message does, blocked senders, likely duplicates."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from careline.domain.conversations.commands import fields, statuses
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.links import likely_duplicates, links_of
from careline.domain.conversations.queries.structure import fields_for
from careline.domain.conversations.rules.duplicates import likeness
from careline.domain.conversations.rules.states import UNTIL_REPLY
from careline.flows.block import block, block_sender_of, unblock
from careline.flows.change import Change, change
from careline.flows.follow import follow, unfollow
from careline.flows.link import keep_apart, link, unlink
from careline.flows.resolve import resolve
from careline.flows.restrict import restrict, unrestrict
from careline.flows.set_fields import UnfitFields, set_fields, set_topic
from careline.flows.set_reopening import set_reopening
from careline.flows.set_status import set_status
from careline.flows.wake_snoozed import wake_snoozed
from careline.kit import db
from tests.stories.desk import DAN, LATER, Desk, mail

FIRST, SECOND = "<first@mail.example>", "<second@mail.example>"
DAY = timedelta(days=1)


def by(desk: Desk, at: datetime = LATER) -> dict[str, object]:
    return {"by": desk.by, "at": at}


def status_of(desk: Desk, number: int) -> tuple[str, str]:
    case = desk.case(number)
    return case.status_code, case.category


def test_an_own_status_moves_the_case_by_the_same_guards(desk: Desk) -> None:
    supplier = statuses.add_status({"en": "At the supplier", "de": "Beim Lieferanten"}, category="waiting", **by(desk))
    gone = statuses.add_status({"en": "Gone for good"}, category="resolved", **by(desk))
    set_status(desk.ada, desk.first, "beim lieferanten", **by(desk))
    assert status_of(desk, desk.first) == (supplier, "waiting")
    fields.add_field(fields.NewField({"en": "Cause"}, "text", is_needed_to_resolve=True), **by(desk))
    with pytest.raises(Refused, match="“Cause” has to be filled in first"):
        set_status(desk.ada, desk.first, gone, **by(desk))
    set_fields(desk.ada, desk.first, {"cause": "Worn"}, **by(desk))
    set_status(desk.ada, desk.first, gone, **by(desk))
    assert (status_of(desk, desk.first), desk.case(desk.first).resolved_at) == ((gone, "resolved"), LATER)
    set_status(desk.ada, desk.first, "open", **by(desk))
    assert (status_of(desk, desk.first), desk.case(desk.first).resolved_at) == (("open", "open"), None)


def test_a_status_in_use_is_retired_and_the_last_of_its_kind_never(desk: Desk) -> None:
    code = statuses.add_status({"en": "Later"}, category="open", **by(desk))
    set_status(desk.ada, desk.first, code, **by(desk))
    statuses.change_status(code, retired=True, **by(desk))
    assert status_of(desk, desk.first) == (code, "open")
    with pytest.raises(Refused):
        set_status(desk.ada, desk.first, code, **by(desk))
    with pytest.raises(statuses.BadStatus):
        statuses.change_status("open", retired=True, **by(desk))
    with pytest.raises(statuses.BadStatus):
        statuses.add_status({"en": "  "}, category="open", **by(desk))


def test_the_first_status_of_a_kind_is_what_a_plain_reopen_takes(desk: Desk) -> None:
    code = statuses.add_status({"ar": "جديد"}, category="resolved", **by(desk))
    statuses.change_status(code, position=0, **by(desk))
    resolve(desk.ada, desk.first, **by(desk))
    assert status_of(desk, desk.first) == (code, "resolved")


def test_a_field_belongs_to_its_topic_and_those_below(desk: Desk) -> None:
    bikes = fields.add_topic({"en": "Bikes"}, **by(desk))
    brakes = fields.add_topic({"en": "Brakes"}, parent=bikes, **by(desk))
    other = fields.add_topic({"en": "Invoices"}, **by(desk))
    frame = fields.add_field(fields.NewField({"en": "Frame number"}, "text", topics=[bikes]), **by(desk))
    everywhere = fields.add_field(
        fields.NewField({"en": "Size"}, "choice", choices=[("", {"en": "Small"}), ("", {"en": "Large"})]), **by(desk)
    )
    assert [[row.code for row in fields_for(topic)] for topic in (None, bikes, brakes, other)] == [
        [everywhere], [frame, everywhere], [frame, everywhere], [everywhere],
    ]  # fmt: skip
    set_topic(desk.ada, desk.first, brakes, **by(desk))
    fields.change_topic(other, retired=True, **by(desk))
    with pytest.raises(fields.BadTopic):
        set_topic(desk.ada, desk.first, other, **by(desk))
    assert desk.case(desk.first).topic_id == brakes


def test_values_are_judged_by_their_kind_and_wrong_ones_change_nothing(desk: Desk) -> None:
    fields.add_field(fields.NewField({"en": "Weight"}, "number"), **by(desk))
    set_fields(desk.ada, desk.first, {"weight": "12,5"}, **by(desk))
    with pytest.raises(UnfitFields) as refused:
        set_fields(desk.ada, desk.first, {"weight": "heavy", "colour": "red"}, **by(desk))
    assert sorted(refused.value.errors) == ["colour", "weight"]
    assert desk.case(desk.first).fields == {"weight": 12.5}
    set_fields(desk.ada, desk.first, {"weight": None}, **by(desk))
    assert desk.case(desk.first).fields == {}


def test_a_field_that_a_case_needs_is_asked_for_by_every_way_of_resolving_it(desk: Desk) -> None:
    cause = fields.add_field(fields.NewField({"en": "Cause"}, "text", is_needed_to_resolve=True), **by(desk))
    said = len(desk.said_in(desk.first))
    for way in (
        lambda: resolve(desk.ada, desk.first, **by(desk)),
        lambda: set_status(desk.ada, desk.first, "resolved", **by(desk)),
        lambda: desk.answers(desk.first, resolve=True),
    ):
        with pytest.raises(Refused, match="“Cause” has to be filled in first"):
            way()
    assert (desk.case(desk.first).category, len(desk.said_in(desk.first))) == ("open", said)
    set_fields(desk.ada, desk.first, {cause: "Worn"}, **by(desk))
    resolve(desk.ada, desk.first, **by(desk))
    assert desk.case(desk.first).category == "resolved"


def test_a_follower_of_another_team_sees_the_case_and_loses_it_again(desk: Desk) -> None:
    cleo = desk.world.person(desk.world.cleo)
    with pytest.raises(NotFound):
        follow(cleo, desk.first, cleo.id, **by(desk))
    follow(desk.ben, desk.first, cleo.id, **by(desk))
    assert conversation_for(cleo, desk.first).number == desk.first
    unfollow(cleo, desk.first, cleo.id, **by(desk))
    with pytest.raises(NotFound):
        conversation_for(cleo, desk.first)


def test_a_parent_shows_where_its_children_stand_and_never_makes_a_circle(desk: Desk) -> None:
    one, two = (desk.comes(mail(named=name, text=name)).number or 0 for name in (FIRST, SECOND))
    link(desk.ada, desk.first, one, "child", **by(desk))
    key = link(desk.ada, one, two, "child", **by(desk))
    resolve(desk.ada, one, **by(desk))
    (shown,) = links_of(desk.case(desk.first).id, desk.ada)
    assert (shown["kind"], shown["number"], shown["category"]) == ("child", one, "resolved")
    assert [each["kind"] for each in links_of(desk.case(one).id, desk.ada)] == ["parent", "child"]
    for wrong in (
        (two, desk.first, "child"),
        (two, two, "related"),
        (one, two, "related"),
        (desk.first, two, "cousin"),
    ):
        with pytest.raises(Refused):
            link(desk.ada, *wrong, **by(desk))
    unlink(desk.ada, two, key, **by(desk))
    assert links_of(desk.case(two).id, desk.ada) == []


def test_a_duplicate_may_be_resolved_with_its_link(desk: Desk) -> None:
    number = desk.comes(mail(named=FIRST)).number or 0
    link(desk.ada, number, desk.first, "duplicate", resolves=True, **by(desk))
    assert (desk.case(number).category, desk.case(desk.first).category) == ("resolved", "open")
    assert [each["is_original"] for each in links_of(desk.case(number).id, desk.ada)] == [True]


def test_a_link_with_an_unseen_case_is_not_shown(desk: Desk) -> None:
    hidden = desk.comes(mail(named=FIRST)).number or 0
    link(desk.ada, desk.first, hidden, "related", **by(desk))
    restrict(desk.ada, hidden, [], **by(desk))
    assert links_of(desk.case(desk.first).id, desk.ben) == []
    with pytest.raises(NotFound):
        conversation_for(desk.ben, hidden)
    unrestrict(desk.ada, hidden, **by(desk))
    assert conversation_for(desk.ben, hidden).number == hidden


@pytest.mark.parametrize(("policy", "after", "expected"), [
    ("reopen", 400 * DAY, "same"), ("new", DAY, "new"), ("within", 3 * DAY, "same"), ("within", 3 * DAY + timedelta(seconds=1), "new"),
])  # fmt: skip
def test_a_late_message_does_what_the_team_says(desk: Desk, policy: str, after: timedelta, expected: str) -> None:
    set_reopening(desk.ada, desk.world.front.pk, policy=policy, days=3, **by(desk))
    number = desk.comes(mail(named=FIRST)).number or 0
    resolve(desk.ada, number, **by(desk))
    late = desk.comes(mail(named=SECOND, answers=[FIRST]), at=LATER + after)
    assert (late.number == number) == (expected == "same")
    assert desk.case(number).category == ("open" if expected == "same" else "resolved")
    linked = [each["number"] for each in links_of(desk.case(number).id, desk.ada)]
    assert linked == ([] if expected == "same" else [late.number])


def test_answers_to_the_new_case_stay_in_it_though_they_name_the_old_one(desk: Desk) -> None:
    set_reopening(desk.ada, desk.world.front.pk, policy="new", days=3, **by(desk))
    number = desk.comes(mail(named=FIRST)).number or 0
    resolve(desk.ada, number, **by(desk))
    late = desk.comes(mail(named=SECOND, answers=[FIRST]))
    again = desk.comes(mail(named="<3@mail.example>", answers=[FIRST, SECOND]))
    assert (late.number != number, again.number) == (True, late.number)


def test_a_blocked_domain_is_kept_among_spam_and_nobody_is_answered(desk: Desk) -> None:
    from careline.domain.channels import commands as channels

    channels.change_channel(desk.world.mailbox.id, settings={"acknowledge": True}, by=desk.by, at=LATER)
    key = block(desk.ada, "@EXAMPLE.org", **by(desk))
    came = desk.comes(mail(DAN, named=FIRST))
    desk.reacts()
    case = desk.case(came.number)
    assert (came.status, came.outcome, case.is_spam, case.message_count) == ("processed", "opened", True, 1)
    assert db.value("SELECT count(*) FROM conversations_delivery") == 0
    more = desk.comes(mail(DAN, named=SECOND, answers=[FIRST], text="Buy!"))
    assert more.number == came.number
    unblock(desk.ada, key, **by(desk))
    assert desk.case(desk.comes(mail(DAN, named="<3@mail.example>", text="Sorry")).number).is_spam is False


def test_whoever_began_a_case_is_blocked_from_it_and_we_never_are(desk: Desk) -> None:
    number = desk.comes(mail(DAN, named=FIRST)).number or 0
    block_sender_of(desk.ada, number, **by(desk))
    assert desk.case(number).is_spam
    assert desk.case(desk.comes(mail(DAN, named=SECOND, text="More")).number).is_spam
    for wrong in ("support@northwind.example", "@northwind.example", "nonsense", "a b@example.com"):
        with pytest.raises(Refused):
            block(desk.ada, wrong, **by(desk))


def test_a_case_snoozed_until_a_reply_wakes_by_nothing_else(desk: Desk) -> None:
    number = desk.comes(mail(named=FIRST)).number or 0
    change(desk.ada, number, Change(snoozed_until=UNTIL_REPLY), **by(desk))
    assert wake_snoozed(at=LATER + 3000 * DAY) == 0
    desk.comes(mail(named=SECOND, answers=[FIRST]))
    assert desk.case(number).snoozed_until is None


def test_the_same_matter_again_is_suggested_until_somebody_says_no(desk: Desk) -> None:
    one = desk.comes(mail(named=FIRST, subject="My bell is broken", text="1")).number or 0
    two = desk.comes(mail(named=SECOND, subject="AW: my bell is broken", text="2")).number or 0
    desk.comes(mail(DAN, named="<3@mail.example>", subject="My bell is broken", text="3"))
    desk.comes(mail(named="<4@mail.example>", subject="Invoice 17", text="4"))
    assert [row.number for row in likely_duplicates(desk.case(one), desk.ada)] == [two]
    keep_apart(desk.ada, two, one, **by(desk))
    keep_apart(desk.ada, one, two, **by(desk))
    assert [likely_duplicates(desk.case(number), desk.ada) for number in (one, two)] == [[], []]


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("Re: Fwd: The bell", "the BELL", 1.0), ("دراجتي مكسورة", "رد: دراجتي مكسورة", 0.5), ("", "", 0.0), ("Bell", "", 0.0), ("Bell", "Light", 0.0),
])  # fmt: skip
def test_how_alike_two_subjects_are(one: str, other: str, expected: float) -> None:
    assert (likeness(one, other, apart=3 * DAY) >= expected) and (expected or likeness(one, other, apart=3 * DAY) == 0)
