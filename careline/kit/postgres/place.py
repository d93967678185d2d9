"""Where a folder's cluster really lies, and under which account.

Usually `FOLDER/postgres`. Where root starts it and a folder above is closed to the unprivileged account, the place is
`/var/lib/careline/ID` with a copy of the binaries, and `FOLDER/postgres-place` names it: backup, doctor and deletion
follow that file. No other folder's mode is ever changed.
"""

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from careline.kit.postgres.account import account_for, is_open_to, name_of
from careline.kit.postgres.binaries import Binaries, copied_binaries, installed_binaries
from careline.kit.postgres.errors import ClusterError, FolderNotOurs

FOLDER_NAME = "postgres"
POINTER_NAME = "postgres-place"
STATE = Path("/var/lib/careline")
# sockaddr_un holds 108 bytes on Linux, 104 elsewhere, with the closing zero and PostgreSQL's own file name.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")


@dataclass(frozen=True)
class Place:
    folder: Path
    uid: int | None
    binaries: Binaries

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "log"


def place_of(folder: Path) -> Path | None:
    """The folder that holds the cluster of this data folder, None before its first start."""
    pointer = folder / POINTER_NAME
    if pointer.exists():
        return Path(pointer.read_text().strip())
    inside = folder / FOLDER_NAME
    return inside if inside.exists() else None


def settled_place(folder: Path) -> Place:
    """The place, made where absent. Raises ClusterError."""
    try:
        return _settle(folder)
    except PermissionError as cause:
        raise FolderNotOurs(
            f"The database in {folder} belongs to another user ({cause.filename}); "
            "start as that user or choose another folder."
        ) from cause
    except OSError as cause:
        raise ClusterError(
            f"The database cannot be placed in {folder}: {cause.strerror or cause} ({cause.filename})."
        ) from cause


def _settle(folder: Path) -> Place:
    present = place_of(folder)
    if present is not None and not present.exists():
        raise ClusterError(f"The database of {folder} should lie in {present}, which is gone; restore a backup.")
    # What was never finished tells nothing about its owner.
    uid = account_for(present if present and (present / "cluster").exists() else folder)
    if present is None:
        present = _new_place(folder, uid)
    elif uid is not None and not (present / "cluster").exists():
        os.chown(present, uid, uid)
    _check_owner(present, uid)
    return Place(present, uid, _reachable_binaries(present, uid))


def _check_owner(place: Path, uid: int | None) -> None:
    owner, ours = place.stat().st_uid, os.geteuid() if uid is None else uid
    if owner != ours:
        raise FolderNotOurs(
            f"The database in {place} belongs to user {name_of(owner)}; "
            "start as that user or root, or choose another folder."
        )


def _new_place(folder: Path, uid: int | None) -> Path:
    if uid is None or is_open_to(folder, uid):
        return _made(folder / FOLDER_NAME, uid)
    STATE.mkdir(mode=0o711, parents=True, exist_ok=True)
    if not is_open_to(STATE, uid):
        raise ClusterError(
            f"{STATE} is closed to the account that runs the database; "
            "allow passing through it (chmod o+x) or start as an ordinary user."
        )
    place = _made(STATE / secrets.token_hex(8), uid)
    pointer = folder / POINTER_NAME
    fresh = pointer.with_suffix(".new")
    fresh.write_text(f"{place}\n")
    fresh.replace(pointer)
    return place


def _made(place: Path, uid: int | None) -> Path:
    place.mkdir(mode=0o700)
    if uid is not None:
        os.chown(place, uid, uid)
    return place


def _reachable_binaries(place: Path, uid: int | None) -> Binaries:
    found = installed_binaries()
    if uid is None or is_open_to(found.program("postgres").parent, uid):
        return found
    copies = place / "binaries"
    copies.mkdir(mode=0o755, exist_ok=True)
    return copied_binaries(found, to=copies)


def socket_folder(place: Place, *, before: Path | None) -> Path:
    """Closed to others, for whoever reaches the socket is let in.

    In /tmp where the path would be too long, or holds a comma, at which clients split a list of hosts. The one from
    `before` is used again, for clients know it.
    """
    folder = before or place.folder / "socket"
    if before or (len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and not set(',"') & set(str(folder))):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    else:
        folder = Path(tempfile.mkdtemp(prefix="careline-", dir="/tmp"))
    if place.uid is not None:
        os.chown(folder, place.uid, place.uid)
    return folder
