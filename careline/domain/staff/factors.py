"""Second factors: codes of an app, and recovery codes for whoever has lost it. Passkeys are in passkeys.py."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.granting import require_over
from careline.domain.staff.models import Agent, Factor, RecoveryCode
from careline.domain.staff.sessions import end_sessions
from careline.kit import db, totp
from careline.kit.keys import ring

SEALED_FOR = "second factor"
RECOVERY_CODES = 10


class WrongCode(NotPossible):
    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__("The code is wrong or too old: type the one that the app shows now.")


@transaction.atomic
def add_app(agent: Agent, *, secret: bytes, code: str, by: Actor, at: datetime) -> list[str]:
    """The app that shows this code is a second factor from now on. New recovery codes where there are none: told once.

    Raises WrongCode, NotPossible.
    """
    step = totp.matching_step(secret, plain(code), at=at, after=0)
    if step is None:
        raise WrongCode
    if Factor.objects.filter(agent=agent, kind="totp").exists():
        raise NotPossible("There is an app already: remove it first.")
    made = Factor.objects.create(
        agent=agent, kind="totp", name="", secret=ring().encrypt(SEALED_FOR, secret), last_step=step, made_at=at
    )
    record(Happening("factor.added", "agent", agent.pk, data={"factor": made.pk, "kind": "totp"}), by=by, at=at)
    return first_recovery_codes(agent, by=by, at=at)


@transaction.atomic
def use_code(agent_id: int, words: str, *, by: Actor, at: datetime) -> str | None:
    """`code` for the app's, `recovery` for one of the written ones, which is spent; None for a wrong one, or one used before."""
    given = plain(words)
    app = Factor.objects.select_for_update().filter(agent_id=agent_id, kind="totp").first()
    if app is not None and app.secret is not None and len(given) == totp.DIGITS:
        secret = ring().decrypt(SEALED_FOR, bytes(app.secret))
        step = totp.matching_step(secret, given, at=at, after=app.last_step)
        if step is not None:
            Factor.objects.filter(pk=app.pk).update(last_step=step, last_used_at=at)
            return "code"
    codes = RecoveryCode.objects.filter(agent_id=agent_id, digest=_digest(agent_id, given), used_at=None)
    if codes.update(used_at=at):
        record(Happening("factor.recovery_used", "agent", agent_id), by=by, at=at)
        return "recovery"
    return None


@transaction.atomic
def new_recovery_codes(agent: Agent, *, by: Actor, at: datetime) -> list[str]:
    """Ten codes that let somebody in once each; those of before are void. Told once."""
    RecoveryCode.objects.filter(agent=agent).delete()
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(agent=agent, digest=_digest(agent.pk, plain(code))) for code in codes]
    )
    record(Happening("factor.recovery_made", "agent", agent.pk, data={"count": len(codes)}), by=by, at=at)
    return codes


def first_recovery_codes(agent: Agent, *, by: Actor, at: datetime) -> list[str]:
    """New ones where somebody has none that are good; else nothing."""
    if RecoveryCode.objects.filter(agent=agent, used_at=None).exists():
        return []
    return new_recovery_codes(agent, by=by, at=at)


@transaction.atomic
def remove_factor(factor_id: int, *, agent_id: int, by: Actor, at: datetime) -> None:
    found = Factor.objects.filter(pk=factor_id, agent_id=agent_id).first()
    if found is None:
        return
    found.delete()
    if not Factor.objects.filter(agent_id=agent_id).exists():
        RecoveryCode.objects.filter(agent_id=agent_id).delete()
    data = {"factor": factor_id, "kind": found.kind}
    record(Happening("factor.removed", "agent", agent_id, data=data), by=by, at=at)


@transaction.atomic
def reset_factors(agent: Agent, *, by: Actor, at: datetime) -> None:
    """For somebody who lost their phone: no second factor any more, and out of every browser. Raises Forbidden."""
    require_over(agent.pk, by=by, at=at)
    Factor.objects.filter(agent=agent).delete()
    RecoveryCode.objects.filter(agent=agent).delete()
    end_sessions(agent.pk, by=by, at=at)
    record(Happening("factor.reset", "agent", agent.pk), by=by, at=at)


def factors_of(agent_id: int) -> list[Any]:
    """id, kind (totp, passkey), name, made_at, last_used_at; the oldest first."""
    return db.rows(
        "SELECT id, kind, name, made_at, last_used_at FROM staff_factor WHERE agent_id = %s ORDER BY id", [agent_id]
    )


def recovery_codes_left(agent_id: int) -> int:
    return int(
        db.value("SELECT count(*) FROM staff_recoverycode WHERE agent_id = %s AND used_at IS NULL", [agent_id]) or 0
    )


def plain(code: str) -> str:
    """As typed: without the spaces and dashes that make it readable."""
    return "".join(code.lower().split()).replace("-", "")[:64]


def _digest(agent_id: int, code: str) -> str:
    return hashlib.sha256(f"{agent_id}:{code}".encode()).hexdigest()
