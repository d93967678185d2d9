"""What happened on a case, in one sentence each."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.entrypoints.web.visit import Visit

_PRIORITIES = {number: name for name, number in PRIORITIES.items()}
UNTOLD = {
    "conversation.opened", "conversation.waits", "conversation.handed_in", "conversation.hint_dropped", "conversation.kept_apart",
    "side_conversation.written", "conversation.unfollowed",
    # reports add it up; beside the others stands who took it, and who was asked
    "conversation.worked", "escalation.asked", "offer.accepted",
    "approval.carried_out",
    # what is put into a cart stands beside the case
    "cart.changed", "cart.ordered", "cart.waiting", "cart.open", "cart.dropped",
    # a complaint has a record of its own
    "complaint.changed", "complaint.noted", "complaint.referral_ended", "complaint.correction_asked", "complaint.correction_done",
    "complaint.correction_late", "complaint.correction_checked", "complaint.check_due",
    # beside them stands that it was assigned, and the word that was left
    "conversation.handed_over", "conversation.taken_over",
    # beside the case stands the ledger of what was promised: only what went wrong is told between the messages
    "sla.started", "sla.paused", "sla.resumed", "sla.recomputed", "sla.met", "sla.cancelled",
}  # fmt: skip


def happening_words(row: Any, visit: Visit) -> tuple[str, Markup] | None:
    """(icon, sentence with the actor's name in bold); None for what is not worth a line."""
    if row.name in UNTOLD or (row.name == "conversation.reopened" and row.data.get("was") != "resolved"):
        return None
    by_itself = _("The queue") if row.via == "routing" else _("A rule")
    who = row.agent_name or {"customer": _("The customer"), "rule": by_itself, "bot": _("The assistant")}.get(
        row.actor_kind, "Careline"
    )
    told = _SENTENCES.get(row.name)
    if told is None:
        symbol, words = "event", html.escape(f"{row.name.partition('.')[2].replace('_', ' ')}")
        return symbol, Markup("{}: ").format(_strong(who)) + Markup(words)  # noqa: S704
    symbol, sentence = told
    words = sentence(row) + (_(" (an undo)") if row.data.get("undo") else "")
    return symbol, Markup(words).format(who=_strong(who))  # noqa: S704


def _strong(name: str) -> Markup:
    return Markup("<strong>{}</strong>").format(name)


def _assigned(row: Any) -> str:
    data = row.data
    if data.get("assignee") != data.get("assignee_before"):
        if data.get("assignee") is None:
            return _("{who} put it back for anybody")
        if row.actor_kind == "agent" and row.assignee_name == row.agent_name:
            return _("{who} took it")
        return _escaped(_("{who} assigned it to <strong>%(name)s</strong>"), row.assignee_name)
    if row.team_name is None:
        return _("{who} took it from its team")
    return _escaped(_("{who} moved it to team <strong>%(name)s</strong>"), row.team_name)


def _tagged(row: Any) -> str:
    names = row.tag_names or {}
    tags, before = (row.data.get(key) or [] for key in ("tags", "before"))
    added, gone = (
        ", ".join(names.get(str(key), "?") for key in some if key not in others)
        for some, others in ((tags, before), (before, tags))
    )
    if added and gone:
        return _escaped(_("{who} tagged it %(name)s"), added) + _escaped(_(", and took %(name)s off"), gone)
    if gone:
        return _escaped(_("{who} took the tag %(name)s off"), gone)
    return _escaped(_("{who} tagged it %(name)s"), added)


def _escaped(sentence: str, name: str | None) -> str:
    """A name in a sentence that is formatted once more."""
    return sentence % {"name": html.escape(name or "?").replace("{", "{{").replace("}", "}}")}


def _guide_ended(row: Any) -> str:
    return {
        "solved": _("{who} walked a troubleshooting guide: solved"),
        "hand_over": _("{who} walked a troubleshooting guide: somebody has to look at it"),
        "article": _("{who} walked a troubleshooting guide as far as an article"),
    }.get(row.data.get("outcome", ""), _("{who} broke off a troubleshooting guide"))


_OUTCOMES: dict[str, Callable[[], str]] = {
    "satisfied": lambda: _("{who} followed up: the customer is satisfied"),
    "reopened": lambda: _("{who} followed up: opened again"),
    "not_reached": lambda: _("{who} followed up: the customer was not reached"),
    "further_question": lambda: _("{who} followed up: there is a further question"),
}


def _score(row: Any) -> str:
    return "–" if row.data.get("score") is None else str(row.data["score"])


_SENTENCES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "conversation.assigned": ("take", _assigned),
    "conversation.resolved": ("resolve", lambda row: _("{who} resolved it")),
    "conversation.reopened": ("reopen", lambda row: _("{who} opened it again")),
    "conversation.snoozed": ("clock", lambda row: _("{who} put it aside until later")),
    "conversation.woken": ("clock", lambda row: _("It is back")),
    "conversation.tagged": ("tag", _tagged),
    "conversation.mentioned": (
        "mailbox",
        lambda row: _escaped(_("{who} named <strong>%(name)s</strong> in a note"), row.mentioned_names),
    ),
    "conversation.brought_in": ("forward", lambda row: _("It was brought in from another desk")),
    "conversation.customer_changed": ("customers", lambda row: _("It belongs to another customer now")),
    "participant.admitted": ("customers", lambda row: _("{who} said that somebody belongs to it")),
    "participant.dismissed": ("block", lambda row: _("{who} said that somebody gets no answers of it")),
    "customer.identified": ("check", lambda row: _("{who} identified the customer")),
    "customer.not_identified": ("warning", lambda row: _("The customer could not answer the check questions")),
    "conversation.files_removed": ("raw", lambda row: _("Its files went, as a rule of retention says")),
    "conversation.emptied": ("raw", lambda row: _("Its words went; what is counted stayed")),
    "conversation.skills_asked": ("take", lambda row: _("{who} changed the skills that it asks for")),
    "rule.notified": ("mailbox", lambda row: _("{who} told colleagues about it")),
    "conversation.transcribed": ("raw", lambda row: _("{who} had a transcript made")),
    "checklist.added": ("check", lambda row: _("{who} put steps on the checklist")),
    "checklist.ticked": ("check", lambda row: _("{who} did a step of the checklist")),
    "checklist.unticked": ("check", lambda row: _("{who} unticked a step of the checklist")),
    "checklist.removed": ("check", lambda row: _("{who} took a step off the checklist")),
    "conversation.prioritised": (
        "priority",
        lambda row: _escaped(_("{who} set the priority to %(name)s"), _PRIORITIES.get(row.data.get("priority", 2))),
    ),
    "escalation.raised": (
        "raise",
        lambda row: _("{who} took the escalation back") if row.data.get("undo") else _("{who} escalated it"),
    ),
    "escalation.lowered": ("down", lambda row: _("{who} brought it down again")),
    "escalation.refused": ("warning", lambda row: _("It was to be escalated, but nobody above may see it")),
    "approval.asked": ("question", lambda row: _("{who} asked for approval")),
    "approval.passed_on": ("question", lambda row: _("Somebody else is asked for approval")),
    "approval.approved": ("check", lambda row: _("{who} approved what was asked for")),
    "approval.denied": ("block", lambda row: _("{who} denied what was asked for")),
    "approval.withdrawn": ("reopen", lambda row: _("{who} took the request for approval back")),
    "approval.failed": ("warning", lambda row: _("What was approved could not be carried out")),
    "approval.refused": ("block", lambda row: _("The policy did not allow what {who} meant to do")),
    "complaint.recorded": ("warning", lambda row: _("{who} recorded a complaint")),
    "complaint.acknowledged": ("letter", lambda row: _("{who} acknowledged the complaint")),
    "complaint.put_off": ("letter", lambda row: _("{who} asked for more time to answer the complaint")),
    "complaint.decided": ("check", lambda row: _("{who} decided the complaint")),
    "complaint.answered": ("letter", lambda row: _("{who} gave the final answer to the complaint")),
    "complaint.letter_taken_back": ("reopen", lambda row: _("A letter about the complaint was taken back")),
    "complaint.extended": ("clock", lambda row: _("{who} put the deadline of the complaint off")),
    "complaint.warned": ("clock", lambda row: _("Little time is left for the complaint")),
    "complaint.broken": ("warning", lambda row: _("A deadline of the complaint is over")),
    "complaint.referred": ("forward", lambda row: _("The complaint was taken outside the house")),
    "complaint.closed": ("check", lambda row: _("{who} closed the complaint")),
    "complaint.withdrawn": ("reopen", lambda row: _("{who} took the complaint off the register")),
    "complaint.reopened": ("reopen", lambda row: _("{who} opened the complaint again")),
    "survey.sent": ("star", lambda row: _("The customer was asked how we did")),
    "survey.answered": ("star", lambda row: _escaped(_("{who} answered the survey: %(name)s"), _score(row))),
    "survey.changed_answer": (
        "star",
        lambda row: _escaped(_("{who} changed the answer to the survey: %(name)s"), _score(row)),
    ),
    "survey.recovery_opened": (
        "raise",
        lambda row: _escaped(_("The low score is made good in #%(name)s"), str(row.data.get("recovery", ""))),
    ),
    "follow_up.planned": ("clock", lambda row: _("{who} planned a follow-up")),
    "follow_up.changed": ("clock", lambda row: _("{who} changed the follow-up")),
    "follow_up.due": ("clock", lambda row: _("A follow-up is due")),
    "follow_up.done": (
        "check",
        lambda row: _OUTCOMES.get(row.data.get("outcome", ""), lambda: _("{who} followed up"))(),
    ),
    "follow_up.dropped": ("reopen", lambda row: _("{who} dropped the follow-up")),
    "voice.raised": ("note", lambda row: _("{who} recorded a suggestion")),
    "voice.praised": ("star", lambda row: _("{who} recorded praise")),
    "voice.taken_back": ("reopen", lambda row: _("{who} took a suggestion off this case")),
    "review.recorded": ("open", lambda row: _("{who} recorded a public review")),
    "review.answered": ("check", lambda row: _("{who} answered the public review where it stands")),
    "quote.sent": ("quote", lambda row: _("{who} sent a quote")),
    "quote.accepted": ("check", lambda row: _("{who} accepted the quote")),
    "quote.declined": ("block", lambda row: _("{who} declined the quote")),
    "quote.expired": ("clock", lambda row: _("The quote is not good any more")),
    "quote.withdrawn": ("reopen", lambda row: _("{who} took the quote back")),
    "payment_link.sent": ("money", lambda row: _("{who} sent a payment link")),
    "payment_link.paid": ("money", lambda row: _("The order was paid by its link")),
    "payment_link.paid_twice": ("warning", lambda row: _("It was paid twice: the second payment goes back")),
    "payment_link.expired": ("clock", lambda row: _("The payment link is not good any more")),
    "payment_link.withdrawn": ("reopen", lambda row: _("{who} took the payment link back")),
    "cart.released": ("box", lambda row: _("What was reserved is in stock again")),
    "order.placed": ("box", lambda row: _("{who} placed an order")),
    "chat.ended": ("leave", lambda row: _("{who} ended the chat")),
    "chat.rated": (
        "star",
        lambda row: _escaped(_("{who} rated the chat: %(name)s of 5"), str(row.data.get("score", ""))),
    ),
    "case.forgotten": ("bell", lambda row: _("Nobody had touched it for too long")),
    "sla.warned": ("clock", lambda row: _("Little of the promised time is left")),
    "sla.broken": ("warning", lambda row: _("The promised time is over")),
    "conversation.problem_changed": (
        "warning",
        lambda row: (
            _("{who} tied it to a known issue") if row.data.get("problem") else _("{who} untied it from a known issue")
        ),
    ),
    "conversation.problem_refused": ("warning", lambda row: _("{who} said that it is not a known issue")),
    "conversation.renamed": ("edit", lambda row: _("{who} changed the subject")),
    "conversation.marked_spam": ("bounce", lambda row: _("{who} marked it as spam")),
    "conversation.unmarked_spam": ("check", lambda row: _("{who} said it is no spam")),
    "conversation.absorbed": (
        "link",
        lambda row: _escaped(_("{who} joined case #%(name)s to it"), str(row.data.get("from", ""))),
    ),
    "conversation.unmerged": (
        "split",
        lambda row: _escaped(_("{who} took it out of #%(name)s"), str(row.data.get("out_of", ""))),
    ),
    "conversation.released": (
        "split",
        lambda row: _escaped(_("{who} took #%(name)s out again"), str(row.data.get("number", ""))),
    ),
    "conversation.split": (
        "split",
        lambda row: _escaped(_("{who} split some messages off: #%(name)s"), str(row.data.get("into", ""))),
    ),
    "conversation.followed": (
        "link",
        lambda row: _escaped(_("It follows #%(name)s, which stays resolved"), str(row.data.get("case", ""))),
    ),
    "conversation.linked": (
        "link",
        lambda row: _escaped(_("{who} linked it with #%(name)s"), str(row.data.get("number", ""))),
    ),
    "conversation.unlinked": (
        "link",
        lambda row: _escaped(_("{who} took the link with #%(name)s away"), str(row.data.get("number", ""))),
    ),
    "conversation.follower_added": ("star", lambda row: _("{who} put a follower on it")),
    "conversation.follower_removed": ("star", lambda row: _("{who} took a follower off it")),
    "conversation.restricted": ("lock", lambda row: _("{who} named who alone may see it")),
    "conversation.unrestricted": ("lock", lambda row: _("{who} opened it to all again")),
    "conversation.status_changed": ("check", lambda row: _("{who} changed the status")),
    "conversation.topic_changed": ("tag", lambda row: _("{who} changed the topic")),
    "conversation.fields_changed": ("edit", lambda row: _("{who} filled fields in")),
    "request.said_solved": ("check", lambda row: _("{who} says on their page that it is solved")),
    "request.rated": ("star", lambda row: _escaped(_("{who} rated it %(name)s of 5"), str(row.data.get("score", "")))),
    "request.viewed": ("show", lambda row: _("{who} looked at it as its customer does")),
    "side_conversation.opened": ("forward", lambda row: _("{who} asked a third party")),
    "side_conversation.answered": ("reply", lambda row: _("A third party answered")),
    "article.inserted": ("book", lambda row: _("{who} put an article into an answer")),
    "guide.started": ("list", lambda row: _("{who} began a troubleshooting guide")),
    "guide.ended": ("list", _guide_ended),
    "conversation.merged": (
        "link",
        lambda row: _escaped(_("{who} merged it into #%(name)s"), str(row.data.get("into", ""))),
    ),
}
