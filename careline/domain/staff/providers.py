"""Single sign-on: who vouches for our people, as an administrator set it, and whom they brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.commands import add_agent
from careline.domain.staff.errors import NameTaken, NotPossible
from careline.domain.staff.granting import ALWAYS_WHOLE, require_held
from careline.domain.staff.models import Agent, Identity, IdentityProvider
from careline.domain.staff.roles import lines_of_role, role_with
from careline.kit import db
from careline.kit.keys import CannotDecrypt, ring
from careline.kit.oidc import Relying

SEALED_FOR = "identity provider"


class NotVouchedFor(NotPossible):
    code = "not_vouched_for"


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """`secret` None keeps the one that is stored. `role` None: only people who are here already; else newcomers get it."""

    name: str
    issuer: str
    client_id: str
    secret: str | None = None
    domains: tuple[str, ...] = ()
    role: str | None = None
    is_private: bool = False
    is_active: bool = True


@transaction.atomic
def save_provider(code: str | None, wanted: ProviderSettings, *, by: Actor, at: datetime) -> str:
    """A new one (None), or other settings; its code. Raises NotPossible, NameTaken, NoSuchRole, Forbidden."""
    _check(wanted)
    role = role_with(wanted.role) if wanted.role else None
    # Whoever chooses who vouches for our people can be any of them.
    require_held(lines_of_role(role_with(ALWAYS_WHOLE).pk), by=by, at=at)
    if role is not None:
        require_held(lines_of_role(role.pk), by=by, at=at)
        if not wanted.domains:
            raise NotPossible("Name the mail domains whose people are taken in, else everybody there is.")
    found = _found(code) if code else IdentityProvider(code=slugify(wanted.name)[:40] or "sso")
    if not code and IdentityProvider.objects.filter(code=found.code).exists():
        raise NameTaken(f"There is a provider {wanted.name!r} already.")
    if wanted.secret is not None:
        found.secret = ring().encrypt(SEALED_FOR, wanted.secret.encode())
    elif not code:
        raise NotPossible("The provider's secret is missing.")
    found.name, found.issuer, found.client_id = wanted.name, wanted.issuer.rstrip("/"), wanted.client_id
    found.domains, found.role = [domain.lower().lstrip("@") for domain in wanted.domains], role
    found.is_private, found.is_active = wanted.is_private, wanted.is_active
    found.save()
    data = {"provider": found.pk, "is_active": found.is_active, "role": role.code if role else None}
    record(Happening("provider.changed" if code else "provider.added", "provider", found.pk, data=data), by=by, at=at)
    return found.code


def _check(wanted: ProviderSettings) -> None:
    if not wanted.name.strip() or not wanted.client_id.strip():
        raise NotPossible("A provider needs a name, its issuer and our client id there.")
    if not wanted.issuer.startswith("https://") and not (wanted.is_private and wanted.issuer.startswith("http://")):
        raise NotPossible("The issuer begins with https://, as in https://id.northwind.example.")


@transaction.atomic
def person_vouched_for(code: str, claims: Mapping[str, Any], *, at: datetime) -> Agent:
    """Whose identity the provider vouches for: known by its own name for them, else by a mail address that it verified.

    Raises NotVouchedFor.
    """
    provider = _found(code)
    subject = str(claims["sub"])[:500]
    known = Identity.objects.select_related("agent").filter(provider=provider, subject=subject).first()
    if known is not None:
        return _present(known.agent)
    email = str(claims.get("email", "")).strip().lower()
    if not email or claims.get("email_verified") is not True:
        raise NotVouchedFor(f"{provider.name} does not say that it verified your mail address.")
    if provider.domains and email.rpartition("@")[2] not in provider.domains:
        raise NotVouchedFor(f"Mail addresses like yours are not taken from {provider.name}.")
    found = Agent.objects.filter(email=email).first()
    if found is None and provider.role is not None:
        name = str(claims.get("name", ""))[:200]
        found = add_agent(email, name=name, role=provider.role.code, by=SYSTEM, at=at)
    if found is None:
        raise NotVouchedFor("Nobody here has your mail address: ask an administrator to add you.")
    _present(found)
    if Identity.objects.filter(provider=provider, agent=found).exists():
        raise NotVouchedFor(f"{provider.name} knows you by another name now: ask an administrator.")
    Identity.objects.create(agent=found, provider=provider, subject=subject, made_at=at)
    record(Happening("identity.linked", "agent", found.pk, data={"provider": provider.pk}), by=SYSTEM, at=at)
    return found


def relying_on(code: str, *, redirect: str) -> Relying:
    """We, as this provider knows us. Raises NotVouchedFor for one that is not in use."""
    found = _found(code)
    if not found.is_active:
        raise NotVouchedFor(f"{found.name} is not in use.")
    try:
        secret = ring().decrypt(SEALED_FOR, bytes(found.secret)).decode()
    except CannotDecrypt as lost:  # an import or a restore brings settings without their keys
        raise NotVouchedFor(
            f"The secret of {found.name} is missing here: an administrator types it in again."
        ) from lost
    return Relying(found.issuer, found.client_id, secret, redirect, found.is_private)


def providers(*, active: bool = False) -> list[Any]:
    """id, code, name, issuer, client_id, domains, role (code or None), is_private, is_active; by name. Never the secret."""
    return db.rows(
        """SELECT p.id, p.code, p.name, p.issuer, p.client_id, p.domains, r.code AS role, p.is_private, p.is_active
           FROM staff_identityprovider p LEFT JOIN staff_role r ON r.id = p.role_id
           WHERE p.is_active OR NOT %s ORDER BY lower(p.name), p.id""",
        [active],
    )


def _found(code: str) -> IdentityProvider:
    found = IdentityProvider.objects.select_related("role").filter(code=code).first()
    if found is None:
        raise NotVouchedFor("There is no such provider.")
    return found


def _present(agent: Agent) -> Agent:
    if not agent.is_active:
        raise NotVouchedFor("Your account here is closed.")
    return agent
