"""A form's pages: empty, one step further, sent."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from careline.domain.company.queries import site_of
from careline.domain.forms.queries import FormRow, form_at, forms
from careline.domain.forms.rules.content import words_in
from careline.domain.forms.rules.robots import WORK_BITS, question_of
from careline.entrypoints.portal.forms.shown import fields_shown, sentence, summary
from careline.entrypoints.portal.guest import Guest, absent, among, own_words, read_in, shown
from careline.flows.fill_in_form import FileGiven, Given, Step, begin, fill_in
from careline.flows.form_sent import form_sent
from careline.kit.keys import ring

_SUBMISSION = re.compile(r"[0-9a-f]{32}")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors "
)
_MOST_SHOWN = 500


def all_forms(guest: Guest) -> HttpResponse:
    """Every open form of the brand; the only one opens at once."""
    found = [form for form in forms() if form.is_open and form.brand == guest.site.brand]
    if len(found) == 1:
        return HttpResponseRedirect(_url(found[0]))
    rows = [
        {"url": _url(form), "title": _said(guest, form.content.title), "intro": _said(guest, form.content.intro)}
        for form in found
    ]
    return shown(guest, "forms/forms", _("Write to us"), rows=rows)


def page(guest: Guest, name: str) -> HttpResponse:
    form = _open_form(guest, name)
    return _filled(guest, form, begin(form, at=guest.at)) if form else absent(guest)


def page_sent(guest: Guest, name: str) -> HttpResponse:
    form = _open_form(guest, name)
    return _answered(guest, form) if form else absent(guest)


def thanks(guest: Guest, name: str, submission: str) -> HttpResponse:
    form = _form(guest, name)
    return _thanked(guest, form, submission) if form else absent(guest)


def frame(guest: Guest, name: str) -> HttpResponse:
    """The same without the frame of our own pages, for the sites that the form names, and no others."""
    form = _open_form(guest, name)
    return _for_others(_filled(guest, form, begin(form, at=guest.at), is_frame=True), form) if form else absent(guest)


def frame_sent(guest: Guest, name: str) -> HttpResponse:
    form = _open_form(guest, name)
    return _for_others(_answered(guest, form, is_frame=True), form) if form else absent(guest)


def frame_thanks(guest: Guest, name: str, submission: str) -> HttpResponse:
    form = _form(guest, name)
    return _for_others(_thanked(guest, form, submission, is_frame=True), form) if form else absent(guest)


def preview(guest: Guest, name: str) -> HttpResponse:
    """As it stands, also switched off, to look at beside its settings; nothing can be sent from it."""
    form = _form(guest, name)
    if form is None or name != form.address:
        return absent(guest)
    response = _filled(guest, form, begin(form, at=guest.at), is_frame=True, is_preview=True)
    response.headers["Content-Security-Policy"] = f"{_POLICY}'self'"
    return response


def _form(guest: Guest, name: str) -> FormRow | None:
    """The form, under its own brand's name and in one of that brand's languages."""
    form = form_at(name[:100])
    if form is None:
        return None
    if form.brand != guest.site.brand:
        guest.site = site_of(form.brand) or guest.site
        read_in(guest, among(guest.language, guest.site.languages) or guest.site.languages[0])
    return form


def _open_form(guest: Guest, name: str) -> FormRow | None:
    form = _form(guest, name)
    return form if form is not None and form.is_open else None


def _answered(guest: Guest, form: FormRow, *, is_frame: bool = False) -> HttpResponse:
    step = fill_in(form, _given(guest), at=guest.at)
    if step.kind == "sent":
        response = HttpResponseRedirect(f"{_url(form, is_frame)}/sent/{step.token.submission}?lang={guest.language}")
        response.status_code = 303
        return response
    return _filled(guest, form, step, is_frame=is_frame, given=guest.request.POST)


def _given(guest: Guest) -> Given:
    sent, files = guest.request.POST, guest.request.FILES
    return Given(
        token=sent.get("token", ""), words=dict(sent.lists()),
        files=[FileGiven(name, file.name or "", file.read()) for name, many in files.lists() for file in many],
        dropped=[int(key) for key in sent.getlist("drop") if key.isascii() and key.isdecimal() and len(key) < 19],
        shown=frozenset(sent.getlist("shown")[:_MOST_SHOWN]), worked=sent.get("worked", ""), answer=sent.get("answer", ""),
        trap=sent.get("website", ""), language=guest.language, source=guest.request.META.get("REMOTE_ADDR", ""),
    )  # fmt: skip


def _filled(guest: Guest, form: FormRow, step: Step, *, is_frame: bool = False, is_preview: bool = False,
            given: QueryDict | None = None) -> HttpResponse:  # fmt: skip
    """The form with all that was written so far."""
    status = {"wait": 429}.get(step.kind, 422 if step.note in ("wrong", "empty") else 200)
    first, second = question_of(step.token.submission)
    context: dict[str, Any] = {
        "form": {"action": _url(form, is_frame), "intro": _said(guest, form.content.intro), "name": _said(guest, form.content.title),
                 "button": _said(guest, form.content.button) or _("Send"), "answers_from": form.answers_from},
        "fields": fields_shown(step, given, language=guest.language, otherwise=guest.site.languages),
        "wrong": [(key, sentence(code)) for key, code in step.wrong.items()], "told": summary(step),
        "token": step.token.signed(ring()), "submission": step.token.submission, "work": WORK_BITS,
        "question": _("How much is %(first)s + %(second)s?") % {"first": first, "second": second},
        "must_answer": step.note in ("question", "doubt"), "is_frame": is_frame, "is_preview": is_preview,
        "has_files": any(one.kind == "file" for one in step.fields), "suggests": "/help/suggestions",
    }  # fmt: skip
    response = shown(guest, "forms/form", context["form"]["name"], status=status, is_indexed=not is_frame, **context)
    response.headers["Cache-Control"] = "no-store"
    if step.kind == "wait":
        response.headers["Retry-After"] = "3600"
    return response


def _thanked(guest: Guest, form: FormRow, submission: str, *, is_frame: bool = False) -> HttpResponse:
    sent = (
        form_sent(form, submission, language=own_words(guest.language), at=guest.at)
        if _SUBMISSION.fullmatch(submission)
        else None
    )
    if sent is None:
        return absent(guest)
    response = shown(
        guest, "forms/sent", _("Sent"), sent=sent, thanks=_said(guest, form.content.thanks), is_frame=is_frame, is_indexed=False,
        confirms=form.acknowledges, again=_url(form, is_frame),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _for_others(response: HttpResponse, form: FormRow) -> HttpResponse:
    response.headers["Content-Security-Policy"] = _POLICY + (" ".join(form.origins) or "'none'")
    return response


def _url(form: FormRow, is_frame: bool = False) -> str:
    return f"/forms/{form.slug or form.address}" + ("/embed" if is_frame else "")


def _said(guest: Guest, words: dict[str, str]) -> str:
    return words_in(words, guest.language, otherwise=guest.site.languages)
