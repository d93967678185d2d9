"""What of all that happens is told in a customer's history, in which kind it is filtered, and who may read which."""

from __future__ import annotations

from dataclasses import dataclass

from careline.domain.staff.rules import VERBS, Person, may

TOLD_OF_CASES = (
    "conversation.opened", "conversation.resolved", "conversation.reopened", "conversation.merged", "conversation.split",
)  # fmt: skip
"""What happens on a case and concerns its customer; the rest stands in the case."""
SILENT = (
    "message", "sla", "rule", "article", "guide", "checklist", "offer", "escalation", "problem", "bulk", "inbound", "acknowledgement",
    "routing", "draft", "participant",
)  # fmt: skip
"""Nouns that concern the house alone. Whatever is in none of these is told, so that a new room need not come here first."""
SILENT_NAMES = (
    "customer.noted", "request.viewed", "complaint.warned", "complaint.broken", "complaint.check_due", "complaint.correction_asked",
    "complaint.correction_late", "complaint.correction_done", "complaint.correction_checked", "service_request.late", "follow_up.due",
    "cart.changed", "cart.released", "cart.quoted", "case.forgotten",
)  # fmt: skip
"""What is our own affair, or was said by another one in the same moment."""
_READS = {
    **dict.fromkeys(("return", "credit", "refund", "shipment", "quote", "cart", "payment", "item", "repair"), "order:read"),
    "follow_up": "followup:read", **dict.fromkeys(("voice", "review"), "feedback:read"),
}  # fmt: skip
"""By noun of the happening; any other is read by its own noun's verb, where there is one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`says` are kinds of messages; `nouns` the first words of happenings."""

    nouns: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    notes: bool = False


KINDS = {
    "messages": Kind(nouns=("chat",), says=("incoming", "reply")),
    "notes": Kind(says=("note",), notes=True),
    "cases": Kind(nouns=("conversation", "request", "case", "form")),
    "orders": Kind(nouns=("order", "return", "credit", "refund", "shipment", "quote", "cart", "payment", "item", "repair",
                          "subscription")),
    "approvals": Kind(nouns=("approval",)),
    "requests": Kind(nouns=("service_request",)),
    "complaints": Kind(nouns=("complaint",)),
    "surveys": Kind(nouns=("survey", "feedback", "voice", "review")),
    "promises": Kind(nouns=("follow_up", "followup")),
    "loyalty": Kind(nouns=("tier", "referral", "suggestion")),
    "person": Kind(nouns=("customer",)),
}  # fmt: skip
OTHER = "other"


def kind_of(type_: str, name: str) -> str:
    """In which filter an entry is found; `type_` is message, event or note, `name` a message's kind or a happening's name."""
    if type_ == "note":
        return "notes"
    noun = name.partition(".")[0]
    for code, kind in KINDS.items():
        if (name in kind.says) if type_ == "message" else (noun in kind.nouns):
            return code
    return OTHER


def unreadable(person: Person) -> list[str]:
    """Nouns whose happenings this person does not get to read, also on a case that they see."""
    reads = {verb.partition(":")[0]: verb for verb in VERBS if verb.endswith(":read")} | _READS
    return sorted(
        noun
        for noun, verb in reads.items()
        if verb in VERBS and not may(person, verb) and noun not in ("conversation",)
    )
