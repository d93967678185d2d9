"""Each table says in its package's data.py what leaves in an export, what is personal, and what is removed."""

from django.apps import apps
from django.conf import settings

from careline.kit.archive.declared import Declared, declared_by

SAID = declared_by(settings.INSTALLED_APPS)
TABLES = {
    model._meta.db_table: {field.column for field in model._meta.concrete_fields}
    for model in apps.get_models(include_auto_created=True)
}
WITHOUT_MODELS = {"kit_clock": {"one", "now", "target"}}
"""Made by hand-written SQL."""
OF_SQL = {"history": {"tx"}}


def test_every_table_stands_in_a_data_py() -> None:
    """Missing: add `Declared("TABLE", export="FILE-NAME")` to the data.py of the package, and say what is personal in it."""
    assert sorted({*TABLES, *WITHOUT_MODELS} - SAID.keys()) == []


def test_what_is_declared_is_there() -> None:
    assert sorted(SAID.keys() - {*TABLES, *WITHOUT_MODELS}) == []


def test_columns_that_are_named_are_there() -> None:
    unknown = {
        f"{name}.{column}"
        for name, said in SAID.items()
        for column in {*said.without, *said.instead}
        if column not in TABLES.get(name, set()) | OF_SQL.get(name, set())
    }
    assert unknown == set()


def test_what_does_not_leave_says_why() -> None:
    assert sorted(name for name, said in SAID.items() if not said.export and not said.because) == []


def test_each_noun_has_a_file_of_its_own() -> None:
    nouns = [said.export for said in SAID.values() if said.export]
    assert sorted(nouns) == sorted(set(nouns))


def test_no_secret_leaves_in_an_export() -> None:
    secret = {
        f"{name}.{column}"
        for name, columns in TABLES.items()
        for column in columns
        if is_secret(column) and said_of(name).export and column not in said_of(name).without
    }
    assert secret == set()


def test_what_hangs_on_a_customer_says_what_is_personal_in_it() -> None:
    silent = {
        name
        for name, columns in TABLES.items()
        if columns & {"customer_id", "message_id", "conversation_id"}
        and not (said_of(name).personal or said_of(name).retention)
    }
    assert silent == set()


def is_secret(column: str) -> bool:
    return any(word in column for word in ("password", "secret", "token", "credential")) and not column.startswith(
        "needs_"
    )


def said_of(name: str) -> Declared:
    return SAID.get(name, Declared(name, export=""))
