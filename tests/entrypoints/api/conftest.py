"""The API as a caller sees it: with a token, in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.domain.files.store import store
from careline.entrypoints.api import limits
from tests.world import World, make_world

API = "/api/v1"


@dataclass
class Answer:
    status: int
    json: Any
    headers: dict[str, str]
    content: bytes

    @property
    def fields(self) -> list[str]:
        """The fields a problem names."""
        return [error["field"] for error in self.json.get("errors", [])]


class Caller:
    def __init__(self, token: str | None) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, body: Any = None, *, key: str | None = None, raw: bytes | None = None,
                 content_type: str = "application/json", **headers: str) -> Answer:  # fmt: skip
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        sent = self.headers | headers | ({"Idempotency-Key": key} if key is not None else {})
        response = self.client.generic(method, API + path, data, content_type=content_type, headers=sent)
        is_json = "json" in response.headers.get("Content-Type", "")
        content = response.json() if is_json and response.content else None
        assert response.status_code < 500, response.content
        return Answer(response.status_code, content, dict(response.headers), response.content)

    def get(self, path: str) -> Any:
        answer = self("GET", path)
        assert answer.status == 200, answer
        return answer.json


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    store.cache_clear()
    yield
    store.cache_clear()


@pytest.fixture
def world(db: None) -> World:
    limits._left.clear()
    return make_world()


@pytest.fixture
def caller() -> Callable[[str | None], Caller]:
    return Caller


@pytest.fixture
def ada(world: World) -> Caller:
    return Caller(world.token_of(world.ada))


@pytest.fixture
def ben(world: World) -> Caller:
    return Caller(world.token_of(world.ben))


@pytest.fixture
def cleo(world: World) -> Caller:
    return Caller(world.token_of(world.cleo))
