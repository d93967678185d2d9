"""Writes tables.sql anew: `python -m careline.entrypoints.console.first_tables.dumping`, by `bin/first-tables.sh`."""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from careline.entrypoints.console.first_tables import TABLES, known_migrations
from careline.kit.postgres import Cluster
from careline.kit.postgres.binaries import installed_binaries

_NOT_OURS = re.compile(r"^(SET |SELECT pg_catalog\.set_config|\\|CREATE SCHEMA|COMMENT ON SCHEMA|--)")
_MOMENT = re.compile(r"'20\d\d-\d\d-\d\d [\d:.]+\+00'(?=\)[,;]$)", re.MULTILINE)
_HEAD = "All tables of a new install, as these migrations make them; written by bin/first-tables.sh, not by hand."


def dumped(url: str) -> str:
    """What stands in the database, without the months of the history, which each install has of its own, and Django's own lists."""
    left_out = (
        "--exclude-table=history_2*",
        "--exclude-table-data=auth_permission",
        "--exclude-table-data=django_content_type",
    )
    how = ("--no-owner", "--no-privileges", "--rows-per-insert=1000", *left_out, "--dbname", url)
    command: list[str | Path] = [installed_binaries().program("pg_dump"), *how]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    kept = "\n".join(line for line in told.splitlines() if not _NOT_OURS.match(line))
    return re.sub(r"\n{3,}", "\n\n", _MOMENT.sub("now()", kept)).strip() + "\n"


def written_down() -> str:
    """The whole file, from a database of its own that the migrations make."""
    folder = Path(tempfile.mkdtemp(prefix="careline-tables-"))
    folder.chmod(0o711)
    cluster = Cluster(folder, fsync=False)
    url = cluster.start()
    os.environ |= {"CARELINE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "careline.config.settings",
                   "CARELINE_SECRET_KEY": "only-to-write-tables-down", "CARELINE_DATABASE_URL": url}  # fmt: skip
    try:
        _migrate()
        head = "\n".join(
            f"-- {words}" for words in (_HEAD, *(f"{name} {digest}" for name, digest in known_migrations().items()))
        )
        return f"{head}\n\n{dumped(url)}"
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _migrate() -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    gc.disable()
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


if __name__ == "__main__":
    TABLES.write_text(written_down(), encoding="utf-8")
