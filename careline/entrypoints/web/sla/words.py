"""Promises in words: spans of business and clock time, sentences of policies, lines of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.sla.rules.policies import Policy
from careline.domain.sla.rules.silence import Silence

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def time_words(seconds: int, *, is_business: bool) -> str:
    """How long was promised: "4 business hours", "30 minutes", "2 days". Open time has no days: they differ in length."""
    if is_business:
        if seconds % _HOUR == 0:
            return ngettext("%(n)s business hour", "%(n)s business hours", seconds // _HOUR) % {"n": seconds // _HOUR}
        minutes = seconds // _MINUTE
        return ngettext("%(n)s business minute", "%(n)s business minutes", minutes) % {"n": minutes}
    if seconds % _DAY == 0 and seconds > _DAY:
        return ngettext("%(n)s day", "%(n)s days", seconds // _DAY) % {"n": seconds // _DAY}
    if seconds % _HOUR == 0:
        return ngettext("%(n)s hour", "%(n)s hours", seconds // _HOUR) % {"n": seconds // _HOUR}
    return ngettext("%(n)s minute", "%(n)s minutes", seconds // _MINUTE) % {"n": seconds // _MINUTE}


def untouched_words(silences: Sequence[Silence]) -> str:
    """The name of the view, the shortest silence first: as long as it is for all, or from which to which."""
    spans = [time_words(one.hours * _HOUR, is_business=one.calendar is not None) for one in silences]
    if len(set(spans)) > 1:
        return _("Untouched for %(least)s to %(most)s") % {"least": spans[0], "most": spans[-1]}
    return _("Untouched for %(span)s") % {"span": spans[0]}


def in_use_words(uses: Iterable[tuple[str, str]]) -> str:
    """Why opening hours stay: a sentence for whatever counts by them."""
    said = {
        "default": _("These are the default opening hours: make others the default first."),
        "promise": _("The promise “%(name)s” counts by them."),
        "silence": _("The team “%(name)s” counts by them how long a case may lie untouched."),
        "queue": _("The queue “%(name)s” gives out work in them."), "person": _("%(name)s works in them."),
        "rule": _("The rule “%(name)s” counts by them."), "schedule": _("The recurring case “%(name)s” keeps its days by them."),
        "chat": _("The chat “%(name)s” is open in them."), "approval": _("The time to decide an approval is counted by them."),
        "complaint": _("The deadlines of complaints “%(name)s” are counted by them."),
    }  # fmt: skip
    return " ".join(said[kind] % {"name": name} for kind, name in uses)


def left_words(seconds: int, *, is_business: bool) -> str:
    """What is left of a promise, or how far it is over, to the minute."""
    hours, minutes = abs(seconds) // _HOUR, abs(seconds) % _HOUR // _MINUTE
    span = {"hours": hours, "minutes": minutes}
    if seconds < 0:
        return (
            _("%(hours)s h %(minutes)s min of business time over") if is_business else _("%(hours)s h %(minutes)s min over")
        ) % span  # fmt: skip
    return (
        _("%(hours)s h %(minutes)s min of business time left") if is_business else _("%(hours)s h %(minutes)s min left")
    ) % span  # fmt: skip


def kind_words(kind: str) -> str:
    return {
        "acknowledgement": _("Acknowledgement"), "first_response": _("First answer"), "next_response": _("Next answer"),
        "resolution": _("Solution"), "": "",
    }.get(kind, kind)  # fmt: skip


def promise_words(kind: str, seconds: int, *, is_business: bool) -> str:
    said = {
        "acknowledgement": _("Acknowledged within %(time)s"), "first_response": _("First answer within %(time)s"),
        "next_response": _("Each further answer within %(time)s"), "resolution": _("Solved within %(time)s"),
    }  # fmt: skip
    return said[kind] % {"time": time_words(seconds, is_business=is_business)}


def state_words(state: str) -> str:
    return {
        "running": _("Running"), "paused": _("Paused"), "broken": _("Broken"), "met": _("Kept"), "cancelled": _("Ended"),
    }[state]  # fmt: skip


def entry_words(name: str, reason: str) -> str:
    """What became of a clock, and why, as one sentence."""
    said = {
        ("paused", "waits_for_customer"): _("Paused: we wait for the customer"),
        ("resumed", "undone"): _("Runs on: what stopped it was undone"),
        ("resumed", "reopened"): _("Runs on with what was left: the case was opened again"),
        ("recomputed", "policy"): _("Counted anew: another promise holds now"),
        ("recomputed", "target"): _("Counted anew: the promise was changed"),
        ("recomputed", "calendar"): _("Counted anew: the opening hours were changed"),
        ("recomputed", "waits_since"): _("Counted anew: the customer has waited since another moment"),
        ("cancelled", "resolved"): _("Ended: the case was resolved without it"),
        ("cancelled", "not_counted"): _("Ended: spam, or merged into another case"),
        ("cancelled", "policy"): _("Ended: nobody promises it any more"),
        ("cancelled", "nobody_waits"): _("Ended: nobody waits for an answer"),
        ("cancelled", "taken_back"): _("Ended: the answer before it was taken back"),
    }
    plain = {
        "started": _("Started"), "paused": _("Paused"), "resumed": _("Runs on with what was left"),
        "recomputed": _("Counted anew"), "warned": _("Warned: little time was left"), "broken": _("Broken"),
        "met": _("Kept"), "cancelled": _("Ended"),
    }  # fmt: skip
    return said.get((name, reason)) or plain.get(name, name)


def promises_in_words(policy: Policy) -> list[str]:
    return [promise_words(kind, said.seconds, is_business=said.is_business) for kind, said in policy.targets.items()]


def conditions_in_words(policy: Policy, names: Mapping[str, Mapping[Any, str]]) -> list[str]:
    """For whom a policy holds, a phrase for each condition; `names` by condition: what people call the values."""
    told = []
    for condition, values in policy.conditions.items():
        if condition in ("customer_field", "company_field"):
            for code, wanted in values.items():
                field = names.get(condition, {}).get(code, code)
                told.append(_("%(field)s: %(values)s") % {"field": field, "values": ", ".join(map(str, wanted))})
        else:
            said = [names.get(condition, {}).get(value, str(value)) for value in values]
            told.append(_("%(field)s: %(values)s") % {"field": condition_name(condition), "values": ", ".join(said)})
    return told


def condition_name(condition: str, code: str = "") -> str:
    names = {
        "channel": _("Mailbox"), "channel_kind": _("Way"), "topic": _("Topic"), "priority": _("Priority"), "brand": _("Brand"),
        "team": _("Team"), "language": _("Language"), "customer_field": _("Field of the customer"),
        "company_field": _("Field of the company"),
    }  # fmt: skip
    return f"{names.get(condition, condition)} {code}".strip()
