"""What the columns of a sheet of customers hold, and what a row of it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.customers.rules.addresses import PHONE_KINDS, Unreachable
from careline.kit.search import words_of
from careline.kit.typed_fields import Definition, Unfit, read

PLAIN = (
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "company",
    "language",
    "time_zone",
    "note",
    "good_to_know",
)
"""What any sheet may hold; besides address:KIND, field:CODE and consent:PURPOSE."""

_HEADINGS = {
    "name": "name fullname full_name customer kunde kundenname nom nombre contact kontakt displayname",
    "first_name": "firstname first_name vorname prenom givenname given_name",
    "last_name": "lastname last_name surname nachname familyname family_name nom_de_famille apellido apellidos",
    "email": "email e-mail mail emailaddress email_address mailadresse courriel correo emails primary_email",
    "phone": "phone telephone telefon tel mobile handy phonenumber phone_number telefonnummer movil rufnummer",
    "company": "company organisation organization firma account company_name companyname unternehmen societe empresa",
    "language": "language sprache lang locale langue idioma",
    "time_zone": "timezone time_zone zeitzone",
    "note": "note notes notiz notizen comment comments bemerkung remark",
}
_KNOWN = {heading: target for target, headings in _HEADINGS.items() for heading in headings.split()}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_NAMED_LANGUAGES = {
    "english": "en", "englisch": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "französisch": "fr", "spanish": "es",
    "español": "es", "spanisch": "es", "italian": "it", "italiano": "it", "italienisch": "it", "dutch": "nl", "nederlands": "nl", "polish": "pl",
    "polski": "pl", "polnisch": "pl", "japanese": "ja", "arabic": "ar", "portuguese": "pt", "danish": "da", "swedish": "sv", "turkish": "tr",
}  # fmt: skip
_SEVERAL = re.compile(r"[;\n|]|,\s")
_YES = frozenset(("yes", "y", "true", "1", "x", "ja", "oui", "si", "sí", "on"))
LONGEST_NAME = 200


@dataclass(slots=True)
class Entry:
    """What a row says of a customer; empty where it says nothing. `wrong` are sentences: then it is refused."""

    card: dict[str, str] = field(default_factory=dict)
    addresses: list[tuple[str, str]] = field(default_factory=list)
    company: str = ""
    note: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    consents: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [f"{kind}:{value}" for kind, value in self.addresses]


def suggested(headings: Sequence[str], definitions: Sequence[Definition]) -> list[str]:
    """What each column likely holds, "" where its heading says nothing; none but addresses twice."""
    own = {" ".join(words_of(words)): f"field:{d.code}" for d in definitions for words in (d.name, d.code)}
    found: list[str] = []
    for heading in headings:
        plain = heading.strip().casefold()
        target = _KNOWN.get(re.sub(r"[\s_]+", "_", plain)) or _KNOWN.get(re.sub(r"[\W_]+", "", plain))
        target = target or own.get(" ".join(words_of(heading)), "")
        found.append("" if target in found and target not in ("email", "phone") else target)
    return found


def is_target(target: str, definitions: Sequence[Definition]) -> bool:
    kind, _, code = target.partition(":")
    if kind == "field":
        return code in {d.code for d in definitions}
    if kind in ("address", "consent"):
        return re.fullmatch(r"[a-z][a-z0-9_]{0,49}", code) is not None
    return target == "" or target in PLAIN


def entry_of(
    cells: Sequence[str],
    mapping: Sequence[str],
    definitions: dict[str, Definition],
    *,
    kept_form: Callable[[str, str], str],
    zones: frozenset[str],
) -> Entry:
    """A row read by its mapping. `kept_form` makes an address of (kind, words) and raises Unreachable."""
    entry = Entry()
    if len(cells) > len(mapping):
        entry.wrong.append("It has more cells than the headings.")
    names = {"first_name": "", "last_name": ""}
    for target, raw in zip(mapping, cells, strict=False):
        words = raw.strip()
        if not target or not words:
            continue
        if target in names:
            names[target] = words
        else:
            _take(entry, target, words, definitions, kept_form, zones)
    joined = " ".join(part for part in names.values() if part)
    if joined and not entry.card.get("name"):
        entry.card["name"] = " ".join(joined.split())[:LONGEST_NAME]
    if not entry.addresses and not entry.card.get("name") and not entry.wrong:
        entry.wrong.append("It has neither a name nor an address.")
    entry.addresses = list(dict.fromkeys(entry.addresses))
    return entry


def _take(
    entry: Entry,
    target: str,
    words: str,
    definitions: dict[str, Definition],
    kept_form: Callable[[str, str], str],
    zones: frozenset[str],
) -> None:
    kind, _, code = target.partition(":")
    if kind in ("email", "phone", "address"):
        _take_addresses(entry, code or kind, words, kept_form)
    elif kind == "field" and code in definitions:
        try:
            value = read(definitions[code], words)
        except Unfit as unfit:
            entry.wrong.append(str(unfit))
        else:
            entry.fields[code] = value
    elif kind == "consent":
        entry.consents += [code] if words.casefold() in _YES else []
    elif kind == "language":
        code = _NAMED_LANGUAGES.get(words.casefold(), words)
        if _LANGUAGE.fullmatch(code):
            entry.card["language"] = code.lower()
        else:
            entry.wrong.append(f"“{words[:40]}” is no language, as in en or German.")
    elif kind == "time_zone":
        if words in zones:
            entry.card["time_zone"] = words
        else:
            entry.wrong.append(f"“{words[:40]}” is no time zone, as in Europe/Berlin.")
    elif kind == "company":
        entry.company = " ".join(words.split())[:500]
    elif kind == "note":
        entry.note = f"{entry.note}\n{words}".strip()
    elif kind == "good_to_know":
        entry.card["notes"] = words[:20_000]
    elif kind == "name":
        entry.card["name"] = " ".join(words.split())[:LONGEST_NAME]


def _take_addresses(entry: Entry, kind: str, words: str, kept_form: Callable[[str, str], str]) -> None:
    for part in _SEVERAL.split(words) if kind == "email" or kind in PHONE_KINDS else [words]:
        if part.strip():
            try:
                entry.addresses.append((kind, kept_form(kind, part)))
            except Unreachable as wrong:
                entry.wrong.append(f"“{part.strip()[:80]}”: {wrong}")
