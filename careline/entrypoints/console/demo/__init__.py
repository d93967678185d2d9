"""The company of `careline demo`: Northwind Bikes with some 300 cases of the last 60 days.

Nothing here writes a case by itself: mails go through intake, answers through the flows, so history, counts and threads are
true. Words are in words/, what they look like as mail in letters.py, when they were said in plan.py.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from careline.domain.company.queries import company
from careline.domain.history.commands import make_months, move_cursor
from careline.domain.history.queries import newest_cursor
from careline.entrypoints.console.demo.aftercare import care_afterwards
from careline.entrypoints.console.demo.authority import give_authority
from careline.entrypoints.console.demo.chatting import chat_on_the_site
from careline.entrypoints.console.demo.customers import make_writers
from careline.entrypoints.console.demo.desk_work import lay_out_work
from careline.entrypoints.console.demo.finding_there import help_oneself
from careline.entrypoints.console.demo.forms_there import put_up_forms
from careline.entrypoints.console.demo.grievances import hear_complaints
from careline.entrypoints.console.demo.help_centre import open_help_centre
from careline.entrypoints.console.demo.house import found_northwind
from careline.entrypoints.console.demo.in_time import work_in_time
from careline.entrypoints.console.demo.known_people import know_people
from careline.entrypoints.console.demo.loyal import keep_friends
from careline.entrypoints.console.demo.oddities import oddities
from careline.entrypoints.console.demo.offered import offer_and_register
from careline.entrypoints.console.demo.plan import DAYS, Case, moments
from careline.entrypoints.console.demo.portal import open_pages
from careline.entrypoints.console.demo.ready import write_ready_words
from careline.entrypoints.console.demo.reasons import rising, say_why, send_new_lights
from careline.entrypoints.console.demo.sent_back import send_back
from careline.entrypoints.console.demo.served import serve_by_period
from careline.entrypoints.console.demo.sold import sell
from careline.entrypoints.console.demo.structure import put_in_order
from careline.entrypoints.console.demo.telling import Telling
from careline.entrypoints.console.demo.today import lay_out_today
from careline.entrypoints.console.demo.written import look_back
from careline.entrypoints.worker.reader import NAME as REACTIONS
from careline.kit import clock


def seed() -> None:
    """Fills an empty install, all or nothing; leaves one that has a company alone."""
    if company() is not None:
        return
    at = clock.now()
    settings.SMTP_URL = ""  # what was said in the past is told, not sent once more
    with transaction.atomic():
        tell(now=at)
    # The worker must not react now to what happened then.
    end = newest_cursor()
    move_cursor(REACTIONS, tx=end.tx, happening=end.happening, at=at)


def tell(*, now: datetime) -> None:
    """Everything that happened in the company up to `now`."""
    chance = random.Random(1001)  # noqa: S311  the same company every time
    began = now - timedelta(days=DAYS + 5)
    make_months(began)
    house = found_northwind(at=began)
    write_ready_words(at=began)
    telling = Telling(house, chance)
    writers = make_writers(chance=chance, at=began)
    told = moments(writers, now=now, chance=chance)
    happenings = [(moment.at, lambda moment=moment: telling.tell(moment)) for moment in told]
    dark, darkening = rising(house, writers, now=now)
    others = [*oddities(telling, now=now), *darkening]
    for _, happen in sorted([*happenings, *(odd for odd in others if odd[0] < now)], key=lambda each: each[0]):
        happen()
    cases: dict[int, Case] = {moment.case.number: moment.case for moment in told}
    lay_out_today(telling, list(cases.values()), now=now)
    lay_out_work(house, now=now)
    put_in_order(list(cases.values()), now=now)
    say_why(house, [*cases.values(), *dark], now=now)
    know_people(writers, chance=random.Random(7), now=now)  # noqa: S311
    work_in_time(house, writers, list(cases.values()), now=now)
    sell(house, writers, now=now)
    keep_friends(house, now=now)
    give_authority(house, list(cases.values()), now=now)
    send_back(house, list(cases.values()), now=now)
    serve_by_period(house, list(cases.values()), now=now)
    offer_and_register(house, list(cases.values()), now=now)
    hear_complaints(house, list(cases.values()), now=now)
    open_help_centre(house, now=now)
    help_oneself(house, list(cases.values()), now=now)
    open_pages(writers, list(cases.values()), now=now)
    put_up_forms(house, now=now)
    chat_on_the_site(house, now=now)
    care_afterwards(house, now=now)
    look_back(house, now=now)
    send_new_lights(house, dark)
