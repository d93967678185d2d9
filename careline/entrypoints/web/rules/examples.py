"""Rules to begin with: what most desks want first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.flows.change_rule import WrittenRule

_ASKS_FOR_MORE = (
    "manager", "supervisor", "complaint", "lawyer", "Vorgesetzten", "Beschwerde", "Anwalt", "responsable", "réclamation", "avocat", "encargado",
    "queja", "abogado", "مدير", "شكوى", "محامي",
)  # fmt: skip


def examples() -> list[dict[str, Any]]:
    """[{code, name, words, rule}]"""
    return [
        {
            "code": "angry", "name": _("Lift what is urgent"),
            "words": _("A customer writes words as “lawyer” or “immediately”: the priority goes up, and it is tagged."),
            "rule": WrittenRule(
                _("Lift what is urgent"), "trigger", ["customer_wrote"],
                {"all": [{"fact": "text", "has_any": ["lawyer", "immediately", "urgent"]}]},
                [{"do": "priority", "to": "urgent"}, {"do": "tag", "names": ["urgent"]}],
            ),
        },
        {
            "code": "manager", "name": _("Somebody asks for more"),
            "words": _("A customer writes “manager”, “complaint” or “lawyer”, in five languages: the case is escalated."),
            "rule": WrittenRule(
                _("Somebody asks for more"), "trigger", ["customer_wrote"], {"all": [{"fact": "text", "has_any": list(_ASKS_FOR_MORE)}]},
                [{"do": "escalate"}],
            ),
        },
        {
            "code": "waiting", "name": _("Nobody is forgotten"),
            "words": _("A customer has been waiting for eight opening hours: the case is escalated."),
            "rule": WrittenRule(
                _("Nobody is forgotten"), "time", [],
                {"all": [{"fact": "category", "is": ["open"]}, {"fact": "waiting", "over": 8, "unit": "hours", "time": "business"}]},
                [{"do": "priority", "to": "high"}, {"do": "escalate"}],
            ),
        },
        {
            "code": "silent", "name": _("Close what was answered"),
            "words": _("We answered, and seven days later the customer has said nothing: the case is resolved."),
            "rule": WrittenRule(
                _("Close what was answered"), "time", [],
                {"all": [{"fact": "category", "is": ["waiting"]}, {"fact": "since_answer", "over": 7, "unit": "days", "time": "clock"}]},
                [{"do": "resolve"}],
            ),
        },
        {
            "code": "reopened", "name": _("A second look"),
            "words": _("A case is opened again for the second time: a specialist should see it."),
            "rule": WrittenRule(
                _("A second look"), "trigger", ["reopened"], {"all": [{"fact": "reopenings", "at_least": 2}]},
                [{"do": "priority", "to": "high"}, {"do": "escalate"}],
            ),
        },
    ]  # fmt: skip


def example(code: str) -> WrittenRule:
    """The rule of that example; an empty one where there is none."""
    return next((one["rule"] for one in examples() if one["code"] == code), WrittenRule(""))
