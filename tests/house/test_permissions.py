"""docs/permissions.csv, written by hand, names every way to change or see something, with the verb that it takes."""

import ast
import csv
import re

from careline.domain.staff.rules import DEFAULT_ROLES, VERBS
from tests.house.tree import CODE, ROOT, parsed, python_files

TABLE = list(csv.DictReader((ROOT / "docs" / "permissions.csv").read_text("utf-8").splitlines()))
NAMED = {row["command"] for row in TABLE}
ASK_FOR_NOBODY = {
    "commands.idempotency.claim", "commands.idempotency.keep", "commands.idempotency.release",
    "commands.staff.note_asking", "commands.staff.note_failed_sign_in", "commands.staff.note_sign_in", "commands.staff.use_link",
    "commands.chats.keep_upload", "commands.chats.mail_at", "commands.chats.note_read", "commands.chats.rate",
    "commands.chats.want_transcript",
}  # fmt: skip
"""Called at the door itself: where somebody gets in, a call is made twice, or a visitor of a site acts on their own talk."""


def test_every_flow_that_takes_a_person_is_in_the_table() -> None:
    flows = {
        f"flows.{path.stem}.{node.name}"
        for path in python_files(CODE / "flows")
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _takes_a_person(node)
    }
    assert len(flows) >= 15
    assert flows - NAMED == set()


def test_every_command_that_a_page_or_a_call_reaches_is_in_the_table() -> None:
    called = {
        name
        for door in ("web", "api")
        for path in python_files(CODE / "entrypoints" / door)
        for name in _commands(path)
    }
    assert "commands.staff.add_agent" in called
    assert called - ASK_FOR_NOBODY - NAMED == set()


def test_what_the_table_names_of_flows_and_commands_is_there() -> None:
    there = {
        f"{kind}.{place}.{node.name}"
        for path in python_files(CODE)
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        for kind, place in (("flows", path.stem), ("commands", path.stem), ("commands", path.parent.name))
    }
    assert {name for name in NAMED if name.startswith(("flows.", "commands."))} - there == set()


def test_the_tables_words_are_known() -> None:
    verbs = {verb for row in TABLE for verb in re.split(r"[|&]", row["verb"])}
    assert verbs == {*VERBS, "any"}
    assert {row["scope"] for row in TABLE} == {"own/team/all", "held"}
    assert {row["without it"] for row in TABLE} == {"403", "404"}
    assert len({(row["command"], row["verb"]) for row in TABLE}) == len(TABLE)


def test_roles_are_given_verbs_that_there_are() -> None:
    assert {verb for _, grants in DEFAULT_ROLES.values() for verb in grants} == set(VERBS)


def _takes_a_person(node: ast.FunctionDef) -> bool:
    """`reply` calls it Agent, since a Person is a recipient there."""
    arguments = [*node.args.args, *node.args.kwonlyargs]
    return any(
        a.arg == "agent" and a.annotation and ast.unparse(a.annotation) in ("Person", "Agent") for a in arguments
    )


def _commands(path: object) -> set[str]:
    """Commands of the domain that a file of an entry point calls itself, as `commands.PACKAGE.NAME`."""
    found, packages = set(), {}
    for node in ast.walk(parsed(path)):  # type: ignore[arg-type]
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("careline.domain."):
            parts = (node.module or "").split(".")
            for name in node.names:
                if name.name == "commands":
                    packages[name.asname or name.name] = parts[-1]
                elif "commands" in parts and name.name.islower():
                    found.add(f"commands.{parts[-1] if parts[-1] != 'commands' else parts[-2]}.{name.name}")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.islower():
            found |= {f"commands.{packages[name]}.{node.attr}" for name in {node.value.id} & set(packages)}
    return found
