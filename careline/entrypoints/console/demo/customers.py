"""The customers of the demo: some 120 of them, with their ways of writing."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.customers import commands as customers
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.console.demo.words.names import COMPANIES, HOW_MANY, NAMES, PLAIN_DOMAINS, SPELT


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes in. `quotes`: "", "plain" or "html", as their mail program does."""

    name: str
    address: str
    language: str
    company: str = ""
    quotes: str = "plain"
    is_signed: bool = False
    is_html: bool = False
    proof: str = "pass"

    @property
    def first(self) -> str:
        return self.name.split()[0]

    @property
    def signature(self) -> str:
        return f"{self.name}\n{self.company}".strip() if self.is_signed else ""


CAROL = Writer("Carol Jensen", "carol@example.com", "en", quotes="plain", is_signed=True)


def make_writers(*, chance: random.Random, at: datetime) -> list[Writer]:
    """Puts the customers and their companies into the install, as known since some time before `at`."""
    writers = [CAROL]
    held: dict[str, Any] = {}
    for language, count in HOW_MANY.items():
        for number in range(count):
            writers.append(_writer(language, number, chance))
    for writer in writers:
        since = at - timedelta(days=chance.randint(0, 700))
        domain = writer.address.rpartition("@")[2]
        if writer.company and writer.company not in held:
            held[writer.company] = customers.add_organisation(writer.company, domains=[domain], by=SYSTEM, at=since)
        row = customers.add(
            name=writer.name, organisation=held.get(writer.company), language=writer.language,
            notes=chance.choice(_NOTES) if chance.random() < 0.12 else "", by=SYSTEM, at=since,
        )  # fmt: skip
        for kind, value in _addresses(writer, chance):
            customers.add_address(row.pk, kind=kind, value=value, by=SYSTEM, at=since)
    return writers


def _writer(language: str, number: int, chance: random.Random) -> Writer:
    firsts, families = (words.split() for words in NAMES[language])
    first, family = firsts[number % len(firsts)], families[(number * 7 + number // len(firsts)) % len(families)]
    companies = [(name, domain) for name, domain, spoken in COMPANIES if spoken == language]
    company, domain = (
        chance.choice(companies) if companies and chance.random() < 0.3 else ("", chance.choice(PLAIN_DOMAINS))
    )
    local = (
        f"{_ascii(first)}.{_ascii(family)}"
        if company or chance.random() < 0.6
        else f"{_ascii(first)[:1]}{_ascii(family)}{number}"
    )
    return Writer(
        f"{first} {family}", f"{local}@{domain}", language, company,
        quotes=chance.choice(("plain", "plain", "html", "html", "")), is_signed=bool(company) or chance.random() < 0.3,
        is_html=chance.random() < 0.35, proof=chance.choices(("pass", "none", "fail"), (88, 9, 3))[0],
    )  # fmt: skip


def _addresses(writer: Writer, chance: random.Random) -> list[tuple[str, str]]:
    local = writer.address.partition("@")[0]
    found = [("email", writer.address)]
    if chance.random() < 0.2:
        found.append(("email", f"{local}@private.example"))
    if chance.random() < 0.4:
        found.append(("phone", f"+99955501{chance.randint(0, 9999):04}"))
    return found


def _ascii(word: str) -> str:
    plain = unicodedata.normalize("NFKD", SPELT.get(word, word)).encode("ascii", "ignore").decode()
    return "".join(sign for sign in plain.lower() if sign.isalnum()) or "mail"


_NOTES = (
    "Rides daily with two children; prefers short answers.",
    "Orders for the whole house. Deliver to the yard, not to the office.",
    "Very precise, usually right.",
    "Please ring before the workshop starts on anything over 50.",
    "Left-handed: bell on the other side.",
)
