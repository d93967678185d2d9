"""Search at the size at hand: newest 20 for common, rare and misspelt words and with filters, by who sees 100 %, 1 %, 0.1 %."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.counts import _cpu_of
from bench.figures import Figure, Part, percentile
from careline.domain.conversations.commands.search_index import index_again
from careline.domain.desk.queries.search.everything import results_of
from careline.domain.desk.queries.search.suggestions import suggestions_for
from careline.domain.desk.vocabulary import count_words_of
from careline.domain.staff.queries import person
from careline.kit import db

WHO = {"all": "sees 100 %", "few": "sees 1 %", "tiny": "sees 0.1 %"}
LANGUAGES = ("en", "de", "fr")
TIMES = 5
P99_MS, WORST_MS, RATE = 100.0, 1_500.0, 500.0
_FILTERED = ("refund is:open", "order tag:vip", 'invoice team:"Team 7"', "order -invoice", "after:30d order", "before:2025-06-01 order",
             "subject:refund wheel", "merci language:fr", "field.plan:gold helmet", "assignee:some saddle", "is:open tag:vip",
             "from:carol bell*")  # fmt: skip
_TYPED = ("ord", "order re", "car", "carol.1", "team:te", "#500", "livr")
_COUNTED = 40_000


@dataclass(frozen=True, slots=True)
class Took:
    """One search, in ms: in all; on a processor, of the database and of ours."""

    wall: float
    database: float
    ours: float

    @property
    def cpu(self) -> float:
        return self.database + self.ours


def measure(part: Part) -> None:
    _count_words()
    gc.collect()
    gc.freeze()  # as the web process does: else every tenth search or so pays for a round over all models
    load = os.getloadavg()[0]
    spent: list[Took] = []
    rows = []
    for name, queries in _queries().items():
        for who, seen in WHO.items():
            took = list(_times(queries, who))
            spent += took
            rows.append([name, seen, str(len(queries)), *_cells(took)])
    head = [
        "words",
        "who",
        "queries",
        "median",
        "p99",
        "slowest",
        "CPU median",
        "CPU p99",
        "CPU worst",
        "of it database, p99",
    ]
    part.tables.append(("Newest 20, ms", head, rows))
    walls, cpus = [took.wall for took in spent], [took.cpu for took in spent]
    remark = (
        f"{len(spent):,} searches; load {load:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} cores"
    )
    part.add(Figure("Search, newest 20: p99 over everything", percentile(walls, 0.99), "ms", P99_MS, True, remark))
    remark = "database and ours; what is left of it when others load the machine"
    part.add(Figure("Search, newest 20: p99 of CPU", percentile(cpus, 0.99), "ms CPU", P99_MS, True, remark))
    part.add(Figure("Search: the slowest of all", max(walls), "ms", WORST_MS, True, f"{max(cpus):.0f} ms CPU at most"))
    typed = [took.wall for who in WHO for text in _TYPED for took in _times_typing(text, who)]
    part.add(Figure("Suggestions while typing: p99", percentile(typed, 0.99), "ms", P99_MS, True))
    part.add(Figure("Messages indexed anew, one process", _indexing_rate(), "messages/s", RATE))
    part.notes.append(
        "Each query is asked five times; the first is part of what is counted. Phrases are looked for in the newest 2,000 candidates."
    )


def _cells(took: list[Took]) -> list[str]:
    walls, cpus, database = ([getattr(one, name) for one in took] for name in ("wall", "cpu", "database"))
    shown = [
        *(percentile(walls, share) for share in (0.5, 0.99, 1.0)),
        *(percentile(cpus, share) for share in (0.5, 0.99, 1.0)),
    ]
    return [f"{value:.1f}" for value in [*shown, percentile(database, 0.99)]]


def _queries() -> dict[str, list[str]]:
    """Words by how many of the counted messages hold them, as they stand there and misspelt."""
    known = db.rows("SELECT word, count FROM desk_word WHERE length(word) BETWEEN 5 AND 12 ORDER BY count DESC, word")
    most = known[0].count
    of = {
        "common": [row.word for row in known if row.count > most / 10][:25],
        "in the middle": [row.word for row in known if most / 1000 < row.count < most / 100][
            :: max(1, len(known) // 2000)
        ][:25],
        "rare": [row.word for row in known if 3 <= row.count <= 6][:: max(1, len(known) // 4000)][:25],
    }
    misspelt = [word[:2] + word[3] + word[2] + word[4:] for word in of["common"][:15] + of["in the middle"][:10]]
    pairs = [f"{one} {other}" for one, other in zip(of["common"], of["in the middle"], strict=False)]
    phrases = [f'"{one} {other}"' for one, other in zip(of["common"], of["common"][1:], strict=False)][:10]
    return {**of, "two words": pairs[:15], "misspelt": misspelt, "with filters": list(_FILTERED), "nothing holds it": ["qqxzvw", "wvzxqq"],
            "phrases": phrases}  # fmt: skip


def _times(queries: list[str], who: str) -> Iterator[Took]:
    asking = _person(who)
    for query in queries:
        for _ in range(TIMES):
            yield _timed(lambda query=query: results_of(query, asking, at=datetime.now(UTC), languages=LANGUAGES))  # type: ignore[misc]


def _times_typing(text: str, who: str) -> Iterator[Took]:
    asking = _person(who)
    for _ in range(TIMES):
        yield _timed(lambda: suggestions_for(text, asking, at=datetime.now(UTC), languages=LANGUAGES))


def _timed(call: Any) -> Took:
    backend = db.value("SELECT pg_backend_pid()")
    database, ours, began = _cpu_of(backend), time.thread_time(), time.perf_counter()
    call()
    took = time.perf_counter() - began
    return Took(took * 1000, _cpu_of(backend) - database, (time.thread_time() - ours) * 1000)


def _person(who: str) -> Any:
    found = person(db.value("SELECT id FROM staff_agent WHERE email = %s", [f"{who}@northwind.example"]))
    assert found is not None
    return found


def _count_words() -> None:
    """As the worker would have done while the messages came."""
    if db.value("SELECT EXISTS (SELECT FROM desk_word)"):
        return
    step = max(1, db.value("SELECT count(*) FROM conversations_message") // _COUNTED) * 8
    keys = [
        row.id
        for row in db.rows(
            "SELECT id FROM conversations_message WHERE mod(id, %s) = 0 OR mod(id, %s) = 8", [step, step]
        )
    ]
    for start in range(0, len(keys), 500):
        count_words_of(keys[start : start + 500])
    db.execute("VACUUM ANALYZE desk_word")


def _indexing_rate() -> float:
    """Words made, stems, vector and index written, committed in chunks."""
    keys = [row.id for row in db.rows("SELECT id FROM conversations_message ORDER BY id DESC LIMIT 4000")]
    began = time.perf_counter()
    index_again(keys)
    return len(keys) / (time.perf_counter() - began)
