"""Pictures of articles, for those who work here: also those of drafts."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.files.queries import content_of
from careline.domain.knowledge.queries.articles import picture_at
from careline.domain.knowledge.rules.articles import PICTURES
from careline.domain.staff.rules import require
from careline.entrypoints.web.articles.editing import HERE
from careline.entrypoints.web.case.files import file_headers
from careline.entrypoints.web.headers import SHOWN_TYPES
from careline.entrypoints.web.visit import Visit
from careline.flows.write_article import WRITE, add_picture


def shown(visit: Visit, place: str) -> HttpResponse:
    require(visit.person, "knowledge:read")
    found = picture_at(place)
    if found is None or found.media_type not in SHOWN_TYPES:
        raise NotFound("There is no such picture.")
    response = HttpResponse(content_of(found.digest), content_type=found.media_type)
    for name, value in (file_headers(found.name, inline=True) | {"Cache-Control": "private, max-age=3600"}).items():
        response.headers[name] = value
    return response


def added(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, WRITE)
    given = visit.request.FILES.get("picture")
    if given is None:
        raise Refused(_("Choose a picture."))
    address = add_picture(
        visit.person, key, given.read(), name=given.name or "picture", by=visit.by, at=visit.at
    )  # fmt: skip
    return HttpResponse(json.dumps({"address": address.replace(PICTURES, HERE)}), content_type="application/json")
