"""A desk full of cases, loaded by COPY: a tenth open, a tenth waiting; a hundred teams; one mail each, some with twenty."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.mails import Writer
from careline.kit import db

LONG_CASES, LONG = 200, 20
TAG, FIELD, WORD = "refund", {"plan": "gold"}, "bracket"
"""What the saved view asks for; a fifth, a third and a good part of the cases have them."""
_TABLES = ("customers_customer", "customers_address", "conversations_conversation", "conversations_message",
           "conversations_participant")  # fmt: skip
_CASE = ("id number subject status_id category is_spam priority channel_id channel_ids brand_id customer_id assignee_id team_id "
         "follower_ids tag_ids fields language created_at updated_at waiting_since next_due_at due_kind last_snippet "
         "last_message_id message_count has_attachment pending_approvals version")  # fmt: skip
_MESSAGE = ("id conversation_id kind form visibility channel_id author_kind author_id sender reply_to to cc bcc subject text html "
            "visible_text quoted signature external_id in_reply_to created_at authenticity auto_reply is_doubtful data vector "
            "vector_version")  # fmt: skip


def load(size: int) -> None:
    """Brings the install to `size` cases where it has fewer, or far more after many runs; analysed and settled."""
    held = db.value("SELECT count(*) FROM conversations_conversation")
    if size <= held <= size * 1.3:
        return
    print(f"  loading {size:,} cases", flush=True)
    begun = db.rows("SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index "
                    "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique", [list(_TABLES[2:4])])  # fmt: skip
    db.execute(
        "TRUNCATE conversations_conversation, conversations_message, channels_inbound, customers_customer CASCADE"
    )
    for index in begun:
        db.execute(f"DROP INDEX {index.name}")
    _Loader(size).copy_all()
    db.execute("SET maintenance_work_mem = '512MB'")
    for index in begun:
        db.execute(index.made)
    for table, column in ((_TABLES[0], "id"), (_TABLES[2], "id"), (_TABLES[3], "id")):
        db.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max({column}) FROM {table}))")
    db.execute(f"SELECT setval('case_number', {size})")
    settle()


def settle() -> None:
    """What earlier runs left to do in the background is done now, not while the next one is measured."""
    db.execute("VACUUM ANALYZE")
    db.execute("CHECKPOINT")


class _Loader:
    def __init__(self, size: int) -> None:
        self._size = size
        self._dice = random.Random(11)
        self._writer = Writer(11)
        self._texts = [self._writer.text(400) for _ in range(2000)]
        self._subjects = [self._writer.text(40).replace("\n", " ").strip() for _ in range(2000)]
        self._vectors = [
            " ".join({f"'{word}'" for word in text.replace(",", " ").replace(".", " ").split()}) for text in self._texts
        ]
        self._now = datetime.now(UTC)
        self._statuses = {row.category: row.id for row in db.rows("SELECT id, category FROM conversations_status")}
        self._teams = [row.id for row in db.rows("SELECT id FROM staff_team ORDER BY id LIMIT 100")]
        self._agents = [row.id for row in db.rows("SELECT id FROM staff_agent ORDER BY id LIMIT 3")]
        self._tags = {row.name: row.id for row in db.rows("SELECT id, name FROM conversations_tag")}
        self._channel = db.row("SELECT id, brand_id FROM channels_channel ORDER BY id LIMIT 1")
        self._people = max(100, size // 10)

    def copy_all(self) -> None:
        now = self._now
        people = range(1, self._people + 1)
        _copy(_TABLES[0], "id name language notes fields created_at",
              ((n, f"Carol {n}", "en", "", "{}", now) for n in people))  # fmt: skip
        _copy(_TABLES[1], "customer_id kind value is_primary created_at",
              ((n, "email", f"person.{n}@example.com", True, now) for n in people))  # fmt: skip
        _copy(_TABLES[2], _CASE, (self._case(n) for n in range(1, self._size + 1)))
        _copy(_TABLES[3], _MESSAGE, self._messages())
        _copy(_TABLES[4], "conversation_id customer_id kind value name role state", (
            (n, p, "email", f"person.{p}@example.com", f"Carol {p}", "requester", "active")
            for n in range(1, self._size + 1) for p in [self._person(n)]))  # fmt: skip

    def _case(self, n: int) -> tuple[Any, ...]:
        dice = self._dice
        category = dice.choices(("open", "waiting", "resolved"), (10, 10, 80))[0]
        made = self._now - timedelta(seconds=(self._size - n) * 300 + dice.random() * 200)
        updated = made + timedelta(seconds=dice.random() * 86_000)
        due = self._now + timedelta(minutes=dice.uniform(-600, 6000)) if category == "open" else None
        tags = [self._tags[dice.choice(list(self._tags))]] if dice.random() < 0.5 else []
        if dice.random() < 0.1:
            tags = [self._tags[TAG]]
        assignee = dice.choice(self._agents) if dice.random() < 0.3 else None
        plan = dice.choice(("gold", "silver", "plain"))
        return (
            n, n, dice.choice(self._subjects), self._statuses[category], category, False, 2, self._channel.id, [self._channel.id],
            self._channel.brand_id, self._person(n), assignee, dice.choice(self._teams), [], tags, f'{{"plan": "{plan}"}}', "en",
            made, updated, updated if due else None, due, "answer" if due else "", self._texts[n % 2000][:140], n,
            LONG if n <= LONG_CASES else 1, False, 0, 1,
        )  # fmt: skip

    def _messages(self) -> Iterator[tuple[Any, ...]]:
        for n in range(1, self._size + 1):
            yield self._message(n, n, 0)
        for n in range(LONG_CASES * (LONG - 1)):
            yield self._message(self._size + 1 + n, 1 + n // (LONG - 1), 1 + n % (LONG - 1))

    def _message(self, key: int, case: int, place: int) -> tuple[Any, ...]:
        person, kind = self._person(case), "reply" if place % 2 else "incoming"
        sender = f'{{"kind": "email", "value": "person.{person}@example.com", "name": "Carol {person}"}}'
        author = ("agent", self._agents[0]) if kind == "reply" else ("customer", person)
        text = self._texts[key % 2000]
        at = self._now - timedelta(seconds=(self._size - case) * 300 - place * 600)
        return (
            key, case, kind, "mail", "public", self._channel.id, *author, sender, "[]", "[]", "[]", "[]", self._subjects[key % 2000],
            text, "", text, "", "", f"<l{key}@mail.example.com>", "", at, "{}", "", False, "{}", self._vectors[key % 2000], 1,
        )  # fmt: skip

    def _person(self, case: int) -> int:
        return 1 + (case * 7919) % self._people


def _copy(table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    named = ", ".join(f'"{column}"' for column in columns.split())
    with db._cursor().copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
