"""Making a cluster: whole or not at all, with the one database inside."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from careline.kit.postgres.account import give_all, has_name, named_account
from careline.kit.postgres.binaries import MAJOR
from careline.kit.postgres.errors import StartFailed, WrongMajor
from careline.kit.postgres.place import Place
from careline.kit.supervision.children import spawn

USER = "careline"
DATABASE = "careline"
_INITDB = (
    f"--username={USER}",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth-local=trust",
    "--auth-host=reject",
    "--no-instructions",
)


def make_where_absent(place: Place, *, fsync: bool) -> bool:
    """True where a cluster was made just now. Raises WrongMajor, StartFailed."""
    if place.cluster.exists():
        _check_major(place.cluster)
        return False
    making = place.folder / "cluster.making"
    shutil.rmtree(making, ignore_errors=True)
    with lent_to_a_named_account(place) as named:
        options = [] if fsync else ["--no-sync"]
        run(named, "initdb", [f"--pgdata={making}", *_INITDB, *options])
        # The single-user server needs no socket, no wait and no client library.
        run(
            named,
            "postgres",
            ["--single", "-D", str(making), "-c", f"fsync={'on' if fsync else 'off'}", "postgres"],
            stdin=f"CREATE DATABASE {DATABASE};\n",
        )
    making.rename(place.cluster)
    return True


@contextmanager
def lent_to_a_named_account(place: Place) -> Iterator[Place]:
    """initdb and the single-user server insist on an account with a name; a free number has none.

    So root lends the place to such an account for the second that this takes, and takes all of it back.
    """
    uid = os.geteuid() if place.uid is None else place.uid
    if has_name(uid):
        yield place
        return
    if place.uid is None:
        raise StartFailed(
            f"Your user number {uid} has no line in /etc/passwd, which PostgreSQL's initdb needs; "
            "add one, or name a server in CARELINE_DATABASE_URL."
        )
    named = named_account()
    try:
        os.chown(place.folder, named, named)
        yield replace(place, uid=named)
    finally:
        give_all(place.folder, to=uid)


def _check_major(cluster: Path) -> None:
    found = cluster / "PG_VERSION"
    major = found.read_text().strip() if found.exists() else "an unknown version of"
    if major != str(MAJOR):
        raise WrongMajor(
            f"The database in {cluster} was made by PostgreSQL {major} and this version brings {MAJOR}; "
            "start the version that made it, take a backup there and restore it here."
        )


def run(place: Place, program: str, words: list[str], *, stdin: str = "") -> str:
    """What the program prints. Raises StartFailed with its last line."""
    child = spawn(
        [place.binaries.program(program), *words],
        env=clean_environment(),
        folder=place.folder,
        uid=place.uid,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output, _ = child.communicate(stdin.encode())
    text = output.decode(errors="replace")
    if child.returncode != 0 or "FATAL" in text or "ERROR" in text:
        raise StartFailed(f"PostgreSQL's {program} failed: {last_words(text)}")
    return text


def last_words(text: str) -> str:
    """The last line that says what is wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if "FATAL" in line or "PANIC" in line or "error" in line.lower()]
    return (wrong or lines or ["it said nothing."])[-1]


def clean_environment() -> dict[str, str]:
    """Nothing of ours reaches the server: PG* variables and locales would change what it does."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
