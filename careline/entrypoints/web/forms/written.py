"""A form as it stands on the screen: read from what was sent, so that nothing but saving keeps it; and forms to begin with.

Each field is a row f0, f1 …; each text has an input for every language of the company: f0-label-en, f0-label-de.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext_noop

from careline.domain.forms.rules.content import CHOSEN, MOST_FIELDS, Condition, Content, Field, Option, Words
from careline.kit.typed_fields import code_of

_NAME = Field("name", "name", {"en": "Your name", "de": "Ihr Name", "fr": "Votre nom", "es": "Su nombre", "ar": "اسمك"})
_MAIL = Field(
    "mail",
    "mail",
    {
        "en": "Your mail address",
        "de": "Ihre Mailadresse",
        "fr": "Votre adresse e-mail",
        "es": "Su correo electrónico",
        "ar": "بريدك الإلكتروني",
    },
    is_required=True,
)
_MESSAGE = Field(
    "message",
    "long_text",
    {
        "en": "How can we help?",
        "de": "Wie können wir helfen?",
        "fr": "Comment vous aider ?",
        "es": "¿En qué podemos ayudar?",
        "ar": "كيف نساعدك؟",
    },
    is_required=True,
)
_CONTACT = Content(
    {"en": "Contact us", "de": "Kontakt", "fr": "Contact", "es": "Contacto", "ar": "اتصل بنا"}, (_NAME, _MAIL, _MESSAGE)
)
_CLAIM = Content(
    {"en": "Warranty claim", "de": "Garantiefall"},
    (
        _NAME, _MAIL, Field("order", "order", {"en": "Order number", "de": "Bestellnummer"}),
        Field("part", "choice", {"en": "Which part is it?", "de": "Um welches Teil geht es?"}, is_required=True, options=(
            Option("frame", {"en": "Frame", "de": "Rahmen"}), Option("battery", {"en": "Battery", "de": "Akku"}),
            Option("other", {"en": "Something else", "de": "Etwas anderes"}))),
        Field("frame_number", "text", {"en": "Frame number", "de": "Rahmennummer"}, {"en": "Below the bottom bracket.", "de": "Unter dem Tretlager."},
              is_required=True, when=Condition("part", ("frame",))),
        Field("bought_on", "date", {"en": "Bought on", "de": "Gekauft am"}),
        replace(_MESSAGE, label={"en": "What happened?", "de": "Was ist passiert?"}),
        Field("photos", "file", {"en": "Photos", "de": "Fotos"}),
    ),
)  # fmt: skip
EXAMPLES: dict[str, tuple[str, str, Content]] = {
    "contact": (gettext_noop("Contact"), gettext_noop("A name, a mail address, a message"), _CONTACT),
    "claim": (
        gettext_noop("Warranty claim"),
        gettext_noop("An order, a part, photos, and a question that only some are asked"),
        _CLAIM,
    ),
}


def written_content(form: QueryDict, languages: Sequence[str]) -> Content:
    """All that stands on the screen. What can't be is said by flows.keep_form when it is saved."""
    rows = [row for row in form.getlist("row")[: MOST_FIELDS + 1] if row.isalnum()]
    fields: list[Field] = []
    for row in rows:
        fields.append(_field(form, row, languages, taken={one.key for one in fields}))
    return Content(
        _words(form, "title", languages), tuple(fields), _words(form, "intro", languages), _words(form, "button", languages),
        _words(form, "thanks", languages), tuple(int(key) for key in form.getlist("topic") if key.isdecimal() and len(key) < 19),
        form.get("with_case_fields") == "1",
    )  # fmt: skip


def rearranged(content: Content, act: str) -> Content:
    """One field more, less, up or down, as a button asks: add:text, remove:2, up:3, down:0."""
    what, _colon, which = act.partition(":")
    fields = list(content.fields)
    if what == "add":
        fields.append(Field(_free_key(which, {one.key for one in fields}), which, {}))
        return replace(content, fields=tuple(fields))
    place = int(which) if which.isdecimal() and int(which) < len(fields) else None
    if place is None:
        return content
    if what == "remove":
        del fields[place]
    elif what in ("up", "down"):
        to = max(0, min(len(fields) - 1, place + (1 if what == "down" else -1)))
        fields.insert(to, fields.pop(place))
    return replace(content, fields=tuple(fields))


def _field(form: QueryDict, row: str, languages: Sequence[str], *, taken: set[str]) -> Field:
    kind, label = form.get(f"{row}-kind", "text"), _words(form, f"{row}-label", languages)
    key = form.get(f"{row}-key", "") or _free_key(code_of(next(iter(label.values()), "")) or kind, taken)
    return Field(
        key, kind, label, _words(form, f"{row}-help", languages), form.get(f"{row}-required") == "1", _number(form.get(f"{row}-least", "")),
        _number(form.get(f"{row}-most", "")), _options(form, row, languages) if kind in CHOSEN else (), form.get(f"{row}-keeps", ""),
        _condition(form.getlist(f"{row}-when")),
    )  # fmt: skip


def _condition(pairs: Sequence[str]) -> Condition | None:
    """Boxes ticked below one question, as question=code; those of a second question do not count."""
    if not pairs:
        return None
    asked = pairs[0].partition("=")[0]
    return Condition(asked, tuple(pair.partition("=")[2] for pair in pairs if pair.partition("=")[0] == asked))


def _options(form: QueryDict, row: str, languages: Sequence[str]) -> tuple[Option, ...]:
    """One choice a line, in each language in the same order. A choice that is named anew keeps its code by its place."""
    before = form.getlist(f"{row}-code")
    lines = {code: [line.strip() for line in form.get(f"{row}-choices-{code}", "").splitlines()] for code in languages}
    count = max((len(found) for found in lines.values()), default=0)
    options: list[Option] = []
    for place in range(count):
        names = {code: found[place][:300] for code, found in lines.items() if place < len(found) and found[place]}
        if names:
            taken = {one.code for one in options}
            code = before[place] if place < len(before) and before[place] not in taken else ""
            options.append(Option(code or _free_key(code_of(next(iter(names.values()))), taken | set(before)), names))
    return tuple(options)


def _free_key(wanted: str, taken: set[str]) -> str:
    wanted = wanted[:40] or "field"
    tried = (wanted, *(f"{wanted}_{count}" for count in range(2, MOST_FIELDS + 200)))
    return next(key for key in tried if key not in taken and key != "topic")


def _words(form: QueryDict, name: str, languages: Sequence[str]) -> Words:
    return {code: text for code in languages if (text := form.get(f"{name}-{code}", "").replace("\r\n", "\n").strip())}


def _number(words: str) -> float | None:
    try:
        found = float(words.replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None
