"""House rules that a look at the syntax tree can check and an import contract cannot."""

import ast
import re

from tests.house.spliced import spliced_queries
from tests.house.tree import CODE, parsed, place, python_files

SIGNAL_MODULES = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")
WRITES = {"save", "delete", "asave", "adelete"}
CLOCK = CODE / "kit" / "clock.py"
ABOVE_THE_DOMAIN = ("entrypoints", "automation", "flows")
NAMES_A_TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?!pg_)[a-z_]+")


def test_nobody_listens_to_signals() -> None:
    """What follows a happening stands in reactions.py, where it can be read."""
    listeners = [
        place(path, node.lineno)
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and _imports_signals(node)
    ]
    assert listeners == []


def test_saving_a_row_does_nothing_else() -> None:
    overrides = [
        place(path, part.lineno)
        for path in python_files(CODE / "domain")
        for table in ast.walk(parsed(path))
        if isinstance(table, ast.ClassDef) and _is_table(table)
        for part in table.body
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name in WRITES
    ]
    assert overrides == []


def test_the_moment_comes_in_by_the_door() -> None:
    below = [path for path in python_files() if CODE / "entrypoints" not in path.parents and path != CLOCK]
    read = [place(path, line) for path in below for line in _clock_readings(parsed(path))]
    assert read == []


def test_no_query_is_spliced_from_values() -> None:
    """SQL may be put together from UPPER_CASE constants only; values travel as parameters."""
    spliced = [place(path, line) for path in python_files() for line in spliced_queries(parsed(path))]
    assert spliced == []


def test_no_statement_above_the_domain_names_a_table() -> None:
    named = [
        place(path, line)
        for floor in ABOVE_THE_DOMAIN
        for path in python_files(CODE / floor)
        for line in _tables_named(parsed(path))
    ]
    assert named == []


def test_a_table_named_above_the_domain_would_be_seen() -> None:
    bad = 'a = "SELECT id FROM history"\nb = f"UPDATE desk_view SET name = {x}"\nc = "DELETE\\nFROM staff_agent"'
    assert _tables_named(ast.parse(bad)) == [1, 2, 3]
    assert _tables_named(ast.parse('a = "SELECT count(*) FROM pg_locks"\nb = "MAIL FROM:<carol@example.com>"')) == []


def test_a_spliced_query_would_be_seen() -> None:
    bad = 'cursor.execute(f"SELECT {column} FROM t")\ncursor.execute("SELECT %s" % column)\ncursor.execute("x" + y)'
    good = 'cursor.execute(f"SELECT {COLUMNS} FROM t WHERE id = %s", [key])\ncursor.execute(queries.NEWEST, [key])'
    assert spliced_queries(ast.parse(bad)) == [1, 2, 3]
    assert spliced_queries(ast.parse(good)) == []


def test_a_read_clock_would_be_seen() -> None:
    bad = "a = timezone.now()\nb = datetime.datetime.now(UTC)\nc = Field(default=timezone.now)\nd = date.today()"
    assert _clock_readings(ast.parse(bad)) == [1, 2, 3, 4]
    assert _clock_readings(ast.parse("at = clock.now()")) == []


def _imports_signals(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.startswith(SIGNAL_MODULES) for alias in node.names)
    names = [f"{node.module}.{alias.name}" for alias in node.names]
    return (node.module or "").startswith(SIGNAL_MODULES) or any(name.startswith(SIGNAL_MODULES) for name in names)


def _is_table(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).split(".")[-1].endswith(("Model", "User")) for base in node.bases)


def _tables_named(tree: ast.Module) -> list[int]:
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMES_A_TABLE.search(node.value)
    )


def _clock_readings(tree: ast.Module) -> list[int]:
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and (node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", ""))
        in ("timezone", "datetime", "date")
    )
