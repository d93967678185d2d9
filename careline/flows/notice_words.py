"""What people are told, in words: at the bell, on a device's screen and in a mail."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.notifications.rules import kinds


def sentence_of(kind: str, *, count: int, number: int) -> str:
    """One sentence, as in "3 new answers in #12"."""
    return _SAID[kind](count) % {"num": count, "number": number}


def kind_words(kind: str) -> tuple[str, str]:
    """Its name and when it comes, as the page of choices shows it."""
    name, when = {
        kinds.OFFERED: (_("Offered to me"), _("A case waits for me to accept it in time.")),
        kinds.ASSIGNED: (_("Assigned to me"), _("A colleague or a queue gave me a case.")),
        kinds.MENTIONED: (_("Mentioned"), _("A colleague named me in a note.")),
        kinds.ANSWERED: (_("The customer wrote"), _("In a case that I have or follow.")),
        kinds.NOTE: (_("A colleague's note"), _("In a case that I have or follow.")),
        kinds.NEAR: (_("A promise is about to break"), _("A promised time of my case is nearly over.")),
        kinds.BROKEN: (_("A promise broke"), _("A promised time of my case is over.")),
        kinds.ESCALATED: (_("Escalated to me"), _("A case came up to me, or to my team.")),
        kinds.APPROVAL: (_("Asked to approve"), _("A colleague needs my decision.")),
        kinds.DECIDED: (_("My request was decided"), _("Somebody approved or denied what I asked for.")),
        kinds.COMPLAINT: (
            _("A complaint is mine"),
            _("One was given to me, its time is nearly over, or something is due after it."),
        ),
        kinds.FOLLOW_UP: (_("A follow-up is due"), _("I promised to come back to a customer by now.")),
        kinds.PRAISE: (_("A customer praised me"), _("Somebody recorded what a customer said about me.")),
        kinds.FAILED: (_("My message did not arrive"), _("It could not be sent, or came back.")),
        kinds.RULE: (_("A rule tells me"), _("A rule of the house asks for my attention.")),
    }[kind]
    return name, when


_SAID: dict[str, Callable[[int], str]] = {
    kinds.OFFERED: lambda n: _("#%(number)s waits for you to accept it"),
    kinds.ASSIGNED: lambda n: _("#%(number)s was given to you"),
    kinds.MENTIONED: lambda n: ngettext(
        "You were mentioned in #%(number)s", "You were mentioned %(num)s times in #%(number)s", n
    ),
    kinds.ANSWERED: lambda n: ngettext("New answer in #%(number)s", "%(num)s new answers in #%(number)s", n),
    kinds.NOTE: lambda n: ngettext("New note in #%(number)s", "%(num)s new notes in #%(number)s", n),
    kinds.NEAR: lambda n: _("A promise in #%(number)s is about to break"),
    kinds.BROKEN: lambda n: _("A promise in #%(number)s broke"),
    kinds.ESCALATED: lambda n: _("#%(number)s was escalated to you"),
    kinds.APPROVAL: lambda n: ngettext(
        "A request in #%(number)s waits for your decision", "%(num)s requests in #%(number)s wait for your decision", n
    ),
    kinds.DECIDED: lambda n: _("Your request in #%(number)s was decided"),
    kinds.FOLLOW_UP: lambda n: _("Your follow-up in #%(number)s is due"),
    kinds.PRAISE: lambda n: _("A customer praised you in #%(number)s"),
    kinds.COMPLAINT: lambda n: _("A complaint in #%(number)s needs you"),
    kinds.FAILED: lambda n: ngettext(
        "A message of yours in #%(number)s did not arrive", "%(num)s messages of yours in #%(number)s did not arrive", n
    ),
    kinds.RULE: lambda n: _("A rule points you to #%(number)s"),
}
