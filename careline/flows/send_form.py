"""What was filled in becomes one raw message, is kept as such, and goes the house's way: adapter, flows/receive.py, a case."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.files.queries import content_of
from careline.domain.forms import commands as forms
from careline.domain.forms.queries import FormRow, spool_name
from careline.domain.forms.rules.answers import Answers, FileHeld
from careline.domain.forms.rules.content import TOPIC, Field, words_in
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit.spoken import spoken

_BY_THEMSELVES = ("mail", "name", "subject", "long_text")
"""The first of each stands in a place of its own on the message, all others in the list of answers."""


def send_form(form: FormRow, submission: str, answers: Answers, files: Sequence[FileHeld], *, language: str, suspected: str,
              sources: list[str], at: datetime) -> None:  # fmt: skip
    """Once for each submission: the spool name is the unique key, whoever comes second finds what the first has made."""
    said = _said(form, submission, answers, language=language)
    said["suspected"] = suspected
    kept = {one.key for one in answers.asked}
    said["files"] = [
        {"name": file.name, "type": file.media_type, "content": base64.b64encode(content_of(file.digest)).decode()}
        for file in files
        if file.field in kept
    ]
    arrival = RawArrival(
        name=spool_name(submission), raw=json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), received_at=at,
        door="form", envelope_from=said["mail"], envelope_to=(form.answers_from,), channel_id=form.channel,
    )  # fmt: skip
    house = House(channels(active=False), languages())
    with transaction.atomic():
        take_in([arrival], house=house, at=at)
        forms.note_sending(sources, at=at)
        forms.drop_files(submission)


def is_the_same(form: FormRow, became: Any, submission: str, answers: Answers, *, language: str) -> bool:
    """Whether what was sent before said the same; where it was removed since, nobody can tell and it is taken to be."""
    if became.digest is None:
        return True
    before = json.loads(content_of(became.digest))
    now = _said(form, submission, answers, language=before.get("language", language))
    return all(
        before.get(name) == now[name] for name in ("mail", "name", "subject", "message", "topic", "answers", "fields")
    )


def _said(form: FormRow, submission: str, answers: Answers, *, language: str) -> dict[str, Any]:
    """The raw form, as domain/channels/form/reading.py reads it; files and suspicion aside."""
    values, own = answers.values, _own_places(answers.asked)
    with translation.override(spoken(language) or "en"):
        listed = [
            {"label": words_in(one.label, language) or one.key, "shown": _shown(one, values[one.key], language)}
            for one in answers.asked
            if one.key in values and one.key not in own.values() and one.kind != "file" and one.key != TOPIC
        ]
    topic = int(values[TOPIC]) if TOPIC in values else form.content.topics[0] if len(form.content.topics) == 1 else None
    return {
        "format": 1, "submission": submission, "form": {"id": form.id, "name": form.name, "version": form.version}, "language": language,
        "name": values.get(own.get("name", ""), ""), "mail": values.get(own.get("mail", ""), ""),
        "subject": values.get(own.get("subject", ""), "") or _subject(form, answers, language),
        "message": values.get(own.get("long_text", ""), ""), "topic": topic, "answers": listed,
        "fields": {one.keeps: values[one.key] for one in answers.asked if one.keeps and one.key in values},
    }  # fmt: skip


def _own_places(asked: Sequence[Field]) -> dict[str, str]:
    own: dict[str, str] = {}
    for one in asked:
        if one.kind in _BY_THEMSELVES:
            own.setdefault(one.kind, one.key)
    return own


def _subject(form: FormRow, answers: Answers, language: str) -> str:
    """The form's title, with the topic that was chosen."""
    title = words_in(form.content.title, language, otherwise=languages())
    topic = next((one for one in answers.asked if one.key == TOPIC), None)
    chosen = _shown(topic, answers.values.get(TOPIC), language) if topic else ""
    return f"{title}: {chosen}" if chosen else title


def _shown(one: Field, value: Any, language: str) -> str:
    names = {option.code: words_in(option.name, language) for option in one.options}
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(names.get(str(code), str(code)) for code in value)
    return names.get(str(value), str(value)) if value is not None else ""
