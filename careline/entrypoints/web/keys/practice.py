"""Practice: made-up cases on which a newcomer learns the keys; nothing of it leaves the page, and nothing is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.entrypoints.web.keymap import BY_NAME
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of


def practice(visit: Visit) -> HttpResponse:
    """The steps are named after the actions of the keymap; what each does to the made-up cases, practice.js says."""
    steps = [
        {"name": name, "label": _(BY_NAME[name].label), "symbol": BY_NAME[name].symbol, "why": why} for name, why in _steps()
    ]  # fmt: skip
    cases = [
        {"name": name, "initials": initials_of(name), "subject": subject, "text": text} for name, subject, text in _cases()
    ]  # fmt: skip
    return page(visit, "keys/practice", "settings", _("Practise the keys"), steps=steps, cases=cases)


def _steps() -> list[tuple[str, str]]:
    return [
        ("next", _("Down the list, one case at a time.")), ("next", _("Once more.")), ("previous", _("And up again.")),
        ("open", _("Read it: the case opens beside the list.")), ("take", _("It is yours now: nobody else starts on it.")),
        ("tags", _("A word by which it is found and counted.")), ("reply", _("Begin an answer. Write a few words.")),
        ("send", _("It goes. For ten seconds you can take it back.")), ("resolve", _("Done: it leaves the list.")),
        ("undo", _("Not done after all? What was done last comes back.")), ("snooze", _("It comes back when it is time.")),
        ("choose", _("Several at once: choose this one …")), ("choose_next", _("… and the next.")),
        ("resolve", _("Both are done.")), ("palette", _("Forgot a key? Say what you want: each action shows its key. Escape closes it.")),
        ("sheet", _("And here they all stand. Escape closes it.")),
    ]  # fmt: skip


def _cases() -> list[tuple[str, str, str]]:
    return [
        ("Carol Jensen", _("Where is my parcel?"), _("I ordered a helmet last week, and nothing has come yet.")),
        ("Dan Whitfield", _("The brakes squeal"), _("Since the rain the front brake squeals. What can I do?")),
        ("Mia Keller", _("A bill for the office"), _("Please send the bill to the address of our office.")),
        ("Omar Haddad", _("Thank you!"), _("The repair was quick and good. Best shop in town.")),
        ("Ines Moreau", _("A test ride on Saturday"), _("May I try the E-bike on Saturday at ten?")),
        ("Jonas Weidner", _("The wrong size"), _("The jersey is too small. Can I have the next size?")),
    ]
