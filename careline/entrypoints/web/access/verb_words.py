"""What people call the verbs of the permissions, in groups: each has its words (`tests/entrypoints/web/test_verb_words.py`)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.staff.granting_rules import Given, is_narrowable, is_scoped
from careline.domain.staff.rules import VERBS

NOUNS = {
    "conversation": gettext_noop("Cases"), "customer": gettext_noop("Customers"), "channel": gettext_noop("Mailboxes and channels"),
    "inbound": gettext_noop("What came in"), "outbox": gettext_noop("What leaves"), "staff": gettext_noop("People and rights"),
    "token": gettext_noop("API tokens"), "audit": gettext_noop("The record"), "metrics": gettext_noop("Figures"),
    "view": gettext_noop("Views"), "canned": gettext_noop("Canned replies and macros"), "problem": gettext_noop("Problem cases"),
    "retention": gettext_noop("Keeping and removing"), "mailing": gettext_noop("Mailings"), "sender": gettext_noop("Senders"),
    "case_settings": gettext_noop("How cases work"),
    "webhook": gettext_noop("Webhooks"), "rule": gettext_noop("Rules"),
    "knowledge": gettext_noop("Articles"), "brand": gettext_noop("Brands"),
    "portal": gettext_noop("Customers' pages"),
    "order": gettext_noop("Orders"), "product": gettext_noop("Products"),
    "complaint": gettext_noop("Complaints"),
    "survey": gettext_noop("Surveys"), "followup": gettext_noop("Follow-ups"), "feedback": gettext_noop("Suggestions and praise"),
    "service_request": gettext_noop("Service requests"), "subscription": gettext_noop("Subscriptions"),
    "routing": gettext_noop("Queues"), "hours": gettext_noop("Opening hours"), "promise": gettext_noop("Promised times"),
    "wall": gettext_noop("Wall"), "guide": gettext_noop("Troubleshooting guides"), "approval": gettext_noop("Approvals"),
    "policy": gettext_noop("Policy"), "report": gettext_noop("Reports"), "loyalty": gettext_noop("Loyalty"),
    "hint": gettext_noop("Good to know"), "payment": gettext_noop("Payments"),
}  # fmt: skip
VERB_WORDS = {
    "portal:view": gettext_noop("See a case as its customer does"), "portal:manage": gettext_noop("Say what customers may do there"),
    "conversation:read": gettext_noop("See cases"), "conversation:reply": gettext_noop("Answer"),
    "conversation:note": gettext_noop("Write notes"), "conversation:resolve": gettext_noop("Resolve and open again"),
    "conversation:assign": gettext_noop("Give to somebody, or to a team"),
    "conversation:label": gettext_noop("Tag, prioritise, snooze, mark as spam"),
    "conversation:create": gettext_noop("Open new cases"), "conversation:merge": gettext_noop("Merge, unmerge and split"),
    "conversation:restrict": gettext_noop("Restrict to named people"),
    "customer:read": gettext_noop("See customers"), "customer:write": gettext_noop("Change customers"),
    "customer:erase": gettext_noop("Erase customers"), "customer:import": gettext_noop("Import customers"),
    "customer:export": gettext_noop("Export customers"), "customer:merge": gettext_noop("Merge customers"),
    "channel:read": gettext_noop("See mailboxes"), "channel:manage": gettext_noop("Add and change mailboxes"),
    "inbound:read": gettext_noop("See every raw message"), "inbound:replay": gettext_noop("Try again what could not be placed"),
    "outbox:read": gettext_noop("See the outbox"), "staff:read": gettext_noop("See who works here"),
    "staff:manage": gettext_noop("Add people, change them, end their access"), "staff:grant": gettext_noop("Make and change roles"),
    "token:own": gettext_noop("Make API tokens for oneself"), "audit:read": gettext_noop("Read the access record"),
    "metrics:read": gettext_noop("Read figures from another machine"), "view:manage": gettext_noop("Share views"),
    "canned:manage": gettext_noop("Share canned replies and macros"), "problem:manage": gettext_noop("Lead problem cases"),
    "webhook:manage": gettext_noop("Set up webhooks"), "rule:manage": gettext_noop("Set up rules and recurring cases"),
    "customer:segment": gettext_noop("Keep segments of customers"),
    "customer:fields": gettext_noop("Set up the fields of customers"), "retention:manage": gettext_noop("Say how long what is kept"),
    "sender:block": gettext_noop("Block senders"), "case_settings:manage": gettext_noop("Set up statuses, topics and fields"),
    "mailing:send": gettext_noop("Write to many customers"),
    "knowledge:read": gettext_noop("Read articles and policies"), "knowledge:write": gettext_noop("Write articles"),
    "knowledge:approve": gettext_noop("Approve articles"), "knowledge:publish": gettext_noop("Publish articles, keep categories"),
    "brand:manage": gettext_noop("Set up brands"),
    "order:read": gettext_noop("See orders"), "order:write": gettext_noop("Change orders, take goods back"),
    "order:refund": gettext_noop("Refund, give credit"), "payment:settle": gettext_noop("Say that money has come or gone"),
    "product:manage": gettext_noop("Set up products"),
    "survey:read": gettext_noop("See what customers answered"), "survey:manage": gettext_noop("Set up surveys"),
    "followup:read": gettext_noop("See follow-ups"), "followup:write": gettext_noop("Plan and conclude follow-ups"),
    "feedback:read": gettext_noop("See suggestions and praise"), "feedback:write": gettext_noop("Record suggestions, praise and reviews"),
    "feedback:manage": gettext_noop("Decide on suggestions, answer who made them"),
    "complaint:record": gettext_noop("Record complaints"), "complaint:read": gettext_noop("See the register of complaints"),
    "complaint:work": gettext_noop("Handle complaints"), "complaint:export": gettext_noop("Export complaints for whoever supervises"),
    "complaint:manage": gettext_noop("Set up deadlines, categories, causes and letters of complaints"),
    "service_request:read": gettext_noop("See service requests"), "service_request:write": gettext_noop("Open service requests, work on their steps"),
    "service_request:decide": gettext_noop("Decide service requests"), "service_request:manage": gettext_noop("Set up types of service requests"),
    "subscription:read": gettext_noop("See subscriptions"), "subscription:write": gettext_noop("Change, pause and cancel subscriptions"),
    "subscription:manage": gettext_noop("Say what is offered to whoever wants to leave"),
    "routing:manage": gettext_noop("Set up queues, skills and how much somebody can have"),
    "hours:manage": gettext_noop("Set up opening hours and holidays"),
    "promise:manage": gettext_noop("Set up promised times and acknowledgements"), "wall:read": gettext_noop("See the wall"),
    "guide:manage": gettext_noop("Write and publish troubleshooting guides"),
    "approval:ask": gettext_noop("Give something to a customer, or ask whoever may"), "approval:decide": gettext_noop("Approve and deny"),
    "policy:manage": gettext_noop("Write the policy, set limits"), "report:read": gettext_noop("See reports"),
    "report:export": gettext_noop("Export cases as rows"), "report:send": gettext_noop("Say who gets reports by mail"),
    "loyalty:manage": gettext_noop("Set up tiers, referrals and offers"), "hint:read": gettext_noop("See what a customer was given back"),
}  # fmt: skip


def verb_words(verb: str) -> str:
    return _(VERB_WORDS[verb]) if verb in VERB_WORDS else verb


def scope_words(scope: str) -> str:
    return {"own": _("Own"), "team": _("Their teams'"), "all": _("All")}.get(scope, scope)


def verb_groups() -> list[dict[str, Any]]:
    """[{name, verbs: [{verb, words, is_scoped, is_narrowable}]}] in the order of the permissions."""
    groups: dict[str, dict[str, Any]] = {}
    for verb in VERBS:
        noun = verb.partition(":")[0]
        group = groups.setdefault(noun, {"name": _(NOUNS[noun]) if noun in NOUNS else noun, "verbs": []})
        group["verbs"].append(
            {
                "verb": verb,
                "words": verb_words(verb),
                "is_scoped": is_scoped(verb),
                "is_narrowable": is_narrowable(verb),
            }
        )
    return list(groups.values())


def places_words(line: Given, places: dict[str, dict[int, str]]) -> str:
    """Where a line is narrowed to, in words: Support, Front; empty for everywhere. `places`: {channel|brand|team: {id: name}}."""
    keys = {"channel": line.channel_id, "brand": line.brand_id, "team": line.team_id}
    return ", ".join(places[kind].get(key, str(key)) for kind, key in keys.items() if key is not None)
