"""The API's own description: a sound OpenAPI 3.1 document, with a summary, an example and the shape of errors on every route."""

import jsonschema_rs
import schemathesis

from careline.entrypoints.api import urls  # noqa: F401  the rooms put themselves on the list when it is read
from careline.entrypoints.api.openapi import document
from careline.entrypoints.api.page import page_of

OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
]


def test_it_is_sound() -> None:
    schemathesis.openapi.from_dict(document()).validate()


def test_every_route_says_what_it_does_and_how_it_fails() -> None:
    silent = [name for name, operation in OPERATIONS if not operation["summary"].endswith((".", "?"))]
    assert silent == []
    shapeless = [name for name, operation in OPERATIONS for status in ("401", "404", "422", "429")
                 if "application/problem+json" not in operation["responses"][status]["content"]]  # fmt: skip
    assert shapeless == []
    told = OPERATIONS[0][1]["responses"]
    assert [told[status]["content"]["application/problem+json"]["example"]["status"] for status in ("404", "429")] == [
        404,
        429,
    ]


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_examples_fit_their_shapes() -> None:
    """All in one schema, which is made ready once."""
    shapes, examples = {}, {}
    for name, operation in OPERATIONS:
        places = {"body": operation.get("requestBody", {}), **operation["responses"]}
        for place, part in (
            (place, part) for place, whole in places.items() for part in whole.get("content", {}).items()
        ):
            media_type, content = part
            if "json" in media_type and "schema" in content:
                shapes[f"{name} {place}"], examples[f"{name} {place}"] = content["schema"], content["example"]
    whole = {"type": "object", "properties": shapes, "components": document()["components"]}
    assert [str(error)[:500] for error in jsonschema_rs.validator_for(whole).iter_errors(examples)] == []
    assert len(examples) > 100


def test_the_page_shows_every_route_and_fetches_nothing_from_elsewhere() -> None:
    page = page_of(document())
    assert [name for name, _ in OPERATIONS if name.split(" ")[1] not in page] == []
    assert (
        "//" not in page.replace("https://shop.example.com", "").replace("https://", "").replace("http://", "")
        or "src=" not in page
    )
