"""A service request is opened from a case: which one, then what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.forms.rules.content import Field
from careline.domain.requests.errors import Unfit
from careline.domain.requests.queries.types import TypeRow, type_by_code, types
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.requests.words import said_in
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.hold_service_request import WRITE
from careline.flows.open_service_request import Opening, open_service_request

_INPUTS = {"number": "text", "date": "date", "mail": "email", "phone": "tel", "url": "url"}


def form(visit: Visit, number: int) -> HttpResponse:
    """The choice of a type first; with `?type=` its form."""
    require(visit.person, WRITE)
    conversation_for(visit.person, number)
    code = visit.asked.get("type", "")
    if not code:
        open_types = [
            {
                "url": f"?type={one.code}",
                "name": said_in(one.content.name, visit),
                "intro": said_in(one.content.intro, visit),
            }
            for one in types()
            if one.is_open
        ]
        return page(visit, "requests/choose", "requests", _("New service request"), number=number, types=open_types)
    return _form(visit, number, _found(code), {})


def opened(visit: Visit, number: int) -> HttpResponse:
    kind = _found(visit.form.get("type", ""))
    known = {one.key for one in kind.content.fields}
    values = {key: [text for text in visit.form.getlist(key) if text.strip()] for key in visit.form if key in known}
    asked = Opening(number, kind.code, {key: texts for key, texts in values.items() if texts})
    try:
        key = open_service_request(visit.person, asked, by=visit.by, at=visit.at)
    except Unfit as unfit:
        return _form(visit, number, kind, unfit.wrong, error=_("Something needs another look."), status=422)
    except Refused as refusal:
        return _form(
            visit,
            number,
            kind,
            {},
            error=said(refusal),
            status=422,
            is_unknown=getattr(refusal, "code", "") == "not_identified",
        )
    return HttpResponseRedirect(f"/service-requests/{key}")


def _found(code: str) -> TypeRow:
    found = type_by_code(code[:60])
    if found is None:
        raise NotFound(f"There is no service {code[:40]}.")
    return found


def _form(
    visit: Visit,
    number: int,
    kind: TypeRow,
    wrong: Mapping[str, str],
    *,
    error: str = "",
    status: int = 200,
    is_unknown: bool = False,
) -> HttpResponse:
    return page(
        visit, "requests/opening", "requests", said_in(kind.content.name, visit), status=status, number=number, type=kind.code,
        heading=said_in(kind.content.name, visit), intro=said_in(kind.content.intro, visit), error=error, is_unknown=is_unknown,
        fields=[_shown(one, wrong, visit) for one in kind.content.fields], papers=[said_in(one.name, visit) for one in kind.content.papers],
    )  # fmt: skip


def _shown(one: Field, wrong: Mapping[str, str], visit: Visit) -> dict[str, Any]:
    texts = visit.form.getlist(one.key) if visit.request.method == "POST" else []
    choices = [(option.code, said_in(option.name, visit)) for option in one.options]
    if one.kind in ("yes_no", "consent"):
        choices = [("yes", _("Yes")), ("no", _("No"))]
    return {
        "key": one.key, "label": said_in(one.label, visit), "help": said_in(one.help, visit), "is_required": one.is_required and one.when is None,
        "control": "area" if one.kind == "long_text" else "boxes" if one.kind == "choices" else "select" if choices else "line",
        "type": _INPUTS.get(one.kind, "text"), "value": texts[0] if texts else "", "values": texts, "choices": choices,
        "is_sometimes": one.when is not None, "wrong": _("This does not fit, or is missing.") if one.key in wrong else "",
    }  # fmt: skip
