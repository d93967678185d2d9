"""What is done with a complaint on its page: each step by its name in one form, letters and corrective actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import letters
from careline.domain.complaints.queries.register import correction_by_id, entry_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.desk.queries.complaints import complaint_for
from careline.domain.files.queries import content_of
from careline.entrypoints.web.complaints import words
from careline.entrypoints.web.complaints.shown import shown
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows import close_complaint, correct_cause
from careline.flows.complaint_words import number_words
from careline.flows.extend_complaint import extend_complaint
from careline.flows.handle_complaint import change_complaint, decide_complaint, note_on_complaint
from careline.flows.hold_complaint import WORK
from careline.flows.write_complaint_letter import LetterWanted, complaint_letter, write_complaint_letter

_KEYS = ("category", "product", "about", "owner", "investigator")
_WORDS = ("severity", "complainant", "country", "text", "wish")
_VIEWS = {"yes": True, "no": False}


def stepped(visit: Visit, key: int) -> HttpResponse:
    complaint_for(visit.person, key, verb=WORK)
    step = _STEPS.get(visit.form.get("step", ""))
    try:
        if step is None:
            raise ComplaintRefused("bad_step", "There is no such step.")
        step(visit, key)
    except Refused as refusal:
        return shown(visit, key, error=said(refusal), status=422)
    # Who has said that it is about themselves doesn't see it any more.
    is_mine = visit.form.get("about") == str(visit.person.id)
    return HttpResponseRedirect("/complaints" if is_mine else f"/complaints/{key}")


def corrected(visit: Visit, correction: int) -> HttpResponse:
    """Done, or checked."""
    form, found = visit.form, correction_by_id(correction)
    if found is None:
        raise NotFound("There is no such corrective action.")
    key, how = found.complaint_id, dict[str, Any](by=visit.by, at=visit.at)
    complaint_for(visit.person, key, verb=WORK)
    try:
        if form.get("step") == "check":
            helped = form.get("helped") == "yes"
            correct_cause.check_correction(
                visit.person, correction, is_effective=helped, finding=form.get("words", ""), **how
            )
        else:
            correct_cause.finish_correction(visit.person, correction, result=form.get("words", ""), **how)
    except Refused as refusal:
        return shown(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/complaints/{key}")


def letter(visit: Visit, key: int, kind: str, *, error: str = "", status: int = 200) -> HttpResponse:
    """What it would say, to be changed before it leaves."""
    chosen = whole_number(visit.asked.get("letter"))
    prepared = complaint_letter(visit.person, key, kind, letter=chosen, at=visit.at)
    row = complaint_for(visit.person, key)
    fitting = [(str(one.id), one.name) for one in letters(kind=kind) if one.outcome in ("", row.outcome)]
    return page(
        visit, "complaints/letter", "complaints", _(words.KINDS[kind]), status=status, error=error, url=f"/complaints/{key}", kind=kind,
        number=number_words(key), text=visit.form.get("text", "") if error else prepared.text, written_in=prepared.language,
        unfilled=list(prepared.unfilled), letters=fitting, letter=str(prepared.letter or ""), ways=words.pairs(words.WAYS), case=row.number,
        way=visit.form.get("way", "reply") if error else "reply",
    )  # fmt: skip


def letter_sent(visit: Visit, key: int, kind: str) -> HttpResponse:
    form = visit.form
    wanted = LetterWanted(kind, form.get("way", "reply"), form.get("text", "").replace("\r\n", "\n"))
    try:
        write_complaint_letter(visit.person, key, wanted, by=visit.by, at=visit.at)
    except Refused as refusal:
        if getattr(refusal, "code", "") in ("already_answered", "complaint_closed"):
            return shown(visit, key, error=said(refusal), status=422)
        return letter(visit, key, kind, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/complaints/{key}")


def paper(visit: Visit, key: int, entry: int) -> HttpResponse:
    """A letter that was kept as PDF."""
    complaint_for(visit.person, key)
    found = entry_of(key, entry)
    if found is None or found.paper_id is None:
        raise NotFound("There is no such letter.")
    response = HttpResponse(content_of(found.paper_id), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{number_words(key)}-{found.what}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _change(visit: Visit, key: int) -> None:
    form = visit.form
    wanted: dict[str, Any] = {name: whole_number(form.get(name)) for name in _KEYS if name in form}
    wanted |= {name: form[name] for name in _WORDS if name in form}
    change_complaint(visit.person, key, wanted, by=visit.by, at=visit.at)


def _note(visit: Visit, key: int) -> None:
    note_on_complaint(visit.person, key, visit.form.get("words", ""), by=visit.by, at=visit.at)


def _decide(visit: Visit, key: int) -> None:
    form = visit.form
    decide_complaint(
        visit.person, key, form.get("outcome", ""), reasons=form.get("reasons", ""), cause=whole_number(form.get("cause")),
        remedies=form.getlist("remedy"), by=visit.by, at=visit.at,
    )  # fmt: skip


def _extend(visit: Visit, key: int) -> None:
    extend_complaint(
        visit.person, key, until=_day(visit, "until"), reason=visit.form.get("words", ""), by=visit.by, at=visit.at
    )


def _close(visit: Visit, key: int) -> None:
    view = _VIEWS.get(visit.form.get("satisfied", ""))
    close_complaint.close_complaint(
        visit.person, key, is_satisfied=view, view=visit.form.get("words", ""), by=visit.by, at=visit.at
    )


def _withdraw(visit: Visit, key: int) -> None:
    close_complaint.withdraw_complaint(visit.person, key, reason=visit.form.get("words", ""), by=visit.by, at=visit.at)


def _reopen(visit: Visit, key: int) -> None:
    close_complaint.reopen_complaint(visit.person, key, reason=visit.form.get("words", ""), by=visit.by, at=visit.at)


def _refer(visit: Visit, key: int) -> None:
    form = visit.form
    close_complaint.refer_complaint(
        visit.person, key, body=form.get("body", ""), on=_day(visit, "on"), reference=form.get("reference", ""), by=visit.by, at=visit.at
    )  # fmt: skip


def _end_referral(visit: Visit, key: int) -> None:
    outcome = visit.form.get("words", "")
    close_complaint.end_referral(visit.person, key, outcome=outcome, on=_day(visit, "on"), by=visit.by, at=visit.at)


def _correct(visit: Visit, key: int) -> None:
    form = visit.form
    correct_cause.ask_correction(
        visit.person, key, text=form.get("words", ""), owner=whole_number(form.get("owner")) or 0, due_on=_day(visit, "due_on"),
        check_after=whole_number(form.get("check_after")) or 30, by=visit.by, at=visit.at,
    )  # fmt: skip


def _day(visit: Visit, name: str) -> date:
    try:
        return date.fromisoformat(visit.form.get(name, ""))
    except ValueError:
        raise ComplaintRefused("bad_day", "Name the day.") from None


_STEPS: dict[str, Callable[[Visit, int], None]] = {
    "change": _change, "note": _note, "decide": _decide, "extend": _extend, "close": _close, "withdraw": _withdraw, "reopen": _reopen,
    "refer": _refer, "end_referral": _end_referral, "correct": _correct,
}  # fmt: skip
