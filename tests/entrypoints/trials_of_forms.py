"""How forms are tried, by the API and on the pages."""

from typing import Any

from careline.domain.forms.rules.content import content_from
from careline.domain.history.actor import agent
from careline.flows.keep_form import FormPlan, add_form
from tests.world import NOON, World

_HOUSE = "house"
_CONTENT = {
    "title": {"en": "Contact"},
    "fields": [
        {"key": "mail", "kind": "mail", "label": {"en": "Mail"}, "is_required": True},
        {"key": "message", "kind": "long_text", "label": {"en": "Message"}, "is_required": True},
    ],
}
_NEW = {"name": "Contact", "content": _CONTENT, "mailbox": "id {mailbox}"}
_WRITTEN = {
    "name": "Contact", "title-en": "Contact", "mailbox": "{mailbox}", "row": "f0", "f0-key": "mail", "f0-kind": "mail", "f0-label-en": "Mail",
    "f0-required": "1", "act": "save",
}  # fmt: skip

TRIALS_OF_FORMS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.keep_form.add_form", "case_settings:manage"): (
        _HOUSE,
        ("POST", "/forms", _NEW),
        ("POST", "/settings/forms/new", _WRITTEN),
    ),
    ("flows.keep_form.change_form", "case_settings:manage"): (
        _HOUSE,
        ("PATCH", "/forms/{form}", {"name": "Claims"}),
        ("POST", "/settings/forms/{form}", _WRITTEN),
    ),
    ("flows.keep_form.remove_form", "case_settings:manage"): (
        _HOUSE,
        ("DELETE", "/forms/{form}", None),
        ("DELETE", "/settings/forms/{form}", {}),
    ),
}


def keys_of_forms(world: World) -> dict[str, int]:
    plan = FormPlan("Questions", content_from(_CONTENT), world.mailbox.id)
    return {"form": add_form(world.person(world.ada), plan, by=agent(world.ada.pk), at=NOON)}
