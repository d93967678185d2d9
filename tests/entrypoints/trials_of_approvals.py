"""How approvals, limits and policies are tried: Ben asked for goodwill on a case of team Front that is nobody's."""

from typing import Any

from careline.domain.approvals.commands.limits import save_limit
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.ask_approval import ask_approval
from careline.flows.authorise import Wish
from careline.flows.keep_policies import draft_policy
from careline.flows.try_draft import try_draft
from careline.kit.money import Money
from tests.world import NOON, World, writes_in

_CASE, _HOUSE = "case", "house"
_MONEY = {"amount": "5.00", "currency": "EUR"}
_LIMIT = {"role": "representative", "action": "goodwill", "amount": _MONEY}
_LIMIT_FORM = {"who": "role:representative", "action": "goodwill", "per": "action", "amount": "5", "currency": "EUR"}
_RULE = {"id": "late", "name": "Too late", "outcome": "deny"}
_RULE_FORM = {"name": "Too late", "outcome": "deny", "approver": "ladder"}
_DRAFT = "/settings/policies/draft"

TRIALS_OF_APPROVALS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("desk.approvals.approvals", "approval:ask|approval:decide"): (_HOUSE, ("GET", "/approvals", None), ("GET", "/approvals", None)),
    ("flows.ask_approval.require_involved", "approval:ask|approval:decide"): (
        _HOUSE, ("GET", "/approvals?which=waiting", None), ("GET", "/approvals?which=waiting", None),
    ),
    ("flows.ask_approval.ask_approval", "approval:ask"): (
        _CASE, ("POST", "/approvals", {"conversation": "{case}", "action": "goodwill", "amount": _MONEY}),
        ("POST", "/conversations/{case}/approvals", {"action": "goodwill", "amount": "5", "currency": "EUR"}),
    ),
    ("flows.authorise.authorise", "approval:ask"): (_CASE, None, ("GET", "/conversations/{case}/approvals/new", None)),
    ("flows.decide_approval.decide_approval", "approval:decide"): (
        _CASE, ("PUT", "/approvals/{approval}/decision", {"outcome": "approve"}), ("POST", "/approvals/{approval}", {"then": "approve"}),
    ),
    ("flows.decide_approval.withdraw_approval", "approval:ask"): (_CASE, None, None),
    ("flows.pass_on_approval.pass_on_approval", "approval:decide"): (
        _CASE, ("POST", "/approvals/{approval}/delegations", {"to": "id {ada}"}),
        ("POST", "/approvals/{approval}/delegation", {"to": "{ada}"}),
    ),
    ("flows.keep_limits.keep_limit", "policy:manage"): (
        _HOUSE, ("POST", "/authority-limits", _LIMIT), ("POST", "/settings/limits", _LIMIT_FORM),
    ),
    ("flows.keep_limits.remove_limit", "policy:manage"): (
        _HOUSE, ("DELETE", "/authority-limits/{limit}", None), ("DELETE", "/settings/limits/{limit}", None),
    ),
    ("flows.keep_limits.keep_rate", "policy:manage"): (
        _HOUSE, ("POST", "/exchange-rates", {"source": "USD", "target": "EUR", "rate": "0.92"}),
        ("POST", "/settings/rates", {"source": "USD", "target": "EUR", "rate": "0.92"}),
    ),
    ("flows.keep_policies.draft_policy", "policy:manage"): (
        _HOUSE, ("PUT", "/policies/draft", {"rules": [_RULE]}), ("POST", _DRAFT + "/rules", _RULE_FORM),
    ),
    ("flows.keep_policies.drop_policy_draft", "policy:manage"): (_HOUSE, ("DELETE", "/policies/draft", None), ("DELETE", _DRAFT, None)),
    ("flows.try_draft.try_draft", "policy:manage"): (
        _HOUSE, ("POST", "/policies/draft/simulations", None), ("POST", _DRAFT + "/simulation", {}),
    ),
    ("flows.try_draft.simulation_for", "policy:manage"): (
        _HOUSE, ("GET", "/policy-simulations/{trial}", None), ("GET", _DRAFT + "/simulation", None),
    ),
    ("flows.keep_limits.keep_deadlines", "policy:manage"): (
        _HOUSE, ("PUT", "/approval-deadlines", {"calendar": None}), ("POST", "/settings/approval-deadlines", {}),
    ),
    ("flows.keep_policies.switch_policy_on", "policy:manage"): (
        _HOUSE, ("PUT", "/policies/draft/activation", {}), ("POST", _DRAFT + "/activation", {}),
    ),
    ("flows.keep_policies.try_policy", "approval:ask"): (
        _HOUSE, ("POST", "/policy-decisions", {"action": "goodwill", "amount": _MONEY}), None,
    ),
}  # fmt: skip


def keys_of_approvals(world: World) -> dict[str, int]:
    """On another case of Front, so that nothing waits on the one that others are tried on."""
    ben, number = world.person(world.ben), writes_in("The bell", text="It is silent.", mailbox=world.mailbox).number
    assert number is not None
    case = conversation_by_number(number)
    wish = Wish("goodwill", ("conversation", case.id), Facts(Money(300, "EUR")))
    request = ask_approval(ben, number, wish, by=agent(ben.id), at=NOON).request
    assert request is not None
    draft_policy(world.person(world.ada), [_RULE], by=SYSTEM, at=NOON)
    limit = save_limit(Limit("goodwill", money=Money(100, "EUR"), role="specialist"), by=SYSTEM, at=NOON)
    return {"approval": request, "limit": limit, "trial": try_draft(world.person(world.ada), by=SYSTEM, at=NOON)}
