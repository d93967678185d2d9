"""How customers meet a brand: under which name and address, in which colour and languages, with which sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.company import commands as company
from careline.domain.company.commands import DomainTaken
from careline.domain.company.queries import site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.knowledge.rules.articles import is_language
from careline.domain.staff.rules import Person, require
from careline.flows.uploaded import keep_upload
from careline.kit.colours import is_colour
from careline.kit.images import raster_of

VERB = "brand:manage"
LARGEST_LOGO = 512 * 1024
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Look:
    """A brand as it is to be met. `accent` as #rrggbb; `logo`: a new picture, b"" takes the one there is away, None leaves it."""

    public_name: str = ""
    domain: str = ""
    accent: str = ""
    languages: tuple[str, ...] = ()
    logo: bytes | None = None


def add_brand(agent: Person, name: str, *, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden, Refused."""
    require(agent, VERB)
    name = " ".join(name.split())
    if not name or len(name) > 100:
        raise Refused("Give the brand a name of up to 100 characters.")
    return int(company.add_brand(name, by=by, at=at).pk)


def dress_brand(agent: Person, key: int, look: Look, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    require(agent, VERB)
    if site_of(key) is None:
        raise NotFound(f"There is no brand {key}.")
    row = _fit(look)
    if look.logo is not None:
        row |= _sign(look.logo, at=at)
    try:
        company.dress_brand(key, by=by, at=at, **row)
    except DomainTaken as taken:
        raise Refused(str(taken)) from taken


def _fit(look: Look) -> dict[str, Any]:
    name, domain, accent = (
        " ".join(look.public_name.split()),
        look.domain.strip().lower().rstrip("."),
        look.accent.strip().lower(),
    )
    if len(name) > 100:
        raise Refused("A brand's name has up to 100 characters.")
    if domain and not _DOMAIN.fullmatch(domain):
        raise Refused("Give the domain alone, as in help.northwind.example.")
    if accent and not is_colour(accent):
        raise Refused("Give the colour as six digits after a #, as in #3355d1.")
    if any(not is_language(code) for code in look.languages) or len(look.languages) > 30:
        raise Refused("Name the languages by their codes, as in en or de.")
    return {"public_name": name, "domain": domain, "accent": accent, "languages": list(dict.fromkeys(look.languages))}


def _sign(content: bytes, *, at: datetime) -> dict[str, Any]:
    if not content:
        return {"logo_id": None, "logo_type": ""}
    raster = raster_of(content)
    if raster is None or len(content) > LARGEST_LOGO:
        raise Refused("A logo is a picture (PNG, JPEG, GIF or WebP) of up to 512 KB.")
    return {"logo_id": keep_upload(content, at=at), "logo_type": raster.media_type}
