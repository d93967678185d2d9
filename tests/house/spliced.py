"""Finds SQL that is put together from anything but constants."""

import ast
from collections.abc import Iterator

RUNS_SQL = ("execute", "executemany", "execute_all", "rows", "row", "value", "raw", "copied", "RunSQL")


# Pieces of SQL that are themselves put together from constants, such as the predicate a scope is compiled into, travel
# under these names; whoever adds one says here where it comes from.
FRAGMENTS = {
    "condition",  # conversations: the reach of a person as SQL, its values as parameters
    "where",  # desk: the same with the conditions of a view
    "split_by",  # desk: what a board is split by, one of three columns
    "order",  # one of the fixed orders of a list
    "counted",  # desk: one count for each view's conditions
    "of_teams",  # desk: the teams whose cases are counted
    "mine",  # desk: the reach of a person to what is their own, as SQL
    "seen",  # the reach of a person as SQL
    "said",  # search: what is asked of a message's words, values as parameters
    "phrases",  # search: the phrases that stand in its text
    "reached",  # search: the reach of a person as SQL, with what operators ask of a case
    "known",  # search: the reach of a person over customers, as SQL
    "every",  # search: one condition for each word of a company's name
    "unused",  # files: names of tables and columns, read from the database's own catalogue
}


def spliced_queries(tree: ast.Module) -> list[int]:
    """Lines of calls that run SQL whose text holds a value: anything but UPPER_CASE constants and named fragments."""
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RUNS_SQL
        and node.args
        and any(not _is_constant(value) for value in _spliced_values(node.args[0]))
    )


def _spliced_values(text: ast.expr) -> Iterator[ast.expr]:
    if isinstance(text, ast.JoinedStr):
        yield from (part.value for part in text.values if isinstance(part, ast.FormattedValue))
    elif isinstance(text, ast.BinOp) and _holds_text(text):
        for side in (text.left, text.right):
            yield from _spliced_values(side) if isinstance(side, ast.BinOp | ast.JoinedStr) else (side,)
    elif isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format":
        yield from text.args
        yield from (keyword.value for keyword in text.keywords)


def _holds_text(text: ast.BinOp) -> bool:
    return any(isinstance(node, ast.JoinedStr | ast.Constant) for node in ast.walk(text))


def _is_constant(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.IfExp):
        return _is_constant(value.body) and _is_constant(value.orelse)
    name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
    return bool(name) and (name == name.upper() or name in FRAGMENTS)
