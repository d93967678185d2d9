"""What is said of a topic holds for those below it, until one of them says its own: promises, skills, ladders, first words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careline.domain.conversations.commands.fields import add_topic
from careline.domain.history.actor import SYSTEM
from careline.domain.routing.queries.ladders import ladder_for
from careline.domain.routing.queries.terms import conditions
from careline.domain.routing.rules.asking import Ask, asked_of, topics_reached
from careline.domain.routing.rules.ladders import Ladder, Rung
from careline.domain.sla.commands.acknowledgements import save_words
from careline.domain.sla.queries.acknowledgements import words_for
from careline.domain.sla.queries.expected import would_promise
from careline.domain.sla.rules.acknowledgements import Words
from careline.domain.sla.rules.policies import Facts, Policy, Target
from careline.flows.change_promise import add_promise
from careline.flows.keep_ladders import keep_ladder
from careline.flows.keep_queues import Rule, add_rule
from careline.flows.keep_skills import add_skill
from careline.flows.set_fields import set_topic
from tests.stories.desk import Desk, mail
from tests.world import NOON

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


class Topics:
    """Repairs, below it bells, below those the loud ones; beside them returns."""

    def __init__(self) -> None:
        self.repairs = add_topic({"en": "Repairs"}, by=SYSTEM, at=NOON)
        self.bells = add_topic({"en": "Bells"}, parent=self.repairs, by=SYSTEM, at=NOON)
        self.loud = add_topic({"en": "Loud ones"}, parent=self.bells, by=SYSTEM, at=NOON)
        self.returns = add_topic({"en": "Returns"}, by=SYSTEM, at=NOON)

    @property
    def all(self) -> tuple[int, ...]:
        return self.repairs, self.bells, self.loud, self.returns


@pytest.fixture
def topics(desk: Desk) -> Topics:
    return Topics()


def about(desk: Desk, topic: int) -> int:
    number = desk.comes(
        mail("dan@example.org", named=f"<{topic}@example.org>", subject=f"Topic {topic}"), at=NOON
    ).number
    assert number is not None
    set_topic(desk.ada, number, topic, by=desk.by, at=NOON)
    return number


def test_a_promise_about_a_topic_is_given_for_all_below_it_and_the_narrower_one_goes_first(
    desk: Desk, topics: Topics
) -> None:
    for name, hours, topic in (("Loud bells", 1, topics.loud), ("Repairs", 4, topics.repairs)):
        target = {"first_response": Target(hours * 3600)}
        add_promise(desk.ada, Policy(None, name, target, {"topic": [topic]}), by=desk.by, at=NOON)
    due = [desk.case(about(desk, topic)).first_response_due_at for topic in topics.all]
    assert due == [NOON + hours * HOUR for hours in (4, 4, 1, 24)]
    told = [would_promise(Facts(topic=topic), at=NOON).due["first_response"][1] for topic in topics.all]
    assert told == due


def test_cases_below_a_topic_ask_for_its_skill_until_one_asks_in_its_own_way(desk: Desk, topics: Topics) -> None:
    mechanics = add_skill(desk.ada, "Mechanics", kind="product", by=desk.by, at=NOON)
    for level, topic in ((2, topics.repairs), (4, topics.loud)):
        add_rule(desk.ada, Rule(mechanics, level, topic=topic), by=desk.by, at=NOON)
    asked = [asked_of(desk.case(about(desk, topic)), conditions()) for topic in topics.all]
    assert asked == [(Ask(mechanics, 2),), (Ask(mechanics, 2),), (Ask(mechanics, 4),), ()]


def test_a_topic_reaches_down_to_where_another_says_its_own() -> None:
    below = {1: frozenset({1, 2, 3, 4}), 2: frozenset({2, 3}), 9: frozenset({9})}
    assert topics_reached(1, [1, 2, 9], below) == {1, 4}
    assert topics_reached(2, [1, 2, 9], below) == {2, 3}


def test_a_ladder_and_first_words_hold_for_all_below_until_there_are_nearer_ones(desk: Desk, topics: Topics) -> None:
    for name, topic in (("Workshop", topics.repairs), ("Bell founder", topics.loud)):
        keep_ladder(desk.ada, Ladder(name, (Rung(name, role="specialist"),), topic=topic), by=desk.by, at=NOON)
        save_words(Words(desk.world.mailbox.id, topic, True, {"en": name}), by=SYSTEM, at=NOON)
    assert [ladder_for(topic).name for topic in topics.all] == ["Workshop", "Workshop", "Bell founder", "Everything"]
    found = [words_for(desk.world.mailbox.id, topic) for topic in topics.all]
    assert [one.texts["en"] if one else None for one in found] == ["Workshop", "Workshop", "Bell founder", None]
