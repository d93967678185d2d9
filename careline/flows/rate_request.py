"""A customer says how well a request was solved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands.portal import CannotRate, rate
from careline.domain.customers.rules.portal import Viewer
from careline.domain.desk.queries.portal import request_of
from careline.domain.history.actor import customer
from careline.domain.history.commands import Happening, record


def rate_request(
    viewer: Viewer, number: int, *, score: int, comment: str, brand: int | None = None, at: datetime
) -> None:
    """From 1 to 5, once for each time it was resolved; for a day it may be changed. Raises NotFound, Refused."""
    request = request_of(viewer, number, brand=brand)
    if request is None:
        raise NotFound(f"There is no request {number}.")
    if not request.is_own or request.is_spam:
        raise Refused("Only the person whose request it is can say so.")
    if request.resolved_at is None:
        raise Refused("It is not solved yet, so it cannot be rated.")
    by = customer(viewer.customer, via="portal")
    with transaction.atomic():
        try:
            rate(
                request.id, resolved_at=request.resolved_at, customer=viewer.customer, score=score, comment=comment.strip(),
                by=by, at=at,
            )  # fmt: skip
        except CannotRate as refusal:
            raise Refused(str(refusal)) from None
        told = Happening(
            "request.rated", "conversation", request.number, request.id, request.customer_id, {"score": score}
        )
        record(told, by=by, at=at)
