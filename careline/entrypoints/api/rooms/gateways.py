"""Accounts where cards are charged: which there are, and their keys, which are written and never shown."""

from __future__ import annotations

from typing import Any

from careline.domain.orders.gateways import FAKE, KINDS
from careline.domain.orders.queries.selling_pay import gateways
from careline.domain.staff.rules import require
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.selling import GatewayKeys, PaymentGateway, PaymentGateways
from careline.flows.keep_terms import OF_GATEWAYS, set_gateway


@route("GET", "/payment-gateways", answer=PaymentGateways)
def payment_gateways(call: Call) -> Any:
    """Those that can be set up. Their keys are never shown."""
    require(call.person, OF_GATEWAYS)
    known = {row.kind for row in gateways()}
    return PaymentGateways([_shown(kind) for kind in KINDS if kind != FAKE or kind in known])


@route("PUT", "/payment-gateways/{name}", body=GatewayKeys, answer=PaymentGateway)
def payment_gateway_set(call: Call) -> Any:
    """Sets its keys, and whether it is used; a key that is not given stays. One gateway at a time is used."""
    given, kind = call.body, call.path["name"]
    set_gateway(
        call.person, kind, key=given.key, webhook=given.webhook_secret, is_active=given.is_active, by=call.by, at=call.at
    )  # fmt: skip
    return _shown(kind)


def _shown(kind: str) -> PaymentGateway:
    found = next((row for row in gateways() if row.kind == kind), None)
    if found is None:
        return PaymentGateway(kind, False, False, None)
    return PaymentGateway(kind, found.is_active, bool(found.has_secrets), found.changed_at)
