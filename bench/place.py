"""An install to measure on: a cluster with production's settings, the tables, a small company; kept between runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from careline.kit.postgres import Cluster

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "bench"
MAILBOX = "support@northwind.example"


@contextmanager
def install(name: str, *, fresh: bool = False) -> Iterator[Path]:
    """Its data folder; inside, Django talks to its database. One per process: Django's settings are read once."""
    folder = CACHE / name
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for path in (CACHE, folder):
        path.chmod(0o711)
    os.environ |= {"CARELINE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "careline.config.settings",
                   "CARELINE_SECRET_KEY": "only-for-benchmarks-never-for-anything-else"}  # fmt: skip
    cluster = _with_tables(folder)
    try:
        _prepare()
        yield folder
    finally:
        _stop(cluster)


def _with_tables(folder: Path) -> Cluster:
    """A folder kept from a time when an unreleased migration stood elsewhere in the chain is made anew."""
    import django
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    cluster = Cluster(folder)
    os.environ["CARELINE_DATABASE_URL"] = cluster.start()
    django.setup()
    from django.core.management import call_command

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except InconsistentMigrationHistory:
        _stop(cluster)
        shutil.rmtree(folder)
        folder.mkdir()
        folder.chmod(0o711)
        return _with_tables(folder)
    return cluster


def _stop(cluster: Cluster) -> None:
    from django.db import connections

    connections.close_all()
    cluster.stop()


def _prepare() -> None:
    from careline.domain.channels.queries import channels

    if not channels():
        _found()


def _found() -> None:
    """Northwind Bikes: a brand, a mailbox, a hundred teams, and agents who see all, 30 % and 1 %."""
    from careline.domain.channels import commands as channels
    from careline.domain.company import commands as company
    from careline.domain.company.queries import default_brand
    from careline.domain.conversations.commands.labels import ensure_statuses, tag_ids
    from careline.domain.history.actor import SYSTEM
    from careline.domain.history.commands import make_months
    from careline.domain.staff import commands as staff

    at = datetime.now(UTC)
    company.found("Northwind Bikes", languages=("en", "de"), by=SYSTEM, at=at)
    staff.ensure_roles()
    ensure_statuses()
    make_months(at)
    teams = [staff.add_team(f"Team {n}", by=SYSTEM, at=at).pk for n in range(1, 101)]
    for name, role, held in (
        ("all", "administrator", ()), ("some", "representative", teams[:30]), ("few", "representative", teams[:1])
    ):  # fmt: skip
        staff.add_agent(
            f"{name}@northwind.example", name=name.title(), role=role, by=SYSTEM, at=at, team_ids=tuple(held)
        )
    tag_ids(["refund", "delivery", "warranty", "invoice", "vip"])
    brand = default_brand()
    channels.add_channel("email", name="Support", address=MAILBOX, brand_id=getattr(brand, "pk", brand), team_id=teams[0],
                         settings={}, by=SYSTEM, at=at)  # fmt: skip
