"""Searching everything: the results page, what is suggested while somebody types, and their own earlier searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from careline.domain.company.queries import languages
from careline.domain.desk.queries.search.everything import Results, results_of
from careline.domain.desk.queries.search.hits import Hit
from careline.domain.desk.queries.search.operators import OPERATORS
from careline.domain.desk.queries.search.suggestions import suggestions_for
from careline.domain.desk.recent_searches import forget, recent_searches, remember
from careline.domain.staff.rules import Forbidden, may
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text
from careline.kit.search.query import LONGEST, OPERATOR, Token, without
from careline.kit.search.snippets import as_html

SHOWN = 20
TYPES = ("", "conversation", "customer", "company")
_SYMBOLS = {"message": "email", "note": "lock", "conversation": "case", "customer": "customer", "company": "company"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit as the page shows it."""

    symbol: str
    kind: str
    url: str
    title: Markup
    snippet: Markup
    number: int | None
    who: str
    file: str
    category: str
    at: str
    at_text: str


def search(visit: Visit) -> HttpResponse:
    """What was found; without words, what may be asked and what was asked before."""
    _require(visit)
    text = visit.asked.get("q", "").strip()[:LONGEST]
    chosen = visit.asked.get("type", "")
    type = chosen if chosen in TYPES else ""
    if not text:
        return page(
            visit,
            "search",
            "search",
            _("Search"),
            query="",
            type=type,
            earlier=_earlier(visit),
            operators=_examples(),
            tabs=[],
        )
    found = results_of(
        text, visit.person, at=visit.at, languages=languages(), type=type, zone=visit.zone, after=_place(visit), limit=SHOWN,
        mend="exact" not in visit.asked,
    )  # fmt: skip
    if found.hits and not visit.is_fragment:
        remember(visit.person.id, found.asked.text, at=visit.at)
    return page(
        visit, "search", "search", text, query=text, type=type, tabs=_tabs(text, type), **_shown(found, visit, type)
    )


def suggestions(visit: Visit) -> HttpResponse:
    _require(visit)
    found = suggestions_for(visit.asked.get("q", ""), visit.person, at=visit.at, languages=languages())
    urls = {"conversation": "/conversations/{}", "customer": "/customers/{}"}
    shown = [
        {
            "symbol": {"query": "history", "operator": "filter"}.get(one.type) or _SYMBOLS[one.type],
            "text": one.text,
            "detail": one.detail,
            "number": one.key if one.type == "conversation" else None,
            "url": urls[one.type].format(one.key) if one.type in urls else _url(one.query, ""),
            "fill": one.query if one.type == "operator" else "",
        }
        for one in found
    ]
    return part(visit, "_suggestions", suggestions=shown)


def forgotten(visit: Visit) -> HttpResponse:
    """One earlier search, or all of them."""
    forget(visit.person.id, visit.form.get("words") or None)
    if visit.is_fragment:
        return part(visit, "_earlier_searches", earlier=_earlier(visit))
    return HttpResponseRedirect("/search")


def _require(visit: Visit) -> None:
    if not (may(visit.person, "conversation:read") or may(visit.person, "customer:read")):
        raise Forbidden("conversation:read")


def _shown(found: Results, visit: Visit, type: str) -> dict[str, Any]:
    asked = found.asked
    return {
        "hits": [_hit(hit, visit) for hit in found.hits],
        "chips": [{"words": _words_of(t, asked.text), "without": _url(without(asked.text, t), type)} for t in asked.tokens if t.kind == OPERATOR],
        "searched": asked.text,
        "instead_of": found.instead_of,
        "exact_url": _url(found.instead_of, type) + "&exact=1",
        "troubles": [_trouble(one, asked.text, type) for one in asked.troubles],
        "is_cut_short": found.is_cut_short,
        "next_url": f"{_url(asked.text, type)}&after={found.next[0].isoformat().replace('+', '%2B')}_{found.next[1]}" if found.next else "",
    }  # fmt: skip


def _hit(hit: Hit, visit: Visit) -> Shown:
    kinds = {
        "message": _("Message"),
        "note": _("Note"),
        "conversation": _("Case"),
        "customer": _("Customer"),
        "company": _("Company"),
    }
    address = (
        f"/conversations/{hit.number}"
        if hit.number is not None
        else f"/{'customers' if hit.type == 'customer' else 'companies'}/{hit.key}"
    )
    anchor = f"#message-{hit.key}" if hit.type in ("message", "note") else ""
    return Shown(
        symbol=_SYMBOLS[hit.type], kind=kinds[hit.type], url=address + anchor, title=_marked(hit.title) or escape(_("(no subject)")),
        snippet=_marked(hit.snippet), number=hit.number, who=hit.who, file=hit.file, category=hit.category, at=iso(hit.at),
        at_text=moment_text(hit.at, at=visit.at, zone=visit.zone),
    )  # fmt: skip


def _marked(pieces: list[tuple[str, bool]]) -> Markup:
    return Markup(as_html(pieces))  # noqa: S704  as_html has escaped each piece


def _trouble(trouble: Any, text: str, type: str) -> dict[str, str]:
    token: Token = trouble.token
    said = text[token.start : token.end]
    mended = ""
    if trouble.suggestion:
        sign = "-" if token.negated else ""
        value = f'"{token.value}"' if token.exact else token.value
        mended = sign + (trouble.suggestion if trouble.is_value else f"{trouble.suggestion}:{value}")
    return {
        "words": said,
        "name": "" if trouble.is_value else f"{token.name}:",
        "instead": mended,
        "url": _url(text[: token.start] + mended + text[token.end :], type) if mended else "",
    }


def _words_of(token: Token, text: str) -> str:
    return text[token.start : token.end]


def _tabs(text: str, chosen: str) -> list[dict[str, Any]]:
    names = {"": _("All"), "conversation": _("Cases"), "customer": _("Customers"), "company": _("Companies")}
    return [{"name": names[type], "url": _url(text, type), "is_chosen": type == chosen} for type in TYPES]


def _url(text: str, type: str) -> str:
    return "/search?" + urlencode({"q": text} | ({"type": type} if type else {}))


def _earlier(visit: Visit) -> list[dict[str, str]]:
    return [{"words": words, "url": _url(words, "")} for words in recent_searches(visit.person.id)]


def _examples() -> list[dict[str, str]]:
    return [
        {"words": f"{name}.{example}" if name == "field" else f"{name}:{example}", "url": ""}
        for name, example in OPERATORS.items()
    ]


def _place(visit: Visit) -> Any:
    moment, _sign, key = visit.asked.get("after", "").rpartition("_")
    try:
        then = parse_datetime(moment)
    except ValueError:
        return None
    number = whole_number(key)
    return (then, number) if then is not None and then.tzinfo is not None and number is not None else None
