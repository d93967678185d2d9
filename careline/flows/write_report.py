"""The report on common issues, written out in the reader's language: why people write, what changed, what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

import careline.domain.reports
from careline.domain.company.queries import company
from careline.domain.conversations.queries.structure import in_language
from careline.domain.reports.queries.issues import Issue, emerging
from careline.domain.reports.queries.summary import MOST_REASONS, Example, Issues, Reason, issues_of
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.periods import Period, before, period_of
from careline.domain.reports.rules.summary import Change
from careline.domain.staff.rules import Person
from careline.flows.reported_figures import figures_told
from careline.flows.transcript import FONTS, is_rtl
from careline.kit.typeset import pdf_of

TEMPLATE = Path(careline.domain.reports.__file__).parent / "documents" / "issues.typ"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, with the cases that stand for it."""

    text: str
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Words, and the figures they were made of."""

    title: str
    sections: tuple[Section, ...]
    issues: Issues


def write_report(agent: Person, *, every: str, on: date, for_mail: bool = False) -> Report:
    """On the week or month in which a day lies, in the language that is spoken just now. `for_mail`: no restricted case is named.
    Raises Forbidden."""
    period = period_of(every, on)
    found = issues_of(agent, period, before(period, every), with_restricted=not for_mail)
    rising = emerging(agent, Asked(period.begins, period.last), language=get_language() or "en")
    title = _("Common issues, %(days)s") % {"days": days_of(period)}
    told = (_whole(found), _did(found), _reasons(found), _changed(found, rising), _articles(found), _fixes(found))
    return Report(title, tuple(section for section in told if section.paragraphs), found)


def pdf_of_report(report: Report, *, at: datetime) -> bytes:
    """As a document of one or two pages. Raises CannotTypeset."""
    found = company()
    language = (get_language() or "en")[:2]
    data = {
        "title": report.title, "rtl": language == "ar", "language": language, "fonts": FONTS, "company": found.name if found else "",
        "made": f"{found.name if found else 'Careline'}, {_day(at.date())}",
        "sections": [
            {"heading": section.heading, "paragraphs": [_set(text) for text in section.paragraphs],
             "items": [{**_set(item.text), "examples": [_set(words_of(one)) for one in item.examples]} for item in section.items]}
            for section in report.sections
        ],
    }  # fmt: skip
    return pdf_of(TEMPLATE, data)


def text_of_report(report: Report, *, address: str) -> str:
    """As plain text for a mail; `address`: where all of it is read with its cases."""
    return "\n".join([*_lines(report), _("All of it, with its cases: %(address)s") % {"address": address}, ""])


def words_of(example: Example) -> str:
    return f"#{example.number} {example.subject or _('(no subject)')}"


def days_of(period: Period) -> str:
    return _("%(first)s to %(last)s") % {"first": _day(period.begins), "last": _day(period.last)}


def name_of(one: Reason) -> str:
    return in_language(one.names, get_language() or "en")


def change_words(change: Change) -> str:
    """What the difference to the period before is worth, as a sentence."""
    words = {
        "more": _("%(before)s in the period before: the rise is more than chance."),
        "fewer": _("%(before)s in the period before: the fall is more than chance."),
        "noise": _("%(before)s in the period before: the difference may well be chance."),
        "too_few": _("%(before)s in the period before: too few to speak of a change."),
    }
    return words[change.judgement] % {"before": change.before}


def _whole(found: Issues) -> Section:
    now = ngettext(
        "%(num)s case was opened from %(days)s.", "%(num)s cases were opened from %(days)s.", found.total.now
    )
    said = (now % {"num": found.total.now, "days": days_of(found.period)}, change_words(found.total))
    return Section(_("The whole"), (" ".join(said),))


def _did(found: Issues) -> Section:
    """Left out where nothing was measured."""
    told = figures_told(found.figures)
    lead = (_("Each beside the period before; of fewer than ten cases nothing is said."),) if told else ()
    return Section(_("How we answered"), lead, tuple(Item(words) for words in told))


def _reasons(found: Issues) -> Section:
    top = [one for one in found.reasons[:MOST_REASONS] if one.change.now]
    if not found.total.now:
        return Section(_("Why people wrote"), (_("Nobody wrote in this period."),))
    said = [_("The most frequent topics, each with the latest cases.")] if top else []
    if found.untold:
        untold = ngettext(
            "%(num)s case bears no topic: the more bear one, the more can be said here.",
            "%(num)s cases bear no topic: the more bear one, the more can be said here.", found.untold,
        )  # fmt: skip
        said.append(untold % {"num": found.untold})
    return Section(_("Why people wrote"), tuple(said), tuple(_reason(one, found.total.now) for one in top))


def _reason(one: Reason, total: int) -> Item:
    cases = ngettext(
        "%(name)s: %(num)s case, %(share)s %% of all.", "%(name)s: %(num)s cases, %(share)s %% of all.", one.change.now
    )
    words = [
        cases % {"name": name_of(one), "num": one.change.now, "share": round(100 * one.change.now / max(1, total))}
    ]
    if one.reopened:
        again = ngettext("%(num)s was reopened.", "%(num)s were reopened.", one.reopened)
        words.append(again % {"num": one.reopened})
    return Item(" ".join([*words, change_words(one.change)]), one.examples)


def _changed(found: Issues, rising: list[Issue]) -> Section:
    heading, items = _("What changed"), [Item(_moved(one)) for one in found.moved]
    said = [_("These topics rose or fell by more than chance, as many as are looked at here.")] if items else []
    if rising:
        said.append(_("A topic that stands out has far more cases on a day than the week before it explains."))
    items += [Item(_stood_out(one)) for one in rising]
    return Section(
        heading, tuple(said or [_("No topic rose or fell by more than chance would have it.")]), tuple(items)
    )


def _stood_out(one: Issue) -> str:
    words = ngettext(
        "%(name)s stood out on %(day)s: %(num)s case, %(mean)s a day before.",
        "%(name)s stood out on %(day)s: %(num)s cases, %(mean)s a day before.", one.judged.count,
    )  # fmt: skip
    mean = format_decimal(round(one.judged.mean, 1), locale=(get_language() or "en").replace("-", "_"))
    return words % {"name": one.label, "day": _day(one.day), "num": one.judged.count, "mean": mean}


def _moved(one: Reason) -> str:
    words = {
        "more": _("%(name)s rose from %(before)s to %(now)s."),
        "fewer": _("%(name)s fell from %(before)s to %(now)s."),
    }
    return words[one.change.judgement] % {"name": name_of(one), "before": one.change.before, "now": one.change.now}


def _articles(found: Issues) -> Section:
    items = [
        Item(_("“%(words)s” was looked for %(times)s times in vain: an article would answer it.") % {"words": row.words, "times": row.times})
        for row in found.searches
    ]  # fmt: skip
    for names, cases in found.unwritten:
        said = ngettext(
            "%(name)s: %(num)s case was resolved without an article.",
            "%(name)s: %(num)s cases were resolved without an article.",
            cases,
        )
        items.append(Item(said % {"name": in_language(names, get_language() or "en"), "num": cases}))
    lead = (
        _("Articles that would spare people the question.")
        if items
        else _("No article is missing that people looked for.")
    )
    return Section(_("Articles to write"), (lead,), tuple(items))


def _fixes(found: Issues) -> Section:
    items = [Item(_problem(one)) for one in found.problems]
    items += [Item(f"{name_of(one)}: {_contacts(one)} {change_words(one.change)}") for one in found.products]
    lead = (
        _("What would end the questions at their source.")
        if items
        else _("No known issue was written about, and no product rose.")
    )
    return Section(_("What to mend in the product"), (lead,), tuple(items))


def _problem(one: Reason) -> str:
    state = _("It is still open.") if one.is_open else _("It is solved by now.")
    return f"{name_of(one)}: {_contacts(one)} {state}"


def _contacts(one: Reason) -> str:
    words = ngettext("%(num)s case, %(before)s before.", "%(num)s cases, %(before)s before.", one.change.now)
    return words % {"num": one.change.now, "before": one.change.before}


def _day(on: date) -> str:
    return formats.date_format(on, "DATE_FORMAT")


def _set(text: str) -> dict[str, Any]:
    return {"text": text, "rtl": is_rtl(text)}


def _lines(report: Report) -> Iterator[str]:
    for section in report.sections:
        yield from (section.heading, "-" * len(section.heading), *section.paragraphs, "")
        for item in section.items:
            yield f"* {item.text}"
            yield from (f"    {words_of(one)}" for one in item.examples)
        if section.items:
            yield ""
