"""What it knows, and how it answers: sessions, refunds, idempotency keys, events. What it keeps stands in one file, if it has one."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from careline.domain.orders.gateways.stripe.signing import header_of

KEY, WEBHOOK_SECRET = "sk_test_fake", "whsec_fake"
_DAY = 24 * 3600
Post = Callable[[bytes, Mapping[str, str]], None]
"""Hands an event to our webhook: body and headers."""


@dataclass(frozen=True, slots=True)
class Answered:
    """`is_lost`: it was done, and the answer never arrives."""

    status: int
    said: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)
    is_lost: bool = False


class FakeStripe:
    """`url`: under which its pages for customers are. `faults`: what befalls the next calls, in order: busy, broken, lost."""

    def __init__(self, *, url: str, post: Post | None = None, file: Path | None = None) -> None:
        self.url, self._post, self._file = url.rstrip("/"), post, file
        self.faults: list[str] = []
        self._lock = threading.RLock()
        self._kept: dict[str, Any] = {"sessions": {}, "refunds": {}, "answers": {}, "events": {}}
        if file is not None and file.exists():
            self._kept = json.loads(file.read_text("utf-8"))

    @property
    def refunds(self) -> list[dict[str, Any]]:
        return list(self._kept["refunds"].values())

    @property
    def events(self) -> list[dict[str, Any]]:
        return list(self._kept["events"].values())

    def session(self, key: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self._kept["sessions"].get(key)
        return found

    def answer(self, method: str, path: str, headers: Mapping[str, str], form: str, *, now: int) -> Answered:
        """One call of the interface; `form` is its body, or what stands behind the question mark."""
        with self._lock:
            fault = self.faults.pop(0) if self.faults else ""
            if fault == "busy":
                return Answered(429, _error("rate_limit", "Too many requests."), {"Retry-After": "7"})
            if fault == "broken":
                return Answered(500, _error("api_error", "Something is broken."))
            if headers.get("Authorization") != f"Bearer {KEY}":
                return Answered(401, _error("invalid_api_key", "This key is not ours."))
            said = {name: values[-1] for name, values in parse_qs(form, keep_blank_values=True).items()}
            answered = self._once(method, path, headers.get("Idempotency-Key", ""), said, now)
            self._save()
            return Answered(answered.status, answered.said, answered.headers, is_lost=fault == "lost")

    def pay(self, key: str, *, now: int, declined: bool = False) -> dict[str, Any] | None:
        """The customer presses the button on its page; None where there is no open page."""
        with self._lock:
            found = self.session(key)
            if found is None or found["status"] != "open" or found["expires_at"] <= now:
                return None
            if declined:
                return found
            intent = f"pi_{secrets.token_hex(12)}"
            card = {"payment_method_details": {"card": {"brand": "visa", "last4": "4242"}}}
            found |= {
                "status": "complete",
                "payment_status": "paid",
                "url": None,
                "payment_intent": {"id": intent, "latest_charge": card},
            }
            self._save()
        self._tell("checkout.session.completed", {**found, "payment_intent": intent}, now=now)
        return found

    def tell_again(self, event: str) -> None:
        """The same event once more, as it is told when our first answer was lost."""
        self._hand_over(self._kept["events"][event])

    def _once(self, method: str, path: str, key: str, said: dict[str, str], now: int) -> Answered:
        """What was asked under this key before is answered as then; something else under it is refused."""
        asked = json.dumps([path, said], sort_keys=True)
        before = self._kept["answers"].get(key) if key and method == "POST" else None
        if before is not None:
            if before["asked"] != asked:
                return Answered(400, _error("idempotency_error", "This key was used for something else."))
            return Answered(before["status"], before["said"])
        answered = self._answered(method, path, said, now)
        if key and method == "POST":
            self._kept["answers"][key] = {"asked": asked, "status": answered.status, "said": answered.said}
        return answered

    def _answered(self, method: str, path: str, said: dict[str, str], now: int) -> Answered:
        match method, path.strip("/").split("/"):
            case "POST", ["v1", "checkout", "sessions"]:
                return Answered(200, self._new_session(said, now))
            case "GET", ["v1", "checkout", "sessions", key]:
                return self._found(key, now)
            case "POST", ["v1", "checkout", "sessions", key, "expire"]:
                return self._ended(key)
            case "POST", ["v1", "refunds"]:
                return self._refund(said, now)
            case "GET", ["v1", "refunds"]:
                data = [one for one in self.refunds if one["payment_intent"] == said.get("payment_intent")]
                return Answered(200, {"object": "list", "data": data, "has_more": False})
        return Answered(404, _error("resource_missing", "There is nothing of this name."))

    def _new_session(self, said: dict[str, str], now: int) -> dict[str, Any]:
        key = f"cs_test_{secrets.token_hex(12)}"
        made = {
            "id": key, "object": "checkout.session", "status": "open", "payment_status": "unpaid", "url": f"{self.url}/pay/{key}",
            "amount_total": int(said["line_items[0][price_data][unit_amount]"]), "currency": said["line_items[0][price_data][currency]"],
            "title": said["line_items[0][price_data][product_data][name]"], "client_reference_id": said.get("client_reference_id"),
            "metadata": {"careline": said.get("metadata[careline]", "")},
            "success_url": said["success_url"], "cancel_url": said["cancel_url"], "payment_intent": None, "expires_at": now + _DAY,
        }  # fmt: skip
        self._kept["sessions"][key] = made
        return made

    def _found(self, key: str, now: int) -> Answered:
        found = self.session(key)
        if found is None:
            return Answered(404, _error("resource_missing", f"There is no session {key}."))
        if found["status"] == "open" and found["expires_at"] <= now:
            found |= {"status": "expired", "url": None}
        return Answered(200, found)

    def _ended(self, key: str) -> Answered:
        found = self.session(key)
        if found is None or found["status"] != "open":
            return Answered(400, _error("invalid_request_error", "Only an open session can be expired."))
        found |= {"status": "expired", "url": None}
        return Answered(200, found)

    def _refund(self, said: dict[str, str], now: int) -> Answered:
        intent = said.get("payment_intent", "")
        paid = next(
            (s for s in self._kept["sessions"].values() if (s["payment_intent"] or {}).get("id") == intent), None
        )
        if paid is None:
            return Answered(404, _error("resource_missing", f"There is no payment {intent}."))
        given = sum(one["amount"] for one in self.refunds if one["payment_intent"] == intent)
        amount = int(said.get("amount", paid["amount_total"]))
        if amount <= 0 or given + amount > paid["amount_total"]:
            return Answered(400, _error("charge_already_refunded", "More than was paid can't go back."))
        key = f"re_{secrets.token_hex(12)}"
        made = {
            "id": key, "object": "refund", "status": "succeeded", "amount": amount, "currency": paid["currency"], "payment_intent": intent,
            "metadata": {"careline": said.get("metadata[careline]", "")}, "created": now,
        }  # fmt: skip
        self._kept["refunds"][key] = made
        return Answered(200, made)

    def _tell(self, kind: str, about: dict[str, Any], *, now: int) -> None:
        key = f"evt_{secrets.token_hex(12)}"
        with self._lock:
            self._kept["events"][key] = {
                "id": key,
                "object": "event",
                "type": kind,
                "created": now,
                "data": {"object": about},
            }
            self._save()
        self._hand_over(self._kept["events"][key])

    def _hand_over(self, event: dict[str, Any]) -> None:
        if self._post is not None:
            body = json.dumps(event).encode()
            header = header_of(body, secret=WEBHOOK_SECRET, moment=event["created"])
            self._post(body, {"Stripe-Signature": header, "Content-Type": "application/json"})

    def _save(self) -> None:
        if self._file is not None:
            rough = self._file.with_suffix(".new")
            rough.write_text(json.dumps(self._kept), "utf-8")
            rough.replace(self._file)


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "type": code, "message": message}}
