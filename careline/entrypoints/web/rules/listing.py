"""The rules in their order: switched on and off, moved, removed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.automation.rules.book import Book, Ready
from careline.domain.staff.rules import may_over
from careline.domain.triggers.queries.rules import figures_of
from careline.entrypoints.web.gone import gone_words
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.rules.examples import examples
from careline.entrypoints.web.rules.names import WHENS
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text
from careline.flows.change_rule import VERB, move_rule, remove_rule, rules_for, switch_rule


def rules(visit: Visit) -> HttpResponse:
    return page(visit, "rules/rules", "settings", _("Rules"), **_shown(visit), examples=examples())


def switched(visit: Visit, key: int) -> HttpResponse:
    switch_rule(visit.person, key, on=visit.form.get("on") == "yes", by=visit.by, at=visit.at)
    return _list(visit)


def moved(visit: Visit, key: int) -> HttpResponse:
    move_rule(visit.person, key, to=whole_number(visit.form.get("to")) or 1, by=visit.by, at=visit.at)
    return _list(visit)


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_rule(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/rules"})


def _list(visit: Visit) -> HttpResponse:
    return part(visit, "rules/_rules", **_shown(visit))


def _shown(visit: Visit) -> dict[str, Any]:
    return {"rules": _rows(visit), "may_order": may_over(visit.person, VERB)}


def _rows(visit: Visit) -> list[dict[str, Any]]:
    rows = rules_for(visit.person)
    figures, book = figures_of([row.id for row in rows], at=visit.at), Book(visit.at)
    return [_row(visit, n, row, figures.get(row.id), book, len(rows)) for n, row in enumerate(rows, 1)]


def _row(visit: Visit, n: int, row: Any, figure: Any, book: Book, count: int) -> dict[str, Any]:
    acted = figure.acted if figure else 0
    whens = _(", ").join(_(WHENS.get(when, when)) for when in row.whens)
    return {
        "id": row.id, "url": f"/rules/{row.id}", "name": row.name, "n": n, "is_active": row.is_active, "is_last": n == count,
        "when": whens or _("Looked at each minute"), "stops": row.stops, "broken": _broken(book.ready(row)),
        "acted": ngettext("%(n)s time in 7 days", "%(n)s times in 7 days", acted) % {"n": acted},
        "last": moment_text(figure.last_at, at=visit.at, zone=visit.zone) if figure else "",
    }  # fmt: skip


def _broken(ready: Ready) -> str:
    """Why it does nothing, and what mends it."""
    return gone_words((told["missing"], str(told["which"])) for told in ready.against) if ready.is_broken else ""
