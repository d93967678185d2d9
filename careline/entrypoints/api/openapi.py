"""The OpenAPI 3.1 document, written from the list of routes and their shapes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from careline.entrypoints.api.examples import answer_example, body_example
from careline.entrypoints.api.problems import TITLES
from careline.entrypoints.api.reading import OF_A_FIELD
from careline.entrypoints.api.routes import PREFIX, ROUTES, Route
from careline.entrypoints.api.shapes.parts import Problem

_PARAMETER = re.compile(r"\{(\w+)\}")
_REF = "#/components/schemas/{name}"
_PATH_SCHEMA = {
    "number": {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    "id": {"type": "string", "pattern": "^[0-9]{1,18}$"},
    "file": {"type": "string", "maxLength": 2000, "pattern": "^[A-Za-z0-9._-]+$"},
    "order": {"type": "string", "maxLength": 40, "pattern": "^[A-Za-z0-9_-]+$"},
    "subscription": {"type": "string", "maxLength": 40, "pattern": "^[A-Za-z0-9]+$"},
    "type": {"type": "string", "maxLength": 50, "pattern": "^[a-z][a-z0-9_]*$"},
    "name": {"type": "string", "maxLength": 40, "pattern": "^[a-z]+$"},
    "view": {"type": "string", "maxLength": 50, "pattern": "^[A-Za-z0-9_-]+$"},
    "draft": {"type": "string", "enum": ["reply", "note", "forward"]},
}
_PROBLEMS = {
    "400": "It can't be read.", "401": "No token, or a wrong one.", "403": "It may be seen, but this is not allowed; on the record.",
    "404": "There is nothing here, or it is not yours to see.", "409": "It can't be done now; `code` says why.",
    "413": "Too large.", "415": "The body is not JSON.", "422": "Something is not right; `errors` names the fields.",
    "429": "Too many calls; Retry-After says how long to wait.",
}  # fmt: skip
_WAITS = "It is more than you may do alone: nothing was done yet, somebody was asked. Location names the request."
_APPROVAL = {"type": "object", "properties": {"approval": {"type": "string"}}, "required": ["approval"]}
_INTRODUCTION = """Everything the pages can do, by the same rules. Send `Authorization: Bearer TOKEN`; `careline token EMAIL` makes one.

Lists are `{"items": […], "next": cursor}` with `limit` (at most 200) and `cursor`. Moments are RFC 3339 in UTC. Errors are RFC 9457
problem documents that name the field. A POST with an `Idempotency-Key` is carried out once: the same key and body give the stored
answer again."""


@cache
def document() -> dict[str, Any]:
    routes = [route for route in ROUTES if route.room not in ("docs",)]
    named = [shape for route in routes for shape in (route.body, route.answer) if shape is not None]
    schemas, components = msgspec.json.schema_components([*named, Problem], ref_template=_REF)
    for route in routes:
        if route.body is not None:
            components[route.body.__name__]["additionalProperties"] = False
    refs = dict(zip([repr(shape) for shape in [*named, Problem]], schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation = _operation(route, refs)
        _exemplify(operation, components)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Careline", "version": "1", "description": _INTRODUCTION},
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}],
        "tags": [{"name": room} for room in dict.fromkeys(route.room for route in routes)],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _exemplify(operation: dict[str, Any], components: dict[str, Any]) -> None:
    """Puts an example beside each shape of JSON."""
    given = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if given is not None:
        given["example"] = body_example(given["schema"], components)
    for status, answer in operation["responses"].items():
        for media_type, part in answer.get("content", {}).items():
            if media_type == "application/problem+json":
                part["example"] = {
                    "type": "about:blank",
                    "title": TITLES.get(int(status), "Not done"),
                    "status": int(status),
                }
            elif "schema" in part:
                part["example"] = answer_example(part["schema"], components)


def _operation(route: Route, refs: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": _PATH_SCHEMA.get(name, _PATH_SCHEMA["id"])}
        for name in _PARAMETER.findall(route.path)
    ]
    parameters += _query_parameters(route)
    if route.method == "POST":
        schema = {"type": "string", "maxLength": 255, "minLength": 1, "pattern": "^[ -~]+$"}
        parameters.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema})
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{route.answering.__name__}",
        "summary": route.summary,
        "tags": [route.room],
        "parameters": parameters,
        "responses": _responses(route, refs),
    }
    if route.description:
        operation["description"] = route.description
    if route.is_open:
        operation["security"] = [{}, {"token": []}]
    if route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": refs[repr(route.body)]}},
        }
    if route.is_raw:
        file = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
        content = {"multipart/form-data": {"schema": file}, "application/octet-stream": {"schema": {}}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _responses(route: Route, refs: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done."}
    if route.answer is not None:
        good["content"] = {"application/json": {"schema": refs[repr(route.answer)]}}
    else:
        good["content"] = {"*/*": {}}
    is_empty = route.answer is None and route.method in ("PUT", "DELETE")
    answers = {"204" if is_empty else str(route.status): {"description": "Done."} if is_empty else good}
    if route.waits:
        answers["202"] = {"description": _WAITS, "content": {"application/json": {"schema": _APPROVAL}}}
    if "{number}" in route.path:
        answers["308"] = {"description": "The case was merged; Location names the one it went into."}
    if route.path.startswith("/customers/{id}"):
        answers["308"] = {"description": "The customer was merged; Location names the one who stands for them."}
    wanted = dict(_PROBLEMS)
    if route.path == "/clock" or route.is_open:
        wanted["503"] = "Not available now."
    shape = refs[repr(Problem)]
    return answers | {
        status: {"description": text, "content": {"application/problem+json": {"schema": shape}}}
        for status, text in wanted.items()
    }


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    (_,), components = msgspec.json.schema_components([route.query], ref_template=_REF)
    shape = components[route.query.__name__]
    found = []
    for name, schema in shape["properties"].items():
        plain = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
        kind = {key: value for key, value in plain[0].items() if key not in ("default", "description")}
        text = schema.get("description") or plain[0].get("description", "")
        found.append(
            {
                "name": f"{OF_A_FIELD}CODE" if kind.get("type") == "object" else name,
                "in": "query",
                "required": False,
                "schema": {"type": "string"} if kind.get("type") == "object" else kind,
                **({"description": text} if text else {}),
            }
        )
    return found
