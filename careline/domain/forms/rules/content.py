"""What a form asks: its words, its fields, when each is shown. `judged` says in one sentence why a content can't be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

Words = dict[str, str]
"""{language: text}"""

KINDS = ("name", "mail", "subject", "text", "long_text", "choice", "choices", "yes_no", "number", "date", "phone", "order", "url",
         "file", "consent")  # fmt: skip
CHOSEN = ("choice", "choices")
DECIDING = ("choice", "choices", "yes_no", "consent")
"""Kinds that a condition may look at."""
KEPT_AS: dict[str, tuple[str, ...]] = {
    "text": ("text",), "long_text": ("text",), "order": ("text",), "phone": ("text",), "choice": ("choice",), "choices": ("choices",),
    "yes_no": ("yes_no",), "consent": ("yes_no",), "number": ("number",), "date": ("date",), "url": ("url",),
}  # fmt: skip
"""As which kinds of the case's own fields an answer may be kept."""
TOPIC = "topic"
"""The key under which conditions find what the customer says it is about."""
A_NEW_ONE = "+"
"""In place of a case field's code: it is made when the form is kept."""
MOST_FIELDS, MOST_OPTIONS, LONGEST_WORDS, LONGEST_LABEL = 60, 100, 4000, 300
_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]{0,252}))(:\d{1,5})?", re.IGNORECASE)


class BadContent(ValueError):
    """A form that can't be so; one sentence."""


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only when the field of this key holds one of these codes; of yes_no and consent the code is "yes" or "no"."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """`most`: characters of a text, a number's largest, files; `least`: a number's smallest. `keeps`: a case field's code."""

    key: str
    kind: str
    label: Words
    help: Words = field(default_factory=dict)
    is_required: bool = False
    least: float | None = None
    most: float | None = None
    options: tuple[Option, ...] = ()
    keeps: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """`topics`: none, one that each case gets, or several to choose from. `with_case_fields`: the case's own fields of the topic are
    asked as well, without being listed here."""

    title: Words
    fields: tuple[Field, ...]
    intro: Words = field(default_factory=dict)
    button: Words = field(default_factory=dict)
    thanks: Words = field(default_factory=dict)
    topics: tuple[int, ...] = ()
    with_case_fields: bool = False


def content_from(kept: Any) -> Content:
    """From JSON as it is kept or sent. Raises BadContent, naming the place."""
    try:
        return msgspec.convert(kept, Content)
    except msgspec.ValidationError as wrong:
        raise BadContent(f"The form is not in the shape of a form: {wrong}.") from wrong


def as_json(content: Content) -> Any:
    return msgspec.to_builtins(content)


def words_in(words: Mapping[str, str], language: str, *, otherwise: Sequence[str] = ()) -> str:
    """The text in that language, in one near it, in the first of the others that has one; empty where there is none."""
    codes = (language, language.split("-", maxsplit=1)[0], *otherwise, "en", *words)
    return next((words[code] for code in codes if words.get(code, "").strip()), "")


def judged(content: Content, *, topics: Mapping[int, Any], case_fields: Mapping[str, Any]) -> Content:
    """The content as it may be kept. Raises BadContent. `topics` are those in use by id, `case_fields` those in use by code."""
    if not words_in(content.title, ""):
        raise BadContent("A form needs a title.")
    for words in (content.title, content.intro, content.button, content.thanks):
        if any(len(text) > LONGEST_WORDS for text in words.values()):
            raise BadContent(f"A text of a form has at most {LONGEST_WORDS} characters.")
    if len(content.fields) > MOST_FIELDS:
        raise BadContent(f"A form has at most {MOST_FIELDS} fields.")
    if any(topic not in topics for topic in content.topics):
        raise BadContent("One of the topics is not in use.")
    addresses = [one for one in content.fields if one.kind == "mail"]
    if not addresses or not addresses[0].is_required or addresses[0].when is not None:
        raise BadContent("A form needs a mail address to answer to: a field that is required and always shown.")
    before: dict[str, Field] = {}
    if len(content.topics) > 1:
        before[TOPIC] = Field(TOPIC, "choice", {}, options=tuple(Option(str(key), {}) for key in content.topics))
    for one in content.fields:
        _judge(one, before, case_fields)
        before[one.key] = one
    kept = [one.keeps for one in content.fields if one.keeps not in ("", A_NEW_ONE)]
    if len(set(kept)) < len(kept):
        raise BadContent("Two fields can't be kept as the same field of the case.")
    return content


