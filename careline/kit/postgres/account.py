"""Under which user PostgreSQL runs: it refuses to run as root, so root lends it a number nobody has."""

import os
import pwd
from pathlib import Path

from careline.kit.postgres.errors import ClusterError

# Between the ordinary users and the ranges that distributions and systemd hand out by themselves.
FIRST_FREE_UID = 59432
_TRIES = 32


def account_for(owned: Path) -> int | None:
    """The uid to run as, None to stay who we are; `owned` is the nearest existing folder of the cluster.

    Root follows the folder's owner, so that a cluster made by an ordinary user stays that user's.
    """
    if os.geteuid() != 0:
        return None
    owner = owned.stat().st_uid
    return owner if owner != 0 else _free_uid()


def is_open_to(path: Path, uid: int) -> bool:
    """May a user without any group but the one of the same number pass through to `path` and look into it?"""
    resolved = path.resolve()
    return all(_may_pass(folder, uid) for folder in [resolved, *resolved.parents])


def _may_pass(folder: Path, uid: int) -> bool:
    facts = folder.stat()
    if facts.st_uid == uid:
        return bool(facts.st_mode & 0o100)
    if facts.st_gid == uid:
        return bool(facts.st_mode & 0o010)
    return bool(facts.st_mode & 0o001)


def _free_uid() -> int:
    for uid in range(FIRST_FREE_UID, FIRST_FREE_UID + _TRIES):
        if not has_name(uid):
            return uid
    raise ClusterError(
        f"No free user number from {FIRST_FREE_UID} to {FIRST_FREE_UID + _TRIES}; start as an ordinary user."
    )


def has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def named_account() -> int:
    """An unprivileged account of every system. Raises ClusterError."""
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError as cause:
        raise ClusterError(
            "This system has no user called nobody, whom PostgreSQL's initdb needs; start as an ordinary user instead."
        ) from cause


def give_all(folder: Path, *, to: int) -> None:
    """Hands a folder and all in it over, never through a link."""
    for inner, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            os.chown(Path(inner, name), to, to, follow_symlinks=False)
    os.chown(folder, to, to)


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"
