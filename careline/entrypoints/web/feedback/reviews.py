"""What stands about us in public, and where it is answered."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.followups.queries.voices import reviews
from careline.domain.staff.rules import may, reach_of, require
from careline.entrypoints.web.feedback.words import review_row, source_words, sources
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_words, said
from careline.flows.open_case import Opening
from careline.flows.record_feedback import READ, WRITE, answer_review, record_review

SHOWN = 50


def listed(visit: Visit) -> HttpResponse:
    require(visit.person, READ)
    found = reviews(
        reach_of(visit.person, "conversation:read"), before=whole_number(visit.asked.get("after")), limit=SHOWN + 1
    )
    rows = [
        review_row(row) | {"case_url": f"/conversations/{row.number}", "at": iso(row.recorded_at),
                           "when": moment_words(row.recorded_at, at=visit.at, zone=visit.zone)}
        for row in found[:SHOWN]
    ]  # fmt: skip
    return page(
        visit, "feedback/reviews", "feedback", _("Public reviews"), rows=rows, more=next_page("/reviews", found, SHOWN),
        may_record=may(visit.person, WRITE),
    )  # fmt: skip


def form(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, WRITE)
    given = visit.form if error else {}
    names = ("source", "url", "author", "mail", "stars", "text", "posted_on")
    return page(
        visit, "feedback/review", "feedback", _("Record a review"), status=status, error=error, sources=sources(),
        given={name: given.get(name, "") for name in names},
    )  # fmt: skip


def recorded(visit: Visit) -> HttpResponse:
    """A case of its own: answered by mail where the author's address is known, else beside it."""
    require(visit.person, WRITE)
    sent = visit.form
    stars, source = whole_number(sent.get("stars")), sent.get("source", "")
    author, mail = sent.get("author", "").strip()[:200], sent.get("mail", "").strip()[:320]
    channel = next(iter(channels(kind="email")), None)
    if channel is None or (mail and "@" not in mail):
        return form(visit, error=_("This is no mail address."), status=422)
    sender = Recipient(mail, author) if mail else None
    title = f"{source_words(source)}: {'★' * min(stars or 0, 5)} {author}".strip()
    opening = Opening(
        "incoming" if sender else "note", channel, sender=sender, subject=title, text=sent.get("text", "")
    )
    try:
        number = record_review(
            visit.person, opening, source=source, url=sent.get("url", "").strip(), author=author, stars=stars,
            posted_on=_day(sent.get("posted_on", "")), by=visit.by, at=visit.at,
        )  # fmt: skip
    except Refused as refusal:
        return form(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/conversations/{number}")


def answered(visit: Visit, number: int) -> HttpResponse:
    answer_review(visit.person, number, text=visit.form.get("text", ""), by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/conversations/{number}"})


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
