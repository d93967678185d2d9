"""The parts of a run, in order. Each measures into a `Part`, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.figures import Part
from bench.place import install


@dataclass(frozen=True, slots=True)
class Measured:
    title: str
    measure: Callable[[Part, int], None]


def _intake_at_zero(part: Part, size: int) -> None:
    with install("empty", fresh=True):
        from bench import intake

        intake.threads(part)
        intake.measure(part, mails=900, label="no cases before", has_targets=False)


def _pages(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import loading, pages

        loading.load(size)
        pages.measure(part)


def _intake_at_size(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import intake, loading

        loading.load(size)
        intake.measure(part, mails=900, label=f"{size:,} cases before")


def _live(part: Part, size: int) -> None:
    with install(f"cases-{size}") as folder:
        from bench import live, loading

        loading.load(size)
        live.measure(part, folder)


def _bulk(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import bulk, loading

        loading.load(size)
        bulk.measure(part)


def _counts(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import counts, loading

        loading.load(size)
        counts.measure(part)


def _api(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import api_lists, loading

        loading.load(size)
        api_lists.measure(part)


def _start(part: Part, size: int) -> None:
    from bench import start

    start.measure(part)


def _search(part: Part, size: int) -> None:
    with install(f"search-{size}"):
        from bench import search, search_loading

        search_loading.load(size)
        search.measure(part)


def _routing(part: Part, size: int) -> None:
    with install("routing", fresh=True):
        from bench import routing

        routing.measure(part)


def _keeping(part: Part, size: int) -> None:
    with install(f"cases-{size}") as folder:
        from bench import keeping, loading

        loading.load(size)
        keeping.measure(part, folder)


def _sla(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import loading, sla

        loading.load(size)
        sla.measure(part)


def _screen(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import loading, screen

        loading.load(size)
        screen.measure(part)


def _rules(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import loading, rules

        loading.load(size)
        rules.measure(part)


def _policies(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import loading, policies

        loading.load(size)
        policies.measure(part)


def _wall(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import loading, wall

        loading.load(size)
        wall.measure(part)


def _finding(part: Part, size: int) -> None:
    with install("finding", fresh=True):
        from bench import finding

        finding.measure(part)


def _help(part: Part, size: int) -> None:
    with install("help", fresh=True):
        from bench import help as help_centre

        help_centre.measure(part)


def _orders(part: Part, size: int) -> None:
    with install("orders-1000000"):
        from bench import aftersales, orders

        orders.measure(part)
        aftersales.measure(part)


def _timeline(part: Part, size: int) -> None:
    with install("timeline", fresh=True):
        from bench import timeline

        timeline.measure(part)


def _exports(part: Part, size: int) -> None:
    with install(f"cases-{size}"):
        from bench import exports, loading

        loading.load(size)
        exports.measure(part)


def _reports(part: Part, size: int) -> None:
    with install(f"reports-{size}"):
        from bench import reports

        reports.measure(part, size)


def _chat(part: Part, size: int) -> None:
    with install("chat", fresh=True):
        from bench import chat

        chat.measure(part)


PARTS = {
    "start": Measured("Start and memory", _start),
    "intake-empty": Measured("Mail in, into an empty install", _intake_at_zero),
    "intake": Measured("Mail in", _intake_at_size),
    "live": Measured("Live events", _live),
    "timeline": Measured("A customer's history", _timeline),
    "chat": Measured("Live chat", _chat),
    "keeping": Measured("Backup, restore and export", _keeping),
    "bulk": Measured("Bulk changes", _bulk),
    "routing": Measured("Routing", _routing),
    "counts": Measured("Counts of views", _counts),
    "sla": Measured("Promised times", _sla),
    "api": Measured("Lists over the API", _api),
    "pages": Measured("Lists and cases", _pages),
    "screen": Measured("The agent's screen in Chromium", _screen),
    "search": Measured("Search", _search),
    "finding": Measured("Finding articles", _finding),
    "rules": Measured("Rules", _rules),
    "policies": Measured("Policy and limits", _policies),
    "help": Measured("The help centre before a reader", _help),
    "reports": Measured("Reports", _reports),
    "wall": Measured("The supervisor's wall", _wall),
    "orders": Measured("A million orders", _orders),
    "exports": Measured("Rows, exports, the outlook", _exports),
}
