"""Examples of what a register goes by: two rule sets, categories and causes, to begin with and to change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.complaints.commands import book
from careline.domain.complaints.commands.book import NewRules
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import categories, causes, rule_codes
from careline.domain.complaints.rules.terms import (
    ACKNOWLEDGEMENT,
    BUSINESS_DAYS,
    DAYS,
    FINAL,
    HOLDING,
    WEEKS,
    Term,
    Terms,
)
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.keep_complaint_rules import VERB

EIGHT_WEEKS = Terms(
    {ACKNOWLEDGEMENT: Term(3, BUSINESS_DAYS, 1), HOLDING: Term(4, WEEKS, 3), FINAL: Term(8, WEEKS, 7)}, Term(4, WEEKS)
)
SIXTY_DAYS = Terms({ACKNOWLEDGEMENT: Term(15, DAYS, 5), FINAL: Term(60, DAYS, 10)}, Term(30, DAYS))


def take_examples(agent: Person, *, by: Actor, at: datetime) -> None:
    """Into an empty register, in the company's language. Raises Forbidden, ComplaintRefused."""
    require(agent, VERB)
    with transaction.atomic(), translation.override(languages()[0]):
        if rule_codes() or categories(with_old=True) or causes(with_old=True):
            raise ComplaintRefused(
                "not_empty", "There is something here already: the examples are for an empty register."
            )
        for new in (
            NewRules("eight-weeks", _("3 business days and 8 weeks"), EIGHT_WEEKS, at),
            NewRules("sixty-days", _("15 and 60 days"), SIXTY_DAYS, at, country="US"),
        ):
            book.add_rules(new, author=agent.id, by=by, at=at)
        for name in (
            _("Delivery"),
            _("Quality of goods"),
            _("Service and manners"),
            _("Price and billing"),
            _("Data protection"),
        ):
            book.save_category(None, name=name, by=by, at=at)
        for name, below in _tree():
            parent = book.save_cause(None, name=name, parent=None, by=by, at=at)
            for child in below:
                book.save_cause(None, name=child, parent=parent, by=by, at=at)


def _tree() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (_("Goods"), (_("Made wrongly"), _("Described wrongly"))),
        (_("Way of delivery"), (_("Lost or damaged on the way"), _("Late"))),
        (_("People"), (_("Wrong information"), _("Tone"), _("No answer"))),
        (_("Systems"), (_("Charged wrongly"), _("Out of order"))),
        (_("Rules of ours"), ()),
    )
