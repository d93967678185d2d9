"""Policies: who gets which promise. The first of them whose conditions all hold counts; the default one holds for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.sla.rules.clocks import FIRST_RESPONSE, KINDS, NEXT_RESPONSE, Terms

DAY = 24 * 3600
LONGEST = 366 * DAY
CONDITIONS = (
    "channel",
    "channel_kind",
    "topic",
    "priority",
    "brand",
    "team",
    "language",
    "customer_field",
    "company_field",
)
_BY_FIELD = ("customer_field", "company_field")


class BadPolicy(ValueError):
    """A policy that means nothing; `field` says where, as in `targets.resolution.seconds`."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Target:
    """So many seconds, of open time where `is_business`."""

    seconds: int
    is_business: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """`conditions`: what must hold → the values of which one must; customer_field and company_field hold {code: [values]}.

    `id` None is the default policy as it is before anybody changed it. `calendar` None: the default calendar.
    """

    id: int | None
    name: str
    targets: Mapping[str, Target]
    conditions: Mapping[str, Any] = field(default_factory=dict)
    calendar: int | None = None
    warn_percent: int = 80
    position: int = 0
    is_default: bool = False

    def terms(self, kind: str, *, calendar: int | None) -> Terms | None:
        """What it promises for one kind; `calendar` is the company's default one."""
        target = self.targets.get(kind)
        if target is None:
            return None
        key = (self.calendar or calendar) if target.is_business else None
        return Terms(self.id, target.seconds, target.is_business, key, self.warn_percent)


BUILT_IN = Policy(
    None, "An answer within 24 hours", {FIRST_RESPONSE: Target(DAY), NEXT_RESPONSE: Target(DAY)}, is_default=True
)


@dataclass(frozen=True, slots=True)
class Facts:
    """As much of a case as conditions ask for."""

    channel: int | None = None
    channel_kind: str = ""
    topic: int | Sequence[int] | None = None
    """With those above it, where policies about them are to hold as well."""
    priority: int = 2
    brand: int | None = None
    team: int | None = None
    language: str = ""
    customer_field: Mapping[str, Any] = field(default_factory=dict)
    company_field: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Why a policy holds, or not: the conditions that failed, as (condition, field code or nothing)."""

    policy: Policy
    failed: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> bool:
        return not self.failed


def policy_for(policies: Iterable[Policy], facts: Facts) -> Policy:
    """The first that holds, in their order; the default one where none does."""
    default = BUILT_IN
    for policy in policies:
        if policy.is_default:
            default = policy
        elif not _failures(policy, facts, first_only=True):
            return policy
    return default


def weighed(policies: Iterable[Policy], facts: Facts) -> list[Weighed]:
    """Each policy down to the one that holds, with what spoke against those before it."""
    told: list[Weighed] = []
    for policy in sorted(policies, key=lambda one: one.is_default):
        told.append(Weighed(policy, () if policy.is_default else tuple(_failures(policy, facts))))
        if told[-1].holds:
            break
    return told


def check_policy(policy: Policy) -> None:
    """Raises BadPolicy for the first thing in it that can't be meant."""
    if not policy.name.strip():
        raise BadPolicy("name", "Give it a name.")
    if not 0 <= policy.warn_percent <= 99:
        raise BadPolicy("warn_percent", "Give a percentage from 0 (no warning) to 99.")
    if not policy.targets:
        raise BadPolicy("targets", "Promise at least one thing.")
    for kind, target in policy.targets.items():
        if kind not in KINDS:
            raise BadPolicy(f"targets.{kind[:60]}", f"There are {', '.join(KINDS)}.")
        if not 60 <= target.seconds <= LONGEST:
            raise BadPolicy(f"targets.{kind}.seconds", "Give a time from one minute to 366 days.")
    if policy.is_default and policy.conditions:
        raise BadPolicy("conditions", "The default policy holds for everybody: it has no conditions.")
    if policy.is_default and FIRST_RESPONSE not in policy.targets:
        raise BadPolicy("targets.first_response", "The default policy always promises a first answer.")
    for name, values in policy.conditions.items():
        _check_condition(name, values)


def _check_condition(name: str, values: Any) -> None:
    if name not in CONDITIONS:
        raise BadPolicy(f"conditions.{name[:60]}", f"There are {', '.join(CONDITIONS)}.")
    groups = values.items() if name in _BY_FIELD and isinstance(values, dict) else [("", values)]
    for code, wanted in groups:
        if not isinstance(wanted, (list, tuple)) or not wanted:
            raise BadPolicy(f"conditions.{name}", "Give a list of at least one value.")
        if name in _BY_FIELD and not code:
            raise BadPolicy(f"conditions.{name}", "Give the field's code and its values.")


def _failures(policy: Policy, facts: Facts, *, first_only: bool = False) -> list[tuple[str, str]]:
    failed = []
    for name, wanted in policy.conditions.items():
        has = getattr(facts, name)
        groups = wanted.items() if name in _BY_FIELD else [("", wanted)]
        for code, values in groups:
            if not _is_among(has.get(code) if code else has, values):
                failed.append((name, code))
                if first_only:
                    return failed
    return failed


def _is_among(value: Any, wanted: Iterable[Any]) -> bool:
    """Words regardless of case; a field with several choices holds where one of them is wanted."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return bool({_plain(one) for one in values} & {_plain(one) for one in wanted})


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (int, float)):
        return value
    return str(value).casefold()
