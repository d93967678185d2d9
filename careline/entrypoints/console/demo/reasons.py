"""Why people wrote to Northwind, how long that took, and what an hour costs; last week the lights of one delivery went dark."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from careline.domain.conversations.commands.said_before import bring_in_topics, bring_in_work
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.structure import topics
from careline.domain.history.actor import agent
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.queries.held import variants_by_sku
from careline.entrypoints.console.demo import plan
from careline.entrypoints.console.demo.customers import Writer
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.letters import letter, new_message_id
from careline.entrypoints.console.demo.oddities import Odd
from careline.entrypoints.console.demo.plan import Case
from careline.entrypoints.console.demo.story import Story, worded
from careline.entrypoints.console.demo.telling import Telling
from careline.flows.keep_hour_prices import keep_hour_price
from careline.flows.place_order import Placing, Wanted, write_down_order
from careline.flows.reply import Draft
from careline.kit.money import money_of

# A story's tag: the topic of its cases. The first that fits counts; what is only praise has none.
_BY_TAG = {
    "rental": "Rentals", "spare parts": "Missing parts", "refund": "Double charges", "delivery": "Delivery", "orders": "Changes and discounts",
    "battery": "Batteries", "warranty": "Frames", "appointment": "Appointments", "safety": "Frames", "repair": "Brakes", "invoice": "Invoices",
    "advice": "Advice", "offer": "Offers", "account": "Sign-in", "lights": "Lights",
}  # fmt: skip
_BY_WORDS = {
    "gear": "Gears",
    "chain": "Gears",
    "cadena": "Gears",
    "salta": "Gears",
    "cambio": "Gears",
    "jumps": "Gears",
}
"""Of repairs: what the subject says of gears is about these; the others are about brakes."""
RISING = Story(
    "{The rear light goes dark|Rear light dead after a week|My new light set does not charge}", "", tags=("lights",)
)
_SAYS = """
{Hello,|Hi,} the rear light of the set I bought from you {went dark after three rides|does not charge any more|flickers and then stays
off}. {It was charged over night.|The cable is the one from the box.} {Can you send another one?|What can I do? It is dark at five.}
"""
_ANSWER = """
Hello {first},

I am sorry: {that one is from a delivery with a weak battery|you are not the only one this week}. A new set leaves today; keep the old one or
throw it in a box for batteries. Ride home by daylight until then.
"""
_ON = ((2, 2), (3, 4), (4, 6))
"""Weekday of last week, how many wrote."""
_TAX = 19
_ANSWERED_IN = timedelta(minutes=48)
_PRICES = (
    ("", "", 200, "38.00"),
    ("", "Workshop", 200, "46.00"),
    ("team_lead", "", 200, "52.00"),
    ("", "", 30, "39.50"),
)
"""Role, team, days ago, what an hour costs since."""


def rising(house: Northwind, writers: Sequence[Writer], *, now: datetime) -> tuple[list[Case], list[Odd]]:
    """People whose lights went dark, and what they and we said. Told by a voice of its own, so that nobody else is told differently for it."""
    most = max(story.times for story in plan.STORIES)
    telling = Telling(house, random.Random(29), mails=50_000)  # noqa: S311  the same company every time
    english = [one for one in writers if one.language == "en"]
    monday = (now - timedelta(days=now.weekday() + 7)).replace(hour=0, minute=0, second=0, microsecond=0)
    cases: list[Case] = []
    odds: list[Odd] = []
    for weekday, times in _ON:
        for n in range(min(times, most)):
            at = monday + timedelta(days=weekday, hours=8, minutes=83 * n + 7 * weekday)
            writer = english[len(cases) % len(english)]
            slots = {"first": writer.first}
            case = Case(RISING, writer, at, slots, worded(RISING.subject, slots=slots, chance=telling.chance))
            cases.append(case)
            odds.append((at, partial(_write, telling, case, at)))
            odds.append((at + _ANSWERED_IN, partial(_answer, telling, case, at + _ANSWERED_IN)))
    return cases, odds


def say_why(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    """Topics of all that was answered; time at work on it; what an hour costs."""
    known = {row.name["en"]: row.id for row in topics()}
    answered = [case for case in cases if case.number and case.agent]
    bring_in_topics([
        {"number": case.number, "topic": known[topic], "agent": house.people[case.agent].id, "at": case.opened_at.isoformat()}
        for case in answered if (topic := topic_of(case.story))
    ])  # fmt: skip
    chance = random.Random(37)  # noqa: S311
    bring_in_work([chance.randrange(90, 900) for _ in range(97)])
    hana = house.people["hana"]
    for role, team, days, amount in _PRICES:
        keep_hour_price(
            hana, money_of(amount, "EUR"), since=_day(now, days), role=role, team=house.teams.get(team), by=agent(hana.id), at=now
        )  # fmt: skip


def send_new_lights(house: Northwind, dark: Sequence[Case]) -> None:
    """Each of them bought another set on their case, so that the product stands out too."""
    ada = house.people["ada"]
    light = variants_by_sku(["LIGHT-U"])["LIGHT-U"]
    for case in dark:
        held = conversation_by_number(case.number) if case.number else None
        if held is None:
            continue
        at = case.opened_at + _ANSWERED_IN
        card = add_method(held.customer_id, "card", label="Visa", last_four=f"{1000 + case.number:04d}", at=at)
        tax = (light.price * _TAX + 50) // 100
        lines = [Wanted(light.id), Wanted(kind="tax", name="VAT 19 %", amount=tax, rate=_TAX * 10_000)]
        wanted = Placing(
            held.customer_id, "EUR", lines, {card: light.price + tax}, mail=case.writer.address, source="agent"
        )
        write_down_order(wanted, conversation=held.id, by=agent(ada.id), at=at)


def topic_of(story: Story) -> str:
    found = next((topic for tag, topic in _BY_TAG.items() if tag in story.tags), "")
    if found == "Brakes":
        return next((topic for word, topic in _BY_WORDS.items() if word in story.subject.lower()), found)
    return "Brakes" if found == "Missing parts" and story.team == "Workshop" else found


def _write(telling: Telling, case: Case, at: datetime) -> None:
    message_id = new_message_id(case.writer, telling.chance)
    text = worded(_SAYS, slots=case.slots, chance=telling.chance)
    to = telling.house.address("support")
    raw = letter(case.writer, to=to, subject=case.subject, text=text, message_id=message_id, at=at)
    case.number = telling.arrive(raw, to=[to], sender=case.writer.address, at=at).number or 0
    case.references.append(message_id)


def _answer(telling: Telling, case: Case, at: datetime) -> None:
    case.agent = "ada" if case.number % 2 else "ben"
    text = worded(_ANSWER, slots=case.slots, chance=telling.chance)
    telling.answer(case, Draft(text=text, resolve=bool(case.number % 3)), at=at)


def _day(now: datetime, days: int) -> date:
    return (now - timedelta(days=days)).date()
