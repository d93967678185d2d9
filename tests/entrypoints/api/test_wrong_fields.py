"""What is wrong with a call is said of the field it stands in, in words that help."""

from __future__ import annotations

from typing import Any

import pytest

from tests.entrypoints.api.conftest import Caller
from tests.world import World

MOMENT = "Expected a moment as in 2026-11-22T10:00:00Z."
BODIES: list[tuple[dict[str, Any], str, str]] = [
    ({"priority": "huge"}, "priority", "Expected one of high, low, normal, urgent."),
    ({"status": "Nowhere"}, "status", "There is no status “Nowhere” in use."),
    ({"fields": {"nope": 1}}, "fields.nope", "There is no field nope."),
    ({"tags": "refund"}, "tags", "Expected a list, got text."),
]


@pytest.mark.parametrize(("change", "field", "sentence"), BODIES, ids=[body[1] for body in BODIES])
def test_a_wrong_change_of_a_case_names_its_field(
    ben: Caller, world: World, change: dict[str, Any], field: str, sentence: str
) -> None:
    told = ben("PATCH", f"/conversations/{world.case}", change)
    assert (told.status, told.json["errors"]) == (422, [{"field": field, "message": sentence}])


def test_a_moment_that_is_none_is_told_how_one_looks(ben: Caller, world: World) -> None:
    for until in ("tomorrow", "2026-12-01T08:00:00"):
        told = ben("PUT", f"/conversations/{world.case}/snooze", {"until": until})
        assert (told.status, told.json["errors"]) == (422, [{"field": "until", "message": MOMENT}])


def test_what_is_wrong_inside_a_part_is_named_there(ben: Caller, world: World) -> None:
    many = ben("POST", "/bulk-changes", {"numbers": [world.case], "change": {"nope": 1}})
    assert many.json["errors"] == [{"field": "change.nope", "message": "There is no such field."}]
    new = ben("POST", "/customers", {"addresses": [{"kind": "email"}]})
    assert new.json["errors"] == [{"field": "addresses[0].value", "message": "It is missing."}]
