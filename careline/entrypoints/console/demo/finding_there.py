"""How customers of Northwind Bikes find answers by themselves: two guides, one walked beside a case, and what was looked for in vain."""
# ruff: noqa: E501  a question and its answers on a line

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.company.queries import default_brand
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import agent
from careline.domain.knowledge.commands.article_index import index_articles
from careline.domain.knowledge.commands.searches import note_opened, note_outcome
from careline.domain.knowledge.queries.published import published_articles
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.flows.find_answers import HELP, find_answers
from careline.flows.keep_guides import WrittenGuide, add_guide, publish_guide
from careline.flows.run_guide import answer_guide, note_device, start_guide

_SEARCHES = (
    ("puncture repair kit", 5), ("rent a bike", 4), ("insurance", 3), ("helmet sizes", 3), ("brakes squeal", 6), ("where is my parcel", 8),
    ("refund", 4), ("battery range winter", 3), ("E10", 2), ("trade in old bike", 2),
)  # fmt: skip
_ABOUT, _LOOKED_AT = ("light", "motor", "display", "battery", "wheel", "brake"), 80
_SATISFIED = 3
"""Of so many who opened an article, one says that it helped."""


def help_oneself(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    at = now - timedelta(days=20)
    light = _published(house, _LIGHT, at=at)
    _published(house, _MOTOR, at=at)
    _walked(house, light, cases, now=now)
    while index_articles():
        pass
    _looked_for(now=now)


def _published(house: Northwind, written: WrittenGuide, *, at: datetime) -> int:
    gus, by = house.people["gus"], agent(house.people["gus"].id)
    key = add_guide(gus, written, by=by, at=at)
    publish_guide(gus, key, by=by, at=at)
    return key


def _walked(house: Northwind, guide: int, cases: Sequence[Case], *, now: datetime) -> None:
    """On the newest case that is about a bike: one to its end, one that is still in the middle."""
    ada, at = house.people["ada"], now - timedelta(minutes=12)
    by, numbers = agent(ada.id), sorted((case.number for case in cases if case.number), reverse=True)
    number = next((one for one in numbers[:_LOOKED_AT] if _is_about_a_bike(one)), numbers[0])
    note_device(ada, number, device="Comet 3", version="2.1", by=by, at=at)
    done = start_guide(ada, number, guide, by=by, at=at)
    answer_guide(ada, number, done, step="power", answer="no", by=by, at=at)
    answer_guide(ada, number, done, step="charged", answer="works", by=by, at=at)
    going = start_guide(ada, number, guide, by=by, at=at + timedelta(minutes=5))
    answer_guide(ada, number, going, step="power", answer="yes", by=by, at=at + timedelta(minutes=6))


def _is_about_a_bike(number: int) -> bool:
    case = conversation_by_number(number)
    return case is not None and case.category == "open" and any(word in case.subject.lower() for word in _ABOUT)


def _looked_for(*, now: datetime) -> None:
    chance, brand, n = random.Random(31), int(default_brand().pk), 0  # noqa: S311  the same searches every time
    readable = {row.article_id for row in published_articles(brand, "en", limit=200)}
    for words, times in _SEARCHES:
        for _again in range(times):
            n += 1
            at = now - timedelta(hours=chance.randrange(2, 600))
            found = find_answers(
                words, brand=brand, language="en", languages=("en", "de"), place=HELP, visitor=f"visitor {n}", limit=5, at=at
            )  # fmt: skip
            if found.found.articles and (best := found.found.articles[0].article_id) in readable and n % 4:
                note_opened(found.token, article=best)
                note_outcome(found.token, outcome="solved" if n % _SATISFIED else "")


def _answer(key: str, say: str, german: str, **leads: str) -> dict[str, Any]:
    return {"key": key, "say": {"en": say, "de": german}, **leads}


_LIGHT = WrittenGuide(
    {"en": "My light does not work", "de": "Mein Licht geht nicht"},
    {"en": "From the switch to the cable, in three questions.", "de": "Vom Schalter bis zum Kabel, in drei Fragen."},
    [
        {
            "key": "power", "ask": {"en": "Does the display light up?", "de": "Leuchtet die Anzeige?"},
            "hint": {"en": "Press the button on the left of the handlebar for two seconds.", "de": "Den Knopf links am Lenker zwei Sekunden drücken."},
            "answers": [_answer("yes", "Yes", "Ja", to="cable"), _answer("no", "No", "Nein", to="charged")],
        },
        {
            "key": "charged", "ask": {"en": "Charge the battery for an hour. Does it light up now?", "de": "Den Akku eine Stunde laden. Leuchtet sie jetzt?"},
            "hint": {}, "answers": [_answer("works", "Yes, all works", "Ja, alles geht", end="solved"), _answer("still", "Still dark", "Noch immer dunkel", end="hand_over")],
        },
        {
            "key": "cable", "ask": {"en": "Is the cable behind the fork plugged in?", "de": "Steckt das Kabel hinter der Gabel?"},
            "hint": {"en": "It clicks when it sits.", "de": "Es klickt, wenn es sitzt."},
            "answers": [_answer("now", "It was loose, now it works", "Es war lose, jetzt geht es", end="solved"), _answer("sits", "It sits, and stays dark", "Es sitzt und bleibt dunkel", end="hand_over")],
        },
    ],
    asks_device=True,
)  # fmt: skip
_MOTOR = WrittenGuide(
    {"en": "The motor does not help"},
    {"en": "What to look at before you come to the workshop."},
    [
        {
            "key": "speed", "ask": {"en": "Does it stop at 25 km/h only?"}, "hint": {},
            "answers": [_answer("yes", "Yes", "Ja", end="solved"), _answer("no", "No, also below", "Nein, auch darunter", to="code")],
        },
        {
            "key": "code", "ask": {"en": "Does the display show a code?"}, "hint": {"en": "It begins with E."},
            "answers": [_answer("e01", "E01", "E01", to="magnet"), _answer("other", "Another one, or none", "Ein anderer oder keiner", end="hand_over")],
        },
        {
            "key": "magnet", "ask": {"en": "Turn the magnet on the spoke to the sensor. Does it help now?"}, "hint": {},
            "answers": [_answer("yes", "Yes", "Ja", end="solved"), _answer("no", "No", "Nein", end="hand_over")],
        },
    ],
)  # fmt: skip
