"""The ways through the house that ARCHITECTURE.md promises: from Send to the socket, and one call per door."""

import ast

from tests.house.tree import CODE, parsed, place, python_files

TO_THE_SOCKET = (
    ("entrypoints/web/case/messages.py", "reply"),
    ("flows/reply.py", "queue"),
    ("entrypoints/worker/outbox.py", "hand_over"),
    ("flows/deliver.py", "adapter_of"),
    ("domain/channels/email/adapter.py", "held"),
    ("domain/channels/email/smtp.py", "open_connection"),
)
"""Each file of the way, and the name by which it calls the next; between the second and the third lies the table of what is due."""


def test_from_the_send_button_to_the_socket_are_six_files() -> None:
    for file, name in TO_THE_SOCKET:
        assert name in called(parsed(CODE / file)), (
            f"{file} no longer calls {name}: say in ARCHITECTURE.md where the way goes"
        )


MORE_THAN_ONE = {
    "web/access/mailed_links.py:password_set",  # the link is spent, or its misuse noted; then the password
    "web/access/signing_in.py:link_used",
    "web/articles/editing.py:changed",  # what holds in all languages, and the words of one
    "web/case/problems.py:saved",  # the issue, and the case it was found in
    "web/guides/editing.py:changed",  # kept also where publishing is refused
    "web/requests/types.py:changed",
    "web/routing/availability.py:work_set",
    "api/rooms/complaints.py:referred_complaint",
    "api/rooms/notifications.py:changed_notification_choices",
}
"""Doors that still make two; none may come to it."""


def test_a_door_makes_one_call_to_change_something() -> None:
    """Counted on the way that makes most of them; what is called by=somebody changes something, unless it only would_."""
    doors = [path for room in ("web", "api", "portal", "hooks") for path in python_files(CODE / "entrypoints" / room)]
    found = {
        f"{place(path).removeprefix('careline/entrypoints/')}:{node.name}"
        for path in doors
        if (names := changing(parsed(path)))
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and changes(node.body, names)[0] > 1
    }
    assert found == MORE_THAN_ONE


def called(tree: ast.AST) -> set[str]:
    return {name_of(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def name_of(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def changing(tree: ast.Module) -> set[str]:
    """Names that a door imports from flows, automation and commands."""
    return {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and is_changing(node.module or "")
        for name in node.names
    }


def is_changing(module: str) -> bool:
    return module.startswith(("careline.flows", "careline.automation")) or ".commands" in module


def changes(body: list[ast.stmt], names: set[str]) -> tuple[int, int | None]:
    """The most changing calls on any way through, and on those that go on behind it (None where none does)."""
    ended, on = 0, 0
    for statement in body:
        most, goes_on = of_statement(statement, names)
        ended = max(ended, on + most)
        if goes_on is None:
            return ended, None
        on += goes_on
    return max(ended, on), on


def of_statement(statement: ast.stmt, names: set[str]) -> tuple[int, int | None]:
    if isinstance(statement, ast.If):
        return either(
            counted(statement.test, names), [changes(statement.body, names), changes(statement.orelse, names)]
        )
    if isinstance(statement, ast.Try):
        whole = changes([*statement.body, *statement.orelse, *statement.finalbody], names)
        return either(0, [whole, *(changes(handler.body, names) for handler in statement.handlers)])
    if isinstance(statement, ast.With):
        return changes(statement.body, names)
    if isinstance(statement, ast.For | ast.While):
        most, goes_on = changes(statement.body, names)
        return most, goes_on or most
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return 0, 0
    here = counted(statement, names)
    return here, None if isinstance(statement, ast.Return | ast.Raise) else here


def either(before: int, ways: list[tuple[int, int | None]]) -> tuple[int, int | None]:
    on = [goes_on for _, goes_on in ways if goes_on is not None]
    return before + max(most for most, _ in ways), before + max(on) if on else None


def counted(node: ast.AST, names: set[str]) -> int:
    return sum(
        1
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and not name_of(call.func).startswith("would_")
        and any(word.arg == "by" for word in call.keywords)
        and stem(call.func) in names
    )


def stem(function: ast.expr) -> str:
    """`reply` of reply(…), `channels` of channels.add(…)."""
    while isinstance(function, ast.Attribute):
        function = function.value
    return function.id if isinstance(function, ast.Name) else ""
