"""The repository as the house tests read it: its files, its Python, its functions."""

import ast
import gc
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "careline"
MADE = {
    ".git",
    ".venv",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".cache",
    "careline-data",
    ".import_linter_cache",
}


@cache
def files() -> tuple[Path, ...]:
    """All files that belong to the repository: tracked, or new and not ignored; without git, all but what is made."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False) if which("git") else None
    if listed is None or listed.returncode:
        found = (path for path in ROOT.rglob("*") if not MADE & set(path.relative_to(ROOT).parts))
        return tuple(sorted(path for path in found if path.is_file()))
    return tuple(path for name in sorted(set(listed.stdout.split("\0")) - {""}) if (path := ROOT / name).is_file())


def python_files(folder: Path = CODE) -> list[Path]:
    """Python files below the folder that people write and read: no migrations, no empty files."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and folder in path.parents and "migrations" not in path.parts and path.stat().st_size
    ]


def template_files() -> list[Path]:
    return [path for path in files() if CODE in path.parents and "templates" in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    gc.freeze()  # it is kept to the end, and would be looked through again and again for what is gone
    return tree


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(path: Path, line: int | None = None) -> str:
    """`careline/kit/clock.py:12`, as people and editors read it."""
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def percentile(values: list[int], share: float) -> int:
    """The value that the given share of all values does not exceed."""
    return sorted(values)[max(0, -(-len(values) * int(share * 100) // 100) - 1)]
