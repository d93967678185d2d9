"""The list of forms."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.forms.queries import forms
from careline.domain.staff.rules import require
from careline.entrypoints.web.forms.written import EXAMPLES
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.flows.keep_form import VERB


def listed(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    rows = [
        {"id": form.id, "name": form.name, "url": f"/forms/{form.slug or form.address}", "is_open": form.is_open, "fields": len(form.content.fields),
         "brand": form.brand_name, "answers_from": form.answers_from}
        for form in forms()
    ]  # fmt: skip
    examples = [(code, _(name), _(words)) for code, (name, words, _content) in EXAMPLES.items()]
    return page(visit, "forms/forms", "settings", _("Forms"), rows=rows, examples=examples)
