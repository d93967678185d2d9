"""A million messages to search in, loaded by COPY: three a case, over three years, in three languages."""

from __future__ import annotations

import itertools
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.loading import _CASE, _MESSAGE, _TABLES, _copy, settle
from bench.search_texts import Texts, vector_of
from careline.domain.conversations.rules.searchable import VERSION, lexemes_of
from careline.domain.customers.rules.words import lexemes_of as words_of_texts
from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from careline.kit import db

MESSAGES_A_CASE = 3
YEARS = 3
THOUSANDTH, HUNDREDTH = "Team 100", "Team 1"
"""Teams with 0.1 % and 1 % of the cases."""
_NAMES = [
    "Carol",
    "Dan",
    "Eve",
    "Frank",
    "Grace",
    "Heidi",
    "Ivan",
    "Judy",
    "Mallory",
    "Niaj",
    "Olivia",
    "Peggy",
    "Rupert",
    "Sybil",
    "Trent",
    "Victor",
    "Walter",
]
_FAMILY = [
    "Jensen",
    "Okafor",
    "Lindgren",
    "Novak",
    "Rossi",
    "Meyer",
    "Dubois",
    "Silva",
    "Kowalski",
    "Haddad",
    "Tanaka",
    "Murphy",
    "Schulz",
    "Weber",
]


def load(size: int) -> None:
    """Brings the install to `size` messages where it has fewer; analysed and settled."""
    _finish()
    held = db.value("SELECT count(*) FROM conversations_message")
    if size - MESSAGES_A_CASE < held <= size * 1.3:
        _follow()
        return
    print(f"  loading {size:,} messages", flush=True)
    _ready()
    db.execute("SET maintenance_work_mem = '512MB'")
    db.execute("SET synchronous_commit = off")
    made = db.rows("SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index "
                   "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique", [list(_TABLES[2:4])])  # fmt: skip
    db.execute(
        "TRUNCATE conversations_conversation, conversations_message, channels_inbound, customers_customer CASCADE"
    )
    _dropped().write_text(json.dumps({index.name: index.made for index in made}))
    for index in made:
        db.execute(f"DROP INDEX {index.name}")
    _Loader(size).copy_all()
    _finish()
    _follow()
    settle()


def _dropped() -> Path:
    return Path(os.environ["CARELINE_DATA"]) / "dropped-indexes.json"


def _finish() -> None:
    """Indexes that were dropped for loading, also by a run that was cut short; and where keys go on."""
    if not _dropped().exists():
        return
    print("  indexes", flush=True)
    for name, made in json.loads(_dropped().read_text()).items():
        if db.value("SELECT to_regclass(%s) IS NULL", [name]):
            db.execute(made)
    for table in (_TABLES[0], _TABLES[2], _TABLES[3]):
        db.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"
        )
    db.execute("SELECT setval('case_number', (SELECT coalesce(max(number), 1) FROM conversations_conversation))")
    _dropped().unlink()


def _follow() -> None:
    """Some cases are followed and some name a colleague, as anywhere; else the planner knows nothing of either."""
    if db.value("SELECT EXISTS (SELECT FROM conversations_conversation WHERE follower_ids <> '{}')"):
        return
    for name, step in {"all": 40, "some": 50, "few": 5_000, "tiny": 9_000}.items():
        agent = db.value("SELECT id FROM staff_agent WHERE email = %s", [f"{name}@northwind.example"])
        for column, rest in (("follower_ids", 0), ("mentioned_ids", 7)):
            db.execute(
                f"UPDATE conversations_conversation SET {column} = {column} || %s::bigint WHERE mod(number, %s) = %s",
                [agent, step, rest],
            )
    db.execute("VACUUM ANALYZE conversations_conversation")


def _ready() -> None:
    """Somebody who sees a thousandth."""
    team = db.value("SELECT id FROM staff_team WHERE name = %s", [THOUSANDTH])
    if not db.value("SELECT id FROM staff_agent WHERE email = 'tiny@northwind.example'"):
        staff.add_agent("tiny@northwind.example", name="Tiny", role="representative", by=SYSTEM, at=datetime.now(UTC),
                        team_ids=(team,))  # fmt: skip


@dataclass(slots=True)
class _Case:
    number: int
    customer: int
    language: str
    began: datetime
    subject: list[str]
    said: int


