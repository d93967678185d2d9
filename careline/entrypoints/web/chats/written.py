"""What the form of a chat site says, as its settings, and back. Words of several languages that it does not show are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_noop

OWN_QUESTIONS = 3
_NAME, _MAIL = gettext_noop("Your name"), gettext_noop("Your mail address")
FORMS = ("pre_chat", "offline_form")
_BLANK = {"key": "", "words": "", "choices": "", "kind": "text", "is_required": False}
USUAL: dict[str, Any] = {
    "origins": [], "calendar": None, "colour": "#0b6e4f", "languages": [], "greeting": {}, "has_preview": False, "gone_minutes": 5,
    "max_file_mb": 10, "invitations": [],
}  # fmt: skip
NO_INVITATION: dict[str, Any] = {"text": {}, "after_seconds": 30, "path_contains": ""}


def read_settings(form: QueryDict, languages: Sequence[str]) -> dict[str, Any]:
    chosen = [code for code in languages if code in form.getlist("languages")] or list(languages[:1])
    return {
        "origins": form.get("origins", "").split(),
        "calendar": int(calendar) if (calendar := str(form.get("calendar", ""))).isdecimal() else None,
        "colour": form.get("colour", "").strip() or "#0b6e4f",
        "languages": chosen,
        "greeting": {code: words for code in languages if (words := form.get(f"greeting-{code}", "").strip()[:2000])},
        "has_preview": bool(form.get("has_preview")),
        "gone_minutes": _number(form.get("gone_minutes")),
        "max_file_mb": _number(form.get("max_file_mb")),
        "pre_chat": _fields(form, "pre_chat", languages[0]),
        "offline_form": _fields(form, "offline_form", languages[0]),
        "invitations": _invitations(form, languages[0]),
    }


def shown_questions(said: dict[str, Any], language: str) -> dict[str, dict[str, Any]]:
    """By form: how name and mail are asked for (never, may, must), and the house's own questions."""
    found = {}
    for form in FORMS:
        fields = {field["key"]: field for field in said.get(form) or ()}
        asked = {key: _how(fields.get(key)) for key in ("name", "email")}
        own = [_shown(field, language) for key, field in fields.items() if key not in ("name", "email")]
        found[form] = {**asked, "own": (own + [_BLANK] * OWN_QUESTIONS)[: max(OWN_QUESTIONS, len(own) + 1)]}
    return found


def _fields(form: QueryDict, name: str, language: str) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = []
    for key, kind, label in (("name", "text", _NAME), ("email", "email", _MAIL)):
        how = form.get(f"{name}-{key}", "")
        if how in ("may", "must"):
            fields.append({"key": key, "kind": kind, "label": {"en": label}, "is_required": how == "must"})
    for n in range(20):
        label = form.get(f"{name}-{n}-label", "").strip()[:200]
        if label:
            kind = form.get(f"{name}-{n}-kind", "text")
            options = [words.strip()[:100] for words in form.get(f"{name}-{n}-options", "").split("/") if words.strip()]
            field = {
                "key": form.get(f"{name}-{n}-key") or _key(label, n), "kind": kind, "label": {language: label},
                "is_required": bool(form.get(f"{name}-{n}-must")),
            }  # fmt: skip
            fields.append(field | ({"options": [{"value": words} for words in options]} if kind == "choice" else {}))
    return fields


def _invitations(form: QueryDict, language: str) -> list[dict[str, Any]]:
    return [
        {
            "text": {language: words}, "after_seconds": _number(form.get(f"invitation-{n}-after")) or 0,
            "path_contains": form.get(f"invitation-{n}-path", "").strip()[:200],
        }
        for n in range(20)
        if (words := form.get(f"invitation-{n}-text", "").strip()[:500])
    ]  # fmt: skip


def _shown(field: dict[str, Any], language: str) -> dict[str, Any]:
    label = field.get("label") or {}
    options = " / ".join(option["value"] for option in field.get("options") or ())
    return {**_BLANK, **field, "words": label.get(language) or next(iter(label.values()), ""), "choices": options}


def _how(field: dict[str, Any] | None) -> str:
    return "" if field is None else "must" if field.get("is_required") else "may"


def _key(label: str, n: int) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:30]
    return f"q{n}_{plain}".rstrip("_")


def _number(words: str | None) -> int | None:
    return int(words) if words and words.isascii() and words.isdecimal() and len(words) < 9 else None
