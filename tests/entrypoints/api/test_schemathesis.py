"""Whatever the API's own description allows, and much that it does not, is answered as the description says: never by a 5xx."""

from __future__ import annotations

from collections.abc import Iterator
from gzip import decompress
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from careline.domain.history.actor import SYSTEM
from careline.domain.staff.queries import owner_of_token
from careline.domain.staff.tokens import note_token_used
from careline.domain.webhooks.commands.webhooks import add_webhook
from careline.entrypoints.api import limits, urls  # noqa: F401  the rooms put themselves on the list when it is read
from careline.entrypoints.api.openapi import document
from careline.kit import clock
from tests.world import NOON, World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
LEFT_OUT = {"put_moved_clock"}
"""Waits for a worker on a server whose clock stands."""
SMALL, FULL = 2, 60
"""How many of each kind for each operation; in the small size what is wrong on purpose is tried on every eighth."""
PARTS = 10


def test_the_whole_description_is_tried() -> None:
    assert len(list(operations())) == sum(len(methods) for methods in document()["paths"].values()) - len(LEFT_OUT)
    assert len(document()["paths"]) > 50


def test_every_answer_is_one_that_the_description_names(world: World) -> None:
    assert broken(world, examples=SMALL) == {}


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_one_that_the_description_names_at_length(world: World, part: int) -> None:
    """In parts: what is undone stays in the tables as dead rows until the test's transaction ends, and slows all that follows."""
    assert broken(world, examples=FULL, part=part, parts=PARTS) == {}


def broken(world: World, *, examples: int, part: int = 0, parts: int = 1) -> dict[str, str]:
    """Operations whose answers are not as described → what was asked and what came."""
    token = world.token_of(world.ada)
    note_token_used(owner_of_token(token, at=clock.now()).token, at=clock.now())  # else each call would note it anew
    hook, _ = add_webhook("Shop", url="https://shop.example", topics=["*"], owner_id=world.ada.pk, by=SYSTEM, at=NOON)
    known = {"number": world.case, "/customers": world.carol, "/webhooks": hook}
    found: dict[str, str] = {}
    for n, operation in enumerate(operations()):
        if n % parts != part:
            continue
        modes = (
            (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
            if examples > SMALL or not n % 8
            else (GenerationMode.POSITIVE,)
        )
        for mode in modes:
            try:
                tried(operation, mode, token=token, known=known, examples=examples)
            except (Exception, BaseExceptionGroup) as error:
                found[f"{operation.method.upper()} {operation.path}"] = f"{mode.value}: {_words_of(error)}"[:1500]
    return found


def operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = Application()
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.definition.raw["operationId"] not in LEFT_OUT:
            yield operation


def tried(operation: Any, mode: GenerationMode, *, token: str, known: dict[str, Any], examples: int) -> None:
    """Half of the calls go to what is there. Each is undone, so that the next meets the same house."""
    count = 0

    @seed(20261122)
    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        verbosity=Verbosity.quiet, derandomize=False, print_blob=False,
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal count
        count += 1
        if count % 2 and case.path_parameters:
            case.path_parameters = {name: _there(name, operation.path, known, value) for name, value in case.path_parameters.items()}  # fmt: skip
        limits._left.clear()
        point = transaction.savepoint()
        try:
            response = case.call(headers={"Authorization": f"Bearer {token}"})
        finally:
            transaction.savepoint_rollback(point)
        case.validate_response(response, checks=CHECKS)

    try:
        ask()
    except Exception as error:
        if type(error).__name__ != "Unsatisfiable":  # nothing there that could be given wrong
            raise


def _words_of(error: BaseException) -> str:
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
    return "; ".join(f"{type(part).__name__} {part}" for part in parts)


class Application:
    """The API as WSGI, without Django closing the test's connection after each call."""

    def __init__(self) -> None:
        self._answering = ClientHandler(enforce_csrf_checks=False)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        response = self._answering(environ)
        packed = response.headers.get("Content-Encoding") == "gzip"  # which this client asks for and does not open
        response.headers.pop("Content-Encoding")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [decompress(content) if packed else content]


def _there(name: str, path: str, known: dict[str, Any], given: Any) -> Any:
    if name == "file":
        return given
    return str(known["number"] if name == "number" else known.get("/" + path.split("/")[1], 1))