class _Loader:
    def __init__(self, size: int) -> None:
        self._size, self._cases = size, size // MESSAGES_A_CASE
        self._dice = random.Random(23)
        self._texts = Texts()
        self._end = datetime.now(UTC)
        self._people = max(100, size // 10)
        self._statuses = {row.category: row.id for row in db.rows("SELECT id, category FROM conversations_status")}
        self._teams = [row.id for row in db.rows("SELECT id FROM staff_team ORDER BY id LIMIT 100")]
        shares = [10.0] + [989 / 98] * 98 + [1.0]
        self._shares = list(itertools.accumulate(shares))
        self._agents = [
            row.id for row in db.rows("SELECT id FROM staff_agent WHERE email LIKE ANY (ARRAY['all@%%','some@%%'])")
        ]
        self._tags = [row.id for row in db.rows("SELECT id FROM conversations_tag ORDER BY id")]
        self._channel = db.row("SELECT id, brand_id FROM channels_channel ORDER BY id LIMIT 1")

    def copy_all(self) -> None:
        people = range(1, self._people + 1)
        _copy(_TABLES[0], "id name language notes fields created_at vector",
              ((n, self._name(n), "en", "", "{}", self._end, self._words_of_customer(n)) for n in people))  # fmt: skip
        _copy(_TABLES[1], "customer_id kind value is_primary created_at",
              ((n, "email", self._address(n), True, self._end) for n in people))  # fmt: skip
        _copy(_TABLES[2], _CASE, (self._row_of(case) for case in self._all()))
        self._dice, self._texts = random.Random(23), Texts()
        _copy(_TABLES[3], _MESSAGE, self._messages())
        _copy(_TABLES[4], "conversation_id customer_id kind value name role state", (
            (n, p, "email", self._address(p), self._name(p), "requester", "active")
            for n in range(1, self._cases + 1) for p in [self._customer(n)]))  # fmt: skip

    def _all(self) -> Iterator[_Case]:
        step = timedelta(days=365 * YEARS) / self._cases
        for n in range(1, self._cases + 1):
            language = self._texts.language()
            yield _Case(n, self._customer(n), language, self._end - step * (self._cases - n + 1),
                        self._texts.subject(language), MESSAGES_A_CASE)  # fmt: skip

    def _row_of(self, case: _Case) -> tuple[Any, ...]:
        dice = random.Random(case.number)
        category = dice.choices(("open", "waiting", "resolved"), (3, 3, 94))[0]
        updated = case.began + timedelta(minutes=60)
        due = self._end + timedelta(minutes=dice.uniform(-600, 6000)) if category == "open" else None
        team = dice.choices(self._teams, cum_weights=self._shares)[0]
        return (
            case.number, case.number, " ".join(case.subject), self._statuses[category], category, False, 2, self._channel.id,
            [self._channel.id], self._channel.brand_id, case.customer, dice.choice(self._agents) if dice.random() < 0.3 else None, team,
            [], [dice.choice(self._tags)] if dice.random() < 0.2 else [], f'{{"plan": "{dice.choice(("gold", "plain"))}"}}', case.language,
            case.began, updated, updated if due else None, due, "answer" if due else "", " ".join(case.subject), None, case.said, False, 0, 1,
        )  # fmt: skip

    def _messages(self) -> Iterator[tuple[Any, ...]]:
        """In the order of their moments, as ids are given."""
        key = itertools.count(1)
        for case in self._all():
            for place in range(case.said):
                yield self._message(next(key), case, place)

    def _message(self, key: int, case: _Case, place: int) -> tuple[Any, ...]:
        kind = ("incoming", "reply", "note")[place] if place < 2 or key % 4 == 0 else "incoming"
        words = self._texts.words(case.language)
        text, subject = " ".join(words), " ".join(case.subject)
        person = {"kind": "email", "value": self._address(case.customer), "name": self._name(case.customer)}
        us = {"kind": "email", "value": "support@northwind.example", "name": "Support"}
        sender, to = (person, us) if kind == "incoming" else (us, person)
        plain = lexemes_of(subject=subject, text=text, sender=sender, to=[] if kind == "note" else [to])
        vector = vector_of(plain, [*case.subject, *words], self._texts.vocabulary(case.language))
        return (
            key, case.number, kind, "mail", "staff" if kind == "note" else "public", self._channel.id,
            *(("customer", case.customer) if kind == "incoming" else ("agent", self._agents[0])),
            _json(sender), "[]", f"[{_json(to)}]", "[]", "[]", subject, text, "", text, "", "", f"<l{key}@mail.example.com>", "",
            case.began + timedelta(minutes=30 * place), "{}", "", False, "{}", vector, VERSION,
        )  # fmt: skip

    def _customer(self, case: int) -> int:
        return 1 + (case * 7919) % self._people

    def _words_of_customer(self, n: int) -> str:
        return " ".join(f"'{word}'" for word in words_of_texts([self._name(n), self._address(n)]))

    def _name(self, n: int) -> str:
        return f"{_NAMES[n % len(_NAMES)]} {_FAMILY[n // 7 % len(_FAMILY)]}"

    def _address(self, n: int) -> str:
        return f"{_NAMES[n % len(_NAMES)].lower()}.{n}@{'example.com' if n % 3 else f'firm{n % 997}.example'}"


def _json(person: dict[str, str]) -> str:
    return f'{{"kind": "{person["kind"]}", "value": "{person["value"]}", "name": "{person["name"]}"}}'
