"""Who is next, decided on values alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from careline.domain.routing.rules.asking import Ask, Condition, Terms, asked_at, asked_of, stage_of
from careline.domain.routing.rules.hands import Hand, against
from careline.domain.routing.rules.matching import Given, Matching, Waiting
from careline.domain.staff.rules import Allowed

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FRONT, BACK = 1, 2
GERMAN, BRAKES = 7, 8
ADA, BEN, CLEO = 11, 12, 13
MAY = {"conversation:read": (Allowed("team"),), "conversation:reply": (Allowed("team"),)}


def hand(agent: int, **said: Any) -> Hand:
    return Hand(agent, **{"teams": frozenset({FRONT}), "grants": MAY, **said})


def case(key: int, **said: Any) -> Waiting:
    return Waiting(key, **{"team": FRONT, "since": NOON, **said})


def matched(
    hands: list[Hand], cases: list[Waiting], at: datetime = NOON, only: set[int] | None = None, **terms: Any
) -> list[Given]:
    run = Matching(hands, {FRONT: Terms(FRONT, "push", **terms)}, {FRONT: 3}, at, only=only)
    return list(run.given(cases, most=1000))


def who(found: list[Given]) -> list[tuple[int, int]]:
    return [(one.case.id, one.agent) for one in found]


def test_goes_round_in_turn() -> None:
    hands = [hand(ADA, turns={FRONT: 3}), hand(BEN, turns={FRONT: 1}), hand(CLEO, turns={FRONT: 2})]
    found = matched(hands, [case(n) for n in range(1, 5)], strategy="round_robin")
    assert [agent for _, agent in who(found)] == [BEN, CLEO, ADA, BEN]


def test_gives_to_whoever_has_the_least_for_their_size() -> None:
    hands = [hand(ADA, units=10, load=4), hand(BEN, units=4, load=2), hand(CLEO, units=10, load=5)]
    assert who(matched(hands, [case(1), case(2)])) == [(1, ADA), (2, BEN)]


def test_gives_to_whoever_was_without_news_the_longest() -> None:
    hands = [hand(ADA, idle=(200.0, 0)), hand(BEN, idle=(100.0, 0))]
    found = matched(hands, [case(1), case(2), case(3)], strategy="longest_idle")
    assert [agent for _, agent in who(found)] == [BEN, ADA, BEN]


def test_nobody_gets_more_than_fits() -> None:
    hands = [hand(ADA, units=3), hand(BEN, units=2)]
    found = matched(hands, [case(n, units=2) for n in range(1, 5)])
    assert who(found) == [(1, ADA), (2, BEN)]


def test_a_call_fills_whoever_takes_it_and_goes_to_somebody_with_free_hands() -> None:
    hands = [hand(ADA, load=1), hand(BEN)]
    assert who(matched(hands, [case(1, units=None), case(2)])) == [(1, BEN), (2, ADA)]


def test_somebody_without_any_capacity_gets_nothing() -> None:
    assert matched([hand(ADA, units=0)], [case(1), case(2, units=None)]) == []


def test_a_queue_gives_one_person_no_more_than_its_limit() -> None:
    found = matched([hand(ADA, of_team={FRONT: 1})], [case(1), case(2)], most_each=2)
    assert who(found) == [(1, ADA)]


def test_is_given_to_nobody_who_may_not_answer() -> None:
    for grants in (
        {},
        {"conversation:read": (Allowed("all"),)},
        {**MAY, "conversation:reply": (Allowed("all", channel_id=5),)},
    ):
        assert matched([hand(ADA, grants=grants)], [case(1, channel=4)]) == []


def test_a_grant_for_one_channel_is_enough_on_that_channel() -> None:
    grants = {**MAY, "conversation:reply": (Allowed("own", channel_id=4),)}
    assert who(matched([hand(ADA, grants=grants)], [case(1, channel=4)])) == [(1, ADA)]


def test_a_restricted_case_goes_to_the_people_named_on_it() -> None:
    hands = [hand(ADA), hand(BEN)]
    assert who(matched(hands, [case(1, restricted=(BEN,))])) == [(1, BEN)]
    assert matched(hands, [case(1, restricted=(CLEO,))]) == []


def test_is_given_to_nobody_who_is_not_there() -> None:
    for absence in ("away", "busy", "outside_hours"):
        assert matched([hand(ADA, absence=absence)], [case(1)]) == []


def test_a_case_of_another_team_is_nobodys_here() -> None:
    run = Matching([hand(ADA)], {FRONT: Terms(FRONT, "push"), BACK: Terms(BACK, "push")}, {}, NOON)
    assert list(run.given([case(1, team=BACK)], most=9)) == []


def test_waits_for_the_skill_while_others_have_room() -> None:
    hands = [hand(ADA, skills={GERMAN: 1}), hand(BEN, skills={GERMAN: 2}, units=1)]
    asks = (Ask(GERMAN, 2),)
    found = matched(hands, [case(1, asks=asks), case(2, asks=asks), case(3)])
    assert who(found) == [(1, BEN), (3, ADA)]
    assert found[0].excluded == {f"lacks:{GERMAN}:2": 1}


def test_asks_for_less_the_longer_a_case_waits() -> None:
    terms = Terms(FRONT, lower_after_minutes=5, drop_after_minutes=10)
    asks = (Ask(GERMAN, 3), Ask(BRAKES, 1), Ask(9, 2, is_mandatory=True))
    told = [asked_at(asks, stage_of(terms, NOON, at=NOON + timedelta(minutes=wait))) for wait in (4, 5, 10)]
    assert told == [asks, (Ask(GERMAN, 2), Ask(BRAKES, 1), Ask(9, 2, True)), (Ask(9, 2, True),)]


def test_each_skill_is_asked_for_once_by_the_highest_level() -> None:
    mail = type("Case", (), {"topic_id": 3, "language": "de-AT", "channel_id": 4, "brand_id": 1, "team_id": FRONT})
    conditions = [
        Condition(Ask(GERMAN, 2), language="de"),
        Condition(Ask(BRAKES, 1), topics=frozenset({9})),
        Condition(Ask(GERMAN, 1)),
    ]
    assert asked_of(mail, conditions, [Ask(GERMAN, 1, True)]) == (Ask(GERMAN, 2, True),)


def test_goes_back_to_whoever_answered_this_customer_last() -> None:
    hands = [hand(ADA), hand(BEN, load=5)]
    found = matched(hands, [case(1, sticky=BEN)], sticky_days=7)
    assert [(one.agent, one.why) for one in found] == [(BEN, "sticky")]


def test_waits_for_whoever_answered_last_and_then_for_anybody() -> None:
    hands, terms = [hand(ADA), hand(BEN, absence="away")], {"sticky_days": 7, "sticky_minutes": 5}
    assert matched(hands, [case(1, sticky=BEN)], NOON + timedelta(minutes=4), **terms) == []
    assert who(matched(hands, [case(1, sticky=BEN)], NOON + timedelta(minutes=5), **terms)) == [(1, ADA)]


def test_nobody_is_waited_for_who_could_never_take_it() -> None:
    hands = [hand(ADA), hand(BEN, grants={})]
    for agent in (BEN, CLEO):
        assert who(matched(hands, [case(1, sticky=agent)], sticky_days=7, sticky_minutes=5)) == [(1, ADA)]
        hands[0].load = 0


def test_whoever_missed_it_gets_it_again_only_where_nobody_else_can() -> None:
    assert who(matched([hand(ADA), hand(BEN, load=9)], [case(1, missed_by=(ADA,))])) == [(1, BEN)]
    assert who(matched([hand(ADA), hand(BEN, load=10)], [case(1, missed_by=(ADA,))])) == [(1, ADA)]


def test_whoever_gave_it_back_is_left_alone_with_it() -> None:
    assert matched([hand(ADA)], [case(1, returned_by=(ADA,))]) == []


def test_only_those_who_are_asked_for_are_given_anything() -> None:
    hands = [hand(ADA), hand(BEN, load=3)]
    assert who(matched(hands, [case(1), case(2)], only={BEN})) == [(1, BEN), (2, BEN)]


def test_what_somebody_could_do_were_they_there_is_told_as_away() -> None:
    told = [
        against(one, case(1), (Ask(GERMAN, 2),), Terms(FRONT), units=1)
        for one in (
            hand(ADA, absence="away"),
            hand(BEN, skills={GERMAN: 2}, absence="away"),
            hand(CLEO, skills={GERMAN: 2}, load=10),
        )
    ]
    assert told == [f"lacks:{GERMAN}:2", "away", "full"]


def test_stops_once_everybody_is_full() -> None:
    run = Matching([hand(ADA, units=1)], {FRONT: Terms(FRONT, "push")}, {}, NOON)
    read: list[int] = []

    def queue() -> Any:
        for key in range(1, 1000):
            read.append(key)
            yield case(key)

    assert who(list(run.given(queue(), most=99))) == [(1, ADA)]
    assert len(read) == 2