def _judge(one: Field, before: Mapping[str, Field], case_fields: Mapping[str, Any]) -> None:
    """Raises BadContent. `before` are the fields that stand above it: conditions look up, so none can run in a circle."""
    label = words_in(one.label, "")
    if not label:
        raise BadContent("Each field needs a label.")
    if any(len(text) > LONGEST_LABEL for text in one.label.values()):
        raise BadContent(f"A label has at most {LONGEST_LABEL} characters.")
    if not _KEY.fullmatch(one.key) or one.key in before or one.key == TOPIC:
        raise BadContent(f"“{label}” needs a key of its own: small letters, digits and _.")
    if one.kind not in KINDS:
        raise BadContent(f"There is no kind of field called {one.kind[:40]}.")
    if (one.kind in CHOSEN) != bool(one.options):
        raise BadContent(
            f"“{label}” needs something to choose from." if not one.options else f"“{label}” takes no choices."
        )
    codes = [option.code for option in one.options]
    if len(set(codes)) < len(codes) or not all(option.code and words_in(option.name, "") for option in one.options):
        raise BadContent(f"Each choice of “{label}” stands there once and has a name.")
    if len(codes) > MOST_OPTIONS:
        raise BadContent(f"A field has at most {MOST_OPTIONS} choices.")
    if one.keeps == A_NEW_ONE:
        if one.kind not in KEPT_AS:
            raise BadContent(f"“{label}” can't be kept as a field of the case.")
    elif one.keeps:
        kept = case_fields.get(one.keeps)
        if kept is None or kept.kind not in KEPT_AS.get(one.kind, ()):
            raise BadContent(f"“{label}” can't be kept as the case's field {one.keeps[:50]}.")
        if one.options and set(codes) - {choice["code"] for choice in kept.choices}:
            raise BadContent(f"“{label}” has a choice that the case's field does not know.")
    if one.least is not None and one.most is not None and one.least > one.most:
        raise BadContent(f"The smallest value of “{label}” is larger than the largest.")
    if one.when is not None:
        _judge_condition(one.when, label, before)


def _judge_condition(when: Condition, label: str, before: Mapping[str, Field]) -> None:
    asked = before.get(when.field)
    if asked is None or asked.kind not in DECIDING:
        raise BadContent(f"“{label}” hangs on a question that does not stand above it.")
    known = {option.code for option in asked.options} or {"yes", "no"}
    if not when.codes or set(when.codes) - known:
        raise BadContent(f"“{label}” hangs on an answer that “{words_in(asked.label, '') or asked.key}” does not have.")


def origin_of(words: str) -> str:
    """The origin of a site, as in https://shop.example. Raises BadContent."""
    origin = words.strip().rstrip("/")
    if not _ORIGIN.fullmatch(origin):
        raise BadContent(f"{words.strip()[:80]} is no site: write it as in https://www.example.com.")
    return origin.lower()


def with_case_fields(content: Content, *, topic_fields: Mapping[int, Sequence[Any]]) -> Content:
    """The content with the case's own fields of its topics before the first long text. `topic_fields`: by topic, 0 for none."""
    if not content.with_case_fields:
        return content
    taken = {one.keeps for one in content.fields}
    wanted: dict[str, tuple[Any, list[str]]] = {}
    for topic, rows in topic_fields.items():
        for row in rows:
            if row.code not in taken:
                wanted.setdefault(row.code, (row, []))[1].append(str(topic))
    choosing = len(content.topics) > 1
    added = [
        _of_case(row, Condition(TOPIC, tuple(codes)) if choosing and len(codes) < len(content.topics) else None)
        for row, codes in sorted(wanted.values(), key=lambda pair: (pair[0].position, pair[0].id))
    ]
    place = next((at for at, one in enumerate(content.fields) if one.kind == "long_text"), len(content.fields))
    return replace(content, fields=(*content.fields[:place], *added, *content.fields[place:]))


def _of_case(row: Any, when: Condition | None) -> Field:
    options = tuple(Option(choice["code"], choice["name"]) for choice in row.choices)
    return Field(f"case_{row.code}"[:50], row.kind, dict(row.name), options=options, keeps=row.code, when=when)
