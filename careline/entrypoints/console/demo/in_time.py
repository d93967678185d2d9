"""How Northwind Bikes gets the right person in time: opening hours, promises, skills, queues, rules, a case that recurs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from careline.domain.calendars.rules.hours import Period, Span, SpecialDay
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.customers import commands as customers
from careline.domain.customers.commands.fields import define_field
from careline.domain.customers.queries.people import customer_id_of
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.routing.commands import marks, places
from careline.domain.routing.queries.hands import hands_of
from careline.domain.routing.queries.terms import terms_of, weights
from careline.domain.sla.commands.policies import recount
from careline.domain.sla.rules.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from careline.domain.sla.rules.policies import DAY, Policy, Target
from careline.domain.staff.rules import Person
from careline.entrypoints.console.demo.customers import CAROL, Writer
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.entrypoints.web.rules.examples import example
from careline.flows.change import Change, change
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.change_promise import add_promise
from careline.flows.change_rule import add_rule
from careline.flows.change_schedule import ScheduleForm, add_schedule
from careline.flows.keep_queues import QueueChange, Rule, change_queue
from careline.flows.keep_queues import add_rule as add_skill_rule
from careline.flows.keep_skills import add_skill
from careline.flows.route import work_on_marks
from careline.flows.set_availability import set_availability, set_capacity, set_skills
from careline.kit.typed_fields import Choice, Definition

HOUR = 3600
_SKILLS = {"German": "language", "French": "language", "Spanish": "language", "Brakes": "product", "E-bikes": "product"}
_LEVELS = {
    "ada": {"German": 4, "Brakes": 2}, "ben": {"French": 3}, "dora": {"German": 3, "Spanish": 4}, "fatima": {"French": 5},
    "cleo": {"French": 2, "Brakes": 5, "E-bikes": 3}, "emil": {"German": 3, "Brakes": 3, "E-bikes": 5},
}  # fmt: skip
_ASKED = {"de": ("German", 2), "fr": ("French", 2), "es": ("Spanish", 2)}
_GOLD_EVERY = 11
_FOR_THE_WORKSHOP = 5
_ROOM = 4
"""Units that everybody has left beyond what they have already."""


def work_in_time(house: Northwind, writers: Sequence[Writer], cases: Sequence[Case], *, now: datetime) -> None:
    ada = house.people["ada"]
    calendar = _opening_hours(ada, at=now)
    _promises(ada, _gold(writers, cases, now=now), calendar, at=now)
    _skills(house, ada, at=now)
    _queues(house, ada, cases, at=now)
    by = agent(ada.id)
    for code in ("angry", "waiting"):
        add_rule(ada, example(code), by=by, at=now)
    stock = {
        "subject": "Check the stock of bearings", "team": house.teams["Workshop"],
        "text": "Count the bearings of March, and order what is missing.",
    }  # fmt: skip
    form = ScheduleForm(
        "Stock of bearings", "FREQ=MONTHLY;BYDAY=2MO", now.date(), time(9), "Europe/Berlin", calendar=calendar,
        on_holiday="shift", template=stock,
    )  # fmt: skip
    add_schedule(ada, form, by=by, at=now)


def _opening_hours(ada: Person, *, at: datetime) -> int:
    """Weekdays with lunch, Saturdays until two, Berlin's public holidays; on Christmas Eve until noon."""
    days = [Period(day, span) for day in range(5) for span in (_span(9, 12), _span(13, 18))]
    eve = SpecialDay(date(at.year, 12, 24), (_span(9, 12),))
    wanted = CalendarChange(
        "Shop and workshop", True, "Europe/Berlin", (*days, Period(5, _span(9, 14))), (eve,), {eve.on: "Christmas Eve"}, "DE", "BE",
    )  # fmt: skip
    return add_calendar(ada, wanted, by=agent(ada.id), at=at)


def _span(opens: int, closes: int) -> Span:
    return Span(opens * 60, closes * 60)


