"""The OpenAPI document as one page of plain HTML."""

from __future__ import annotations

import json
from html import escape
from typing import Any

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem }
h2 { margin-top: 3rem; text-transform: capitalize } h3 { margin: 2rem 0 0 }
code, pre { font: .875rem/1.5 ui-monospace, monospace } pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .25rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0 }
nav a { margin-inline-end: 1rem } .method { display: inline-block; min-width: 4rem; font-weight: 700 }
"""


def page_of(document: dict[str, Any]) -> str:
    rooms = [tag["name"] for tag in document["tags"]]
    links = "".join(f'<a href="#{escape(room)}">{escape(room)}</a>' for room in rooms)
    body = "".join(_room(room, document) for room in rooms)
    shapes = "".join(_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    title = escape(document["info"]["title"]) + " API"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="docs.css"></head>'
        f"<body><h1>{title}</h1>{_paragraphs(document['info']['description'])}"
        f'<p><a href="openapi.json">OpenAPI 3.1</a></p><nav>{links}<a href="#shapes">shapes</a></nav>'
        f'<main>{body}<h2 id="shapes">shapes</h2>{shapes}</main></body></html>'
    )


def _room(room: str, document: dict[str, Any]) -> str:
    operations = [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if room in operation["tags"]
    ]
    return f'<h2 id="{escape(room)}">{escape(room)}</h2>' + "".join(_operation(*one) for one in operations)


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(p['name'])}</code></td><td>{escape(p['in'])}</td><td>{escape(_kind(p['schema']))}</td>"
        f"<td>{_inline(p.get('description', ''))}</td></tr>"
        for p in operation["parameters"]
    )
    table = f"<table><tr><th>Parameter</th><th>In</th><th>Kind</th><th></th></tr>{rows}</table>" if rows else ""
    given = operation.get("requestBody", {}).get("content", {}).get("application/json")
    good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    answered = good.get("content", {}).get("application/json")
    shapes = "".join(
        f"<p>{word}: {_linked(part['schema'])}</p>{_exampled(part)}"
        for word, part in (("Body", given), ("Answer", answered))
        if part
    )
    return (
        f'<h3><span class="method">{method.upper()}</span> <code>{escape(path)}</code></h3>'
        f"<p>{_inline(operation['summary'])}</p>{_paragraphs(operation.get('description', ''))}{table}{shapes}"
    )


def _exampled(part: dict[str, Any]) -> str:
    if "example" not in part:
        return ""
    words = escape(json.dumps(part["example"], indent=1, ensure_ascii=False))
    return f"<details><summary>Example</summary><pre>{words}</pre></details>"


def _shape(name: str, schema: dict[str, Any]) -> str:
    return f'<h3 id="{escape(name)}"><code>{escape(name)}</code></h3><pre>{escape(json.dumps(schema, indent=1, ensure_ascii=False))}</pre>'


def _linked(schema: dict[str, Any]) -> str:
    name = schema.get("$ref", "").rpartition("/")[2]
    return (
        f'<a href="#{escape(name)}"><code>{escape(name)}</code></a>'
        if name
        else f"<code>{escape(_kind(schema))}</code>"
    )


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "")


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_inline(block)}</p>" for block in text.split("\n\n") if block.strip())


def _inline(text: str) -> str:
    """Words between backticks as code."""
    parts = text.split("`")
    return "".join(f"<code>{escape(part)}</code>" if n % 2 else escape(part) for n, part in enumerate(parts))
