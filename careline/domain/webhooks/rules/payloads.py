"""What is sent: a happening by its ids, small enough to be read at a glance; the objects themselves only where asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

THIN, FULL = "thin", "full"
PING = "webhook.pinged"
API = "/api/v1"
_PLACES = {"order": "orders", "subscription": "subscriptions", "quote": "quotes", "complaint": "complaints"}
_ORDER = ("id", "actor", "via", "subject", "conversation", "customer", "data", "links")


def event_of(*, key: int | None, actor_kind: str, actor_id: int, via: str, subject_kind: str, subject_key: int, data: dict[str, Any],
             case: int | None, customer: int | None, called: str = "") -> dict[str, Any]:  # fmt: skip
    """The `data` of a thin payload: the API's event, with the case's number, the customer's id and where to fetch them. `called`: by
    which number the API knows an order or a subscription."""
    links = {}
    if case is not None:
        links["conversation"] = f"{API}/conversations/{case}"
    if case is not None and subject_kind == "message":
        links["message"] = f"{API}/conversations/{case}/messages/{subject_key}"
    if customer is not None:
        links["customer"] = f"{API}/customers/{customer}"
    if subject_kind in _PLACES and (called or subject_kind in ("quote", "complaint")):
        links[subject_kind] = f"{API}/{_PLACES[subject_kind]}/{called or subject_key}"
    return {
        "id": None if key is None else str(key),
        "actor": {"kind": actor_kind, "id": str(actor_id)},
        "via": via,
        "subject": {"kind": subject_kind, "key": str(subject_key)},
        "conversation": case,
        "customer": None if customer is None else str(customer),
        "data": data,
        "links": links,
    }


def body_of(*, name: str, happened_at: datetime, event: dict[str, Any], objects: dict[str, Any] | None = None) -> bytes:
    """The body as Standard Webhooks shape it: type, timestamp, data."""
    moment = happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    data = {name: event[name] for name in _ORDER if name in event} | ({} if objects is None else {"objects": objects})
    return json.dumps(
        {"type": name, "timestamp": moment, "data": data}, ensure_ascii=False, separators=(",", ":")
    ).encode()