def _gold(writers: Sequence[Writer], cases: Sequence[Case], *, now: datetime) -> list[Writer]:
    """Carol and some others; nobody whose day is nearly over, so that some answers stay due soon."""
    yesterday = now - timedelta(hours=24), now - timedelta(hours=22)
    pressing = {
        case.writer.address for case in cases if not case.agent and yesterday[0] < case.opened_at < yesterday[1]
    }
    return [one for one in (CAROL, *writers[1::_GOLD_EVERY]) if one.address not in pressing]


def _promises(ada: Person, golden: Sequence[Writer], calendar: int, *, at: datetime) -> None:
    """Gold customers and whoever speaks with us live wait for less; everybody else has an answer within a day."""
    tiers = (Choice("gold", "Gold"), Choice("silver", "Silver"))
    define_field("customer", definition=Definition("tier", "Tier", "choice", tiers), is_listed=True, by=SYSTEM, at=at)
    for writer in golden:
        if (key := customer_id_of("email", writer.address)) is not None:
            customers.change(key, fields={"tier": "gold"}, by=SYSTEM, at=at)
    gold = Policy(
        None, "Gold customers",
        {FIRST_RESPONSE: Target(4 * HOUR, True), NEXT_RESPONSE: Target(4 * HOUR, True), RESOLUTION: Target(27 * HOUR, True)},
        {"customer_field": {"tier": ["gold"]}}, calendar,
    )  # fmt: skip
    live = Policy(
        None, "Chats and calls", {FIRST_RESPONSE: Target(HOUR // 6, True), NEXT_RESPONSE: Target(HOUR // 12, True)},
        {"channel_kind": ["chat", "phone"]}, calendar,
    )  # fmt: skip
    daily = Target(DAY)
    rest = Policy(None, "An answer within 24 hours", {FIRST_RESPONSE: daily, NEXT_RESPONSE: daily}, is_default=True)
    for policy in (gold, live, rest):
        add_promise(ada, policy, by=agent(ada.id), at=at)
    while recount(by=SYSTEM, at=at):
        pass


def _skills(house: Northwind, ada: Person, *, at: datetime) -> None:
    by = agent(ada.id)
    keys = {name: add_skill(ada, name, kind=kind, by=by, at=at) for name, kind in _SKILLS.items()}
    for name, levels in _LEVELS.items():
        set_skills(ada, house.people[name].id, {keys[skill]: level for skill, level in levels.items()}, by=by, at=at)
    for language, (skill, level) in _ASKED.items():
        add_skill_rule(ada, Rule(keys[skill], level, language=language), by=by, at=at)


def _queues(house: Northwind, ada: Person, cases: Sequence[Case], *, at: datetime) -> None:
    """The workshop is given its work, whoever has least first; the other teams take theirs. Some mails are for the workshop."""
    workshop, by = house.teams["Workshop"], agent(ada.id)
    for team in house.teams.values():
        mode = "push" if team == workshop else "pull"
        wanted = QueueChange(mode, "least_loaded", lower_after_minutes=240, sticky_days=30)
        change_queue(ada, team, wanted, by=by, at=at)
    terms = terms_of(list(house.teams.values()))
    for hand in hands_of(terms, weights(), at=at):
        set_capacity(ada, hand.id, units=max(10, hand.load + _ROOM), calendar=None, by=by, at=at)
    for name in house.members("Workshop"):
        set_availability(ada, house.people[name].id, "available", by=by, at=at)
    unanswered = sorted((case for case in cases if case.number and not case.agent), key=lambda case: case.number)
    waiting = [case.number for case in unanswered if _waits(case.number)]
    for number in waiting[-_FOR_THE_WORKSHOP:]:
        change(ada, number, Change(team=workshop), by=by, at=at - timedelta(seconds=30))
    places.enter_all(workshop, at=at)
    marks.mark_queues([workshop], at=at)
    while work_on_marks(at=at).given:
        pass


def _waits(number: int) -> bool:
    case = conversation_by_number(number)
    return case is not None and case.category == "open" and not (case.snoozed_until or case.assignee_id or case.is_spam)
