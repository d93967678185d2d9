"""A form's fields as a page shows them, and what is said of an answer that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from careline.domain.forms.rules.answers import FileHeld
from careline.domain.forms.rules.content import TOPIC, Field, words_in
from careline.domain.forms.rules.real_types import ACCEPTED
from careline.flows.fill_in_form import Step

_FEW = 6
"""As many choices stand open; more of them are behind a select."""
_TYPES = {"mail": "email", "phone": "tel", "date": "date", "url": "url"}
_FILLED_BY_BROWSER = {"mail": "email", "name": "name", "phone": "tel"}


@dataclass(slots=True)
class FieldShown:
    """`control`: line, area, radios, boxes, select, consent, file. `is_shown`: it is asked by now; without scripts the others come
    with the next step. `when`: (key, codes parted by blanks), empty where it is always asked."""

    key: str
    control: str
    label: str
    help: str
    type: str = "text"
    is_required: bool = False
    is_shown: bool = True
    when: tuple[str, str] = ("", "")
    value: str = ""
    values: Sequence[str] = ()
    choices: Sequence[tuple[str, str]] = ()
    wrong: str = ""
    most: int = 0
    autocomplete: str = "off"
    accepts: str = ""
    files: Sequence[FileHeld] = field(default_factory=tuple)
    suggests: bool = False


def fields_shown(step: Step, given: QueryDict | None, *, language: str, otherwise: Sequence[str]) -> list[FieldShown]:
    asked = {one.key for one in step.answers.asked}
    first_text = next((one.key for one in step.fields if one.kind == "long_text"), "")
    return [
        _field(one, step, given, language, otherwise, is_shown=one.key in asked, suggests=one.key == first_text)
        for one in step.fields
    ]


def _field(one: Field, step: Step, given: QueryDict | None, language: str, otherwise: Sequence[str], *, is_shown: bool,
           suggests: bool) -> FieldShown:  # fmt: skip
    values = [text.replace("\0", "") for text in given.getlist(one.key)] if given is not None else []
    choices = [
        (option.code, words_in(option.name, language, otherwise=otherwise) or option.code) for option in one.options
    ]
    if one.kind == "yes_no":
        choices = [("yes", _("Yes")), ("no", _("No"))]
    label = _("What is it about?") if one.key == TOPIC else words_in(one.label, language, otherwise=otherwise)
    is_lines = one.kind in ("text", "long_text", "name", "subject")
    return FieldShown(
        one.key, _control(one), label, words_in(one.help, language, otherwise=otherwise), _TYPES.get(one.kind, "text"), one.is_required,
        is_shown, (one.when.field, " ".join(one.when.codes)) if one.when else ("", ""), values[0] if values else "", values, choices,
        sentence(step.wrong.get(one.key, "")), int(one.most) if is_lines and one.most else 0, _FILLED_BY_BROWSER.get(one.kind, "off"),
        ACCEPTED if one.kind == "file" else "", [file for file in step.files if file.field == one.key], suggests,
    )  # fmt: skip


def _control(one: Field) -> str:
    if one.kind in ("choice", "choices", "yes_no"):
        return "boxes" if one.kind == "choices" else "radios" if len(one.options) <= _FEW else "select"
    return {"long_text": "area", "consent": "consent", "file": "file"}.get(one.kind, "line")


def sentence(code: str) -> str:
    """What is wrong with an answer, and what would do."""
    said: dict[str, Any] = {
        "": "",
        "missing": _("Please fill this in."),
        "long": _("This is too long."),
        "number": _("Please write a number, as in 12.5."),
        "small": _("This number is too small."),
        "large": _("This number is too large."),
        "date": _("Please write a date, as in 2026-11-22."),
        "choice": _("Please choose one of these."),
        "mail": _("This is no mail address. Write it as in carol@example.com."),
        "own": _("This is our own address. Please give yours, so that we can answer you."),
        "phone": _("This is no telephone number. Write it as in +49 30 123456."),
        "order": _("This is no order number. It has digits, and stands on your invoice."),
        "url": _("This is no address on the web. Write it as in https://example.com/."),
        "consent": _("We can only go on if you agree."),
        "files": _("These are too many files: ten may go along."),
        "file_type": _("This file is not what its name says, or of a kind we can't take: pictures, PDF, documents and texts can go along."),
        "file_large": _("This file is too large: one may have 10 MB, all together 20 MB."),
        "file_empty": _("This file is empty."),
    }  # fmt: skip
    return str(said.get(code, said["missing"]))


def summary(step: Step) -> str:
    """What the next step is about, above the form."""
    if step.kind == "wait":
        return _(
            "Very many messages came from where you are within the last hour. Nothing is lost: please send this again a little later."
        )
    said = {
        "": "",
        "wrong": _("Something needs another look. What you wrote is still here."),
        "more": _("One more step: your answers bring up a few more questions."),
        "question": _("One more step: please answer the question at the end, so that we know a person writes."),
        "doubt": _("That was not the right answer to the question at the end. Please try once more; what you wrote is still here."),
        "already": _("This form was sent already, and you have your answer on its way. Send it again only if you want to tell us something else."),
        "empty": _("Please tell us what it is about."),
    }  # fmt: skip
    return said[step.note]
