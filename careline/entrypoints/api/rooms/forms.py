"""Forms: building them; and, open to everybody, what a form asks and sending it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpResponse
from msgspec import UNSET, structs

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound
from careline.domain.forms.queries import FormRow, form_at, form_by_id, forms
from careline.domain.forms.rules.content import BadContent, Content, as_json, content_from, words_in
from careline.domain.forms.rules.robots import WORK_BITS, question_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import FieldError, Wrong, problem
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import forms as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.fill_in_form import FileGiven, Given, Step, begin, fields_of, fill_in
from careline.flows.form_sent import form_sent
from careline.flows.keep_form import VERB, FormPlan, add_form, change_form, remove_form
from careline.kit.keys import ring

_PUBLIC = "/public-forms/{view}"


@route("GET", "/forms", query=PageQuery, answer=Page[shapes.Form])
def all_forms(call: Call) -> Any:
    """Every form, those that are open first."""
    require(call.person, VERB)
    return short_page_of([_form(row) for row in forms()], call.query)


@route("POST", "/forms", body=shapes.NewForm, answer=shapes.Form, status=201)
def new_form(call: Call) -> Any:
    """Adds a form. What is sent by it becomes a case that `mailbox` answers."""
    given = call.body
    plan = FormPlan(
        given.name, _content(given.content), int(given.mailbox), given.slug, tuple(given.origins), given.is_open
    )
    key = add_form(call.person, plan, by=call.by, at=call.at)
    return Created(f"/forms/{key}", _form(_found(key)))


@route("GET", "/forms/{id}", answer=shapes.Form)
def one_form(call: Call) -> Any:
    """One form, with all it asks."""
    require(call.person, VERB)
    return _form(_found(call.id))


@route("PATCH", "/forms/{id}", body=shapes.FormPatch, answer=shapes.Form)
def changed_form(call: Call) -> Any:
    """Changes what is given; `content` is given whole."""
    require(call.person, VERB)
    kept = _found(call.id)
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    plan = FormPlan(
        given.get("name", kept.name), _content(given["content"]) if "content" in given else kept.content,
        int(given["mailbox"]) if "mailbox" in given else kept.mailbox, given.get("slug", kept.slug), tuple(given.get("origins", kept.origins)),
        given.get("is_open", kept.is_open),
    )  # fmt: skip
    change_form(call.person, call.id, plan, by=call.by, at=call.at)
    return _form(_found(call.id))


@route("DELETE", "/forms/{id}", status=204)
def removed_form(call: Call) -> None:
    """Nobody finds it any more; its cases stay."""
    remove_form(call.person, call.id, by=call.by, at=call.at)


@route("GET", _PUBLIC, query=shapes.FormLanguage, answer=shapes.FormBeginning, is_open=True)
def begun_form(call: Call) -> Any:
    """What a form asks, by its public address or its slug, with the token that its answers bring back. Open to everybody."""
    form = _open_form(call.path["view"])
    return _beginning(form, begin(form, at=call.at), call.query.lang)


@route(
    "POST",
    _PUBLIC + "/submissions",
    body=shapes.NewFormSubmission,
    answer=shapes.FormSubmission,
    status=201,
    is_open=True,
)
def sent_form(call: Call) -> Any:
    """Sends what was filled in. Open to everybody; the same token twice is one case.

    409 with the code `one_more_step` and a fresh `token` where it is in doubt that a person writes: answer the `question` and send it
    again. 422 names each answer that does not fit, 429 means that too many came from one place.
    """
    form, given = _open_form(call.path["view"]), call.body
    step = fill_in(
        form,
        Given(
            token=given.token, words={key: _texts(value) for key, value in given.answers.items()}, files=[_file(one) for one in given.files],
            shown=frozenset(one.key for one in fields_of(form)), worked=given.worked, answer=given.answer, language=given.language,
            source=call.request.META.get("REMOTE_ADDR", ""),
        ),
        at=call.at,
    )  # fmt: skip
    if step.kind != "sent":
        return _not_yet(form, step, given.language)
    sent = form_sent(form, step.token.submission, language=given.language, at=call.at)
    if sent is None:
        raise NotFound("What was sent is not there any more.")
    return shapes.FormSubmission(sent.number, sent.address, sent.expected)


def _not_yet(form: FormRow, step: Step, language: str) -> HttpResponse:
    if step.kind == "wait":
        return problem(
            429, "Too many came from there: try again in an hour.", code="too_many", headers={"Retry-After": "3600"}
        )
    if step.wrong:
        errors = [FieldError(f"answers.{key}", f"It does not fit ({code}).") for key, code in step.wrong.items()]
        return problem(422, "Some of what was given is not right.", code="invalid", errors=errors)
    if step.note == "empty":
        return problem(422, "There is nothing in it.", code="empty_message")
    told = _beginning(form, step, language)
    code = "sent_already" if step.note == "already" else "one_more_step"
    return problem(409, told.question, code=code, token=told.token, submission=told.submission, question=told.question)


def _beginning(form: FormRow, step: Step, language: str) -> shapes.FormBeginning:
    said = languages()

    def words(texts: dict[str, str]) -> str:
        return words_in(texts, language, otherwise=said)

    fields = [
        shapes.FormQuestion(
            one.key, one.kind, words(one.label), words(one.help), one.is_required,
            [shapes.FormChoice(option.code, words(option.name)) for option in one.options],
            {one.when.field: list(one.when.codes)} if one.when else None,
        )
        for one in step.fields
    ]  # fmt: skip
    first, second = question_of(step.token.submission)
    return shapes.FormBeginning(
        words(form.content.title),
        fields,
        step.token.signed(ring()),
        step.token.submission,
        WORK_BITS,
        f"How much is {first} + {second}?",
    )


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [
        ("yes" if one else "no") if isinstance(one, bool) else str(one)
        for one in values
        if one is not None and not isinstance(one, dict | list)
    ]


def _file(one: shapes.FormFile) -> FileGiven:
    try:
        return FileGiven(one.field, one.name, base64.b64decode(one.content, validate=True))
    except (ValueError, binascii.Error):
        raise Wrong(("files", f"The content of {one.name[:100]} is no base64.")) from None


def _open_form(name: str) -> FormRow:
    form = form_at(name)
    if form is None or not form.is_open:
        raise NotFound("There is no such form.")
    return form


def _found(key: int) -> FormRow:
    form = form_by_id(key)
    if form is None:
        raise NotFound(f"There is no form {key}.")
    return form


def _content(given: dict[str, Any]) -> Content:
    try:
        return content_from(given)
    except BadContent as wrong:
        raise Wrong(("content", str(wrong))) from wrong


def _form(row: FormRow) -> shapes.Form:
    return shapes.Form(
        str(row.id), row.name, row.address, row.slug, Named(str(row.brand), row.brand_name), str(row.mailbox) if row.mailbox else None,
        row.answers_from, as_json(row.content), list(row.origins), row.is_open, row.version, row.changed_at,
    )  # fmt: skip
