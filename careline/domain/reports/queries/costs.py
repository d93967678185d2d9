"""What the work on cases cost, from the hours recorded and the prices of an hour."""

from __future__ import annotations

from dataclasses import dataclass

from careline.domain.company.queries import setting
from careline.domain.reports.queries.figures import key_sql, sums_of
from careline.domain.reports.queries.labels import labels_of
from careline.domain.reports.queries.reach import filters_of, reach_told, seen_by
from careline.domain.reports.queries.remembered import remembered
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.costs import Cost, Prices, Worked, costs_of, prices_from, prices_kept
from careline.domain.reports.rules.sums import Sum
from careline.domain.staff.rules import Person
from careline.kit import db

SETTING = "hour_prices"
SPLITS = ("team", "topic", "channel", "product", "language")
"""What costs may be split by."""
_WORK = """
SELECT {key} AS key, coalesce(r.code, '') AS role, f.team_id AS team, e.day AS "on", sum(e.seconds)::bigint AS seconds
FROM case_fact f JOIN case_effort e ON e.conversation_id = f.conversation_id
    LEFT JOIN staff_agent a ON a.id = e.agent_id LEFT JOIN staff_role r ON r.id = a.role_id {unnested}
WHERE f.resolved_on BETWEEN %(since)s AND %(until)s AND f.handle_seconds IS NOT NULL AND {filters} AND {seen} GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """`rows`: key, label, cost now and before, the dearest first."""

    prices: Prices
    now: Cost
    before: Cost
    rows: tuple[tuple[str, str, Cost, Cost], ...] = ()


def hour_prices() -> Prices:
    return prices_from(setting(SETTING))


def cost_of(person: Person, asked: Asked) -> Costs:
    """Of all cases that were resolved in the period and that a person sees; nothing where no hour has a price."""
    prices = hour_prices()
    if not prices.all:
        return Costs(prices, Cost(), Cost())
    return Costs(
        prices,
        _told(person, asked, prices, "").get("", Cost()),
        _told(person, asked.before(), prices, "").get("", Cost()),
    )


def costs_by(person: Person, asked: Asked, dim: str, *, language: str = "en") -> Costs:
    """The same, and by one of SPLITS. A case with several products stands under each."""
    whole = cost_of(person, asked)
    if not whole.prices.all:
        return whole
    now, before = (_told(person, one, whole.prices, dim) for one in (asked, asked.before()))
    keys = sorted({*now, *before}, key=lambda key: (-now.get(key, Cost()).scaled, len(key), key))
    labels = labels_of(dim, keys, language=language)
    rows = tuple((key, labels.get(key, ""), now.get(key, Cost()), before.get(key, Cost())) for key in keys)
    return Costs(whole.prices, whole.now, whole.before, rows)


def _told(person: Person, asked: Asked, prices: Prices, dim: str) -> dict[str, Cost]:
    priced = repr(prices_kept(prices))
    about = (
        "costs",
        reach_told(person),
        asked.since,
        asked.until,
        tuple(sorted(asked.only.items())),
        dim,
        priced,
    )
    return remembered(about, lambda: _counted(person, asked, prices, dim))


def _counted(person: Person, asked: Asked, prices: Prices, dim: str) -> dict[str, Cost]:
    seen, params = seen_by(person)
    filters, more = filters_of(asked)
    key, unnested = key_sql(dim)
    said = _WORK.format(key=key, unnested=unnested, filters=filters, seen=seen)
    rows = db.rows(said, params | more | {"since": asked.since, "until": asked.until})
    sums = sums_of(person, asked, ["handle_time"], dim=dim)
    cases = {of: part.n for (of, _), part in sums.items() if part != Sum()}
    return costs_of([Worked(row.key, row.role, row.team, row.on, row.seconds) for row in rows], cases, prices)
