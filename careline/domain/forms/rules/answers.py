"""What somebody answered: which fields are asked at all, and what may stand in each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.customers.rules.addresses import Unreachable, phone_number
from careline.domain.forms.rules.content import Field
from careline.kit.typed_fields import Choice, Definition, Unfit, read

LONGEST_LINE, LONGEST_TEXT = 300, 10_000
MOST_FILES, MOST_BYTES = 10, 20 * 1024 * 1024
_SIGN = r"[^\s@<>()\[\]\\,;:\".]"
_MAIL = re.compile(rf"[^\s@<>()\[\]\\,;:\"]{{1,64}}@(?:{_SIGN}{{1,63}}\.)+(?!\d+\Z){_SIGN}{{2,63}}")
_ORDER = re.compile(r"#?[\w./ -]{1,60}")
_READ_AS = {
    "choice": "choice",
    "choices": "choices",
    "yes_no": "yes_no",
    "consent": "yes_no",
    "number": "number",
    "date": "date",
    "url": "url",
}
_LINES = ("name", "subject", "text", "order", "phone", "mail", "url", "number", "date")


@dataclass(frozen=True, slots=True)
class FileHeld:
    """A file that was chosen for a field; `wrong` is a code where it may not go along."""

    key: int
    field: str
    digest: str
    name: str
    media_type: str
    size: int


@dataclass(slots=True)
class Answers:
    """`asked` are the fields that are shown to this customer, `values` what they hold, `wrong` a code for each that does not fit.

    Codes: missing, long, number, small, large, date, choice, mail, phone, order, url, consent, files.
    """

    asked: list[Field] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def read_answers(
    fields: Sequence[Field], given: Mapping[str, Sequence[str]], files: Sequence[FileHeld] = ()
) -> Answers:
    """From top to bottom: what a hidden field was given does not count, so conditions hang on what is seen only."""
    answers = Answers()
    for one in fields:
        if one.when is not None and not set(one.when.codes) & codes_of(answers.values.get(one.when.field)):
            continue
        answers.asked.append(one)
        try:
            value = _files(one, files) if one.kind == "file" else _value(one, given.get(one.key, ()))
        except Unfit as unfit:
            answers.wrong[one.key] = unfit.code
            continue
        if value is not None:
            answers.values[one.key] = value
    return answers


def codes_of(value: Any) -> set[str]:
    """A value as the codes that conditions know."""
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    return {str(one) for one in value} if isinstance(value, list) else {str(value)} if value is not None else set()


def _value(one: Field, given: Sequence[str]) -> Any:
    """The value as it is kept; None for an empty one. Raises Unfit whose code says why."""
    words = [text for text in given if text.strip()]
    if one.kind == "consent":
        return _consent(one, words)
    if not words:
        if one.is_required:
            raise Unfit("missing", "")
        return None
    text = "\n".join(words).replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode().strip()
    most = LONGEST_TEXT if one.kind not in _LINES else LONGEST_LINE if one.kind != "url" else 2000
    if one.kind in ("text", "long_text", "subject", "name") and one.most is not None:
        most = min(most, int(one.most))
    if one.kind not in ("choice", "choices", "yes_no") and len(text) > most:
        raise Unfit("long", "")
    if one.kind in ("name", "subject", "text"):
        return " ".join(text.split()) or None
    if one.kind in ("mail", "phone", "order"):
        return {"mail": mail_address, "phone": _phone, "order": _order}[one.kind](text)
    return text if one.kind == "long_text" else _typed(one, words if one.kind == "choices" else text)


def _typed(one: Field, raw: Any) -> Any:
    kind = _READ_AS[one.kind]
    choices = tuple(Choice(option.code, option.code) for option in one.options)
    try:
        value = read(Definition(one.key, one.key, kind, choices), raw)  # type: ignore[arg-type]
    except Unfit:
        raise Unfit("choice" if kind in ("choices", "yes_no") else kind, "") from None
    if kind == "number" and isinstance(value, int | float):
        if one.least is not None and value < one.least:
            raise Unfit("small", "")
        if one.most is not None and value > one.most:
            raise Unfit("large", "")
    return value


def _consent(one: Field, words: list[str]) -> bool | None:
    given = bool(words) and words[-1].strip().lower() in ("yes", "on", "1", "true")
    if one.is_required and not given:
        raise Unfit("consent", "")
    return given


def mail_address(text: str) -> str:
    """As mail keeps it: the local part as it is, the domain in small letters and in ASCII. Raises Unfit."""
    local, _, domain = text.strip().rpartition("@")
    try:
        address = f"{local}@{domain.lower().encode('idna').decode()}"
    except UnicodeError:
        raise Unfit("mail", "") from None
    if (
        not _MAIL.fullmatch(address)
        or ".." in local
        or local.startswith(".")
        or local.endswith(".")
        or not address.isprintable()
    ):
        raise Unfit("mail", "")
    return address


def _phone(text: str) -> str:
    try:
        return phone_number(text)
    except Unreachable:
        raise Unfit("phone", "") from None


def _order(text: str) -> str:
    plain = " ".join(text.split())
    if not _ORDER.fullmatch(plain) or not any(sign.isdigit() for sign in plain):
        raise Unfit("order", "")
    return plain.removeprefix("#").strip()


def _files(one: Field, files: Sequence[FileHeld]) -> list[str] | None:
    mine = [file.name for file in files if file.field == one.key]
    if not mine:
        if one.is_required:
            raise Unfit("missing", "")
        return None
    if len(mine) > (one.most or MOST_FILES):
        raise Unfit("files", "")
    return mine
