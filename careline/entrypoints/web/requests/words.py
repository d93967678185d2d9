"""Service requests in words: states, kinds of steps, values, what happened."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.company.queries import languages
from careline.domain.forms.rules.content import Field, Words, words_in
from careline.domain.requests.rules.content import Content
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words
from careline.kit.money import Money

STATES = {
    "open": gettext_noop("In progress"), "waiting": gettext_noop("Waits for the customer"), "done": gettext_noop("Finished"),
    "withdrawn": gettext_noop("Withdrawn"),
}  # fmt: skip
OUTCOMES = {"approved": gettext_noop("Approved"), "denied": gettext_noop("Denied")}
STEP_KINDS = {
    "check": gettext_noop("Check"), "papers": gettext_noop("Papers"), "decision": gettext_noop("Decision"), "task": gettext_noop("Task"),
    "letter": gettext_noop("Letter to the customer"),
}  # fmt: skip
PAPER_STATES = {
    "asked": gettext_noop("Asked for"), "received": gettext_noop("Received"), "checked": gettext_noop("Checked"),
    "rejected": gettext_noop("Rejected"),
}  # fmt: skip
COMPARISONS = {
    "at_least": gettext_noop("at least"), "at_most": gettext_noop("at most"), "is": gettext_noop("is"), "is_not": gettext_noop("is not"),
}  # fmt: skip
TARGETS = {
    "name": gettext_noop("the customer's name"), "email": gettext_noop("a mail address"), "phone": gettext_noop("a telephone number"),
    "postal": gettext_noop("the postal address"), "bank": gettext_noop("the bank account"),
    "cancel_subscription": gettext_noop("the end of the subscription or policy of this number"),
}  # fmt: skip
LETTERS = {
    "approved": gettext_noop("When it is approved"), "denied": gettext_noop("When it is denied"),
    "offered": gettext_noop("When something else is offered"), "asked": gettext_noop("When papers are missing"),
}  # fmt: skip
_HAPPENED = {
    "opened": gettext_noop("opened it"), "step_done": gettext_noop("finished a step"), "approval_asked": gettext_noop("asked for approval"),
    "offered": gettext_noop("offered something else"), "offer_declined": gettext_noop("declined the offer"), "approved": gettext_noop("approved it"),
    "denied": gettext_noop("denied it"), "carried_out": gettext_noop("It was carried out"), "withdrawn": gettext_noop("withdrew it"),
    "late": gettext_noop("A step is late"), "paper_received": gettext_noop("brought in a paper"), "paper_checked": gettext_noop("checked a paper"),
    "paper_rejected": gettext_noop("rejected a paper"), "finished": gettext_noop("It is finished"),
}  # fmt: skip


def said_in(words: Words, visit: Visit) -> str:
    return words_in(words, visit.language, otherwise=languages())


def chip_of(row: Any) -> dict[str, str]:
    """The outcome where there is one, else where it stands."""
    if row.outcome:
        return {"text": _(OUTCOMES[row.outcome]), "kind": "resolved" if row.outcome == "approved" else "late"}
    kind = {"open": "open", "waiting": "waiting"}.get(row.state, "")
    return {"text": _(STATES[row.state]), "kind": kind}


def money_words(minor: int | None, currency: str, visit: Visit) -> str:
    return Money(minor, currency).words(visit.language) if minor is not None else ""


def value_words(one: Field, value: Any, visit: Visit) -> str:
    """As somebody reads it: choices by their names."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    names = {option.code: said_in(option.name, visit) for option in one.options}
    values = value if isinstance(value, list) else [value]
    return ", ".join(names.get(str(each), str(each)) for each in values)


def answers_shown(content: Content, values: dict[str, Any], visit: Visit) -> list[tuple[str, str]]:
    return [
        (said_in(one.label, visit), value_words(one, values[one.key], visit))
        for one in content.fields
        if one.key in values
    ]


def happening_shown(row: Any, visit: Visit) -> dict[str, str] | None:
    """None for what says nothing to people."""
    name = row.name.partition(".")[2]
    if name not in _HAPPENED:
        return None
    who = row.agent_name or (_("The customer") if row.actor_kind == "customer" else "Careline")
    return {
        "who": who,
        "words": _(_HAPPENED[name]),
        "at": iso(row.at),
        "when": moment_words(row.at, at=visit.at, zone=visit.zone),
    }
