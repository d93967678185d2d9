"""Passkeys (WebAuthn, W3C level 2): as second factor, and to get in without a password.

What a ceremony began with (`state`) is kept in the visitor's session, and good once.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.factors import first_recovery_codes
from careline.domain.staff.models import Agent, Factor

logging.getLogger("fido2").setLevel(logging.WARNING)


class PasskeyRefused(NotPossible):
    code = "passkey_refused"

    def __init__(self) -> None:
        super().__init__("This passkey was not accepted. Try again, or get in another way.")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser is: `name` is the host that passkeys belong to, `origin` the whole of scheme, host and port."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose passkey it was; `is_verified` where it asked for a finger, a face or a PIN, and so stands for both factors."""

    agent: Agent
    is_verified: bool


def begin_adding(agent: Agent, *, site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked for, and the state to keep."""
    from fido2.webauthn import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

    user = PublicKeyCredentialUserEntity(id=str(agent.pk).encode(), name=agent.email, display_name=agent.name)
    options, state = _server(site).register_begin(
        user, _credentials(agent.pk), resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    return dict(options), dict(state)


@transaction.atomic
def add_passkey(
    agent: Agent, *, name: str, answer: Mapping[str, Any], state: Mapping[str, Any], site: Site, by: Actor, at: datetime
) -> list[str]:
    """The passkey is theirs. Recovery codes as add_app tells them. Raises PasskeyRefused."""
    try:
        data = _server(site).register_complete(state, answer)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused from error
    found = data.credential_data
    if found is None or Factor.objects.filter(credential_id=found.credential_id).exists():
        raise PasskeyRefused
    made = Factor.objects.create(
        agent=agent, kind="passkey", name=name[:100], credential_id=found.credential_id, credential=bytes(found),
        sign_count=data.counter, made_at=at,
    )  # fmt: skip
    record(Happening("factor.added", "agent", agent.pk, data={"factor": made.pk, "kind": "passkey"}), by=by, at=at)
    return first_recovery_codes(agent, by=by, at=at)


def begin_proving(agent_id: int | None, *, site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """For a second factor of somebody, or (None) to get in without a password, which asks for a finger, a face or a PIN."""
    from fido2.webauthn import UserVerificationRequirement

    wanted = UserVerificationRequirement.REQUIRED if agent_id is None else UserVerificationRequirement.PREFERRED
    known = _credentials(agent_id) if agent_id is not None else None
    options, state = _server(site).authenticate_begin(known, user_verification=wanted)
    return dict(options), dict(state)


@transaction.atomic
def use_passkey(
    agent_id: int | None, *, answer: Mapping[str, Any], state: Mapping[str, Any], site: Site, at: datetime
) -> Proven:
    """Who proved to be there. Raises PasskeyRefused, also where a passkey counts backwards: then it was copied."""
    from fido2.webauthn import AttestedCredentialData, AuthenticationResponse

    try:
        given = AuthenticationResponse.from_dict(answer)
        factor = Factor.objects.select_for_update(of=("self",)).select_related("agent").get(credential_id=given.raw_id)
        _server(site).authenticate_complete(state, [AttestedCredentialData(bytes(factor.credential or b""))], given)
    except (ValueError, TypeError, KeyError, AttributeError, Factor.DoesNotExist) as error:
        raise PasskeyRefused from error
    data = given.response.authenticator_data
    counts = data.counter > 0 or factor.sign_count > 0  # many passkeys never do (WebAuthn 2, section 7.2, step 21)
    is_copied = counts and data.counter <= factor.sign_count
    if is_copied or not factor.agent.is_active or agent_id not in (None, factor.agent_id):
        raise PasskeyRefused
    Factor.objects.filter(pk=factor.pk).update(sign_count=data.counter, last_used_at=at)
    return Proven(factor.agent, data.is_user_verified())


def _credentials(agent_id: int) -> list[Any]:
    from fido2.webauthn import AttestedCredentialData

    found = Factor.objects.filter(agent_id=agent_id, kind="passkey").values_list("credential", flat=True)
    return [AttestedCredentialData(bytes(one)) for one in found if one is not None]


def _server(site: Site) -> Any:
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    return Fido2Server(
        PublicKeyCredentialRpEntity(id=site.name, name="Careline"), verify_origin=lambda origin: origin == site.origin
    )
