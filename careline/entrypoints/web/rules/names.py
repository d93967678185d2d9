"""What things are called on the screens of rules: facts, happenings, operators, actions, outcomes."""

from __future__ import annotations

from django.utils.translation import gettext_noop

FACTS = {
    "category": gettext_noop("State"), "status": gettext_noop("Status"), "priority": gettext_noop("Priority"), "team": gettext_noop("Team"),
    "assignee": gettext_noop("Assignee"), "topic": gettext_noop("Topic"), "tags": gettext_noop("Tags"), "channel": gettext_noop("Channel"),
    "brand": gettext_noop("Brand"), "language": gettext_noop("Language"), "subject": gettext_noop("Subject"),
    "text": gettext_noop("What was written"), "messages": gettext_noop("Number of messages"), "reopenings": gettext_noop("Times reopened"),
    "is_spam": gettext_noop("Spam"), "is_snoozed": gettext_noop("Snoozed"), "has_attachment": gettext_noop("Has a file"),
    "sla": gettext_noop("Promise"), "due_in": gettext_noop("Time left until it is due"), "customer": gettext_noop("Customer"),
    "company": gettext_noop("Company"), "customer_language": gettext_noop("Customer's language"), "age": gettext_noop("Age of the case"),
    "since_customer": gettext_noop("Time since the customer wrote"), "since_answer": gettext_noop("Time since our answer"),
    "waiting": gettext_noop("Time the customer has been waiting"), "untouched": gettext_noop("Time since anything changed"),
    "hours": gettext_noop("Opening hours"), "weekday": gettext_noop("Weekday"), "time_of_day": gettext_noop("Time of day"),
    "by": gettext_noop("Done by"), "by_agent": gettext_noop("Done by colleague"), "is_first": gettext_noop("It is the first message"),
    "priority_before": gettext_noop("Priority before"), "category_before": gettext_noop("State before"),
    "team_before": gettext_noop("Team before"), "assignee_before": gettext_noop("Assignee before"),
    "topic_before": gettext_noop("Topic before"), "tags_added": gettext_noop("Tags that were added"),
    "fields_changed": gettext_noop("Fields that changed"),
}  # fmt: skip
HEADINGS = {
    "case": gettext_noop("The case"), "customer": gettext_noop("The customer"), "time": gettext_noop("Time"),
    "happening": gettext_noop("What happened"),
}  # fmt: skip
OPERATORS = {
    "is": gettext_noop("is"), "is_not": gettext_noop("is not"), "has_any": gettext_noop("has one of"), "has_all": gettext_noop("has all of"),
    "has_none": gettext_noop("has none of"), "at_least": gettext_noop("at least"), "at_most": gettext_noop("at most"),
    "over": gettext_noop("more than"), "under": gettext_noop("less than"), "is_set": gettext_noop("is filled in"),
    "is_empty": gettext_noop("is empty"), "between": gettext_noop("between"),
}  # fmt: skip
SENTENCES = {
    "is": gettext_noop("%(fact)s is %(value)s"), "is_not": gettext_noop("%(fact)s is not %(value)s"),
    "has_any": gettext_noop("%(fact)s: one of %(value)s"), "has_all": gettext_noop("%(fact)s: all of %(value)s"),
    "has_none": gettext_noop("%(fact)s: none of %(value)s"), "at_least": gettext_noop("%(fact)s is at least %(value)s"),
    "at_most": gettext_noop("%(fact)s is at most %(value)s"), "over": gettext_noop("%(fact)s is more than %(value)s"),
    "under": gettext_noop("%(fact)s is less than %(value)s"), "is_set": gettext_noop("%(fact)s is filled in"),
    "is_empty": gettext_noop("%(fact)s is empty"), "between": gettext_noop("%(fact)s is between %(value)s"),
}  # fmt: skip
CODES = {
    "open": gettext_noop("open"), "waiting": gettext_noop("waiting for the customer"), "resolved": gettext_noop("resolved"),
    "low": gettext_noop("low"), "normal": gettext_noop("normal"), "high": gettext_noop("high"), "urgent": gettext_noop("urgent"),
    "none": gettext_noop("nobody or nothing"), "running": gettext_noop("running"), "late": gettext_noop("late"), "closed": gettext_noop("closed"),
    "customer": gettext_noop("the customer"), "agent": gettext_noop("a colleague"), "rule": gettext_noop("a rule"),
    "bot": gettext_noop("the assistant"), "system": gettext_noop("Careline itself"), "yes": gettext_noop("yes"), "no": gettext_noop("no"),
}  # fmt: skip
WEEKDAYS = (
    gettext_noop("Monday"), gettext_noop("Tuesday"), gettext_noop("Wednesday"), gettext_noop("Thursday"), gettext_noop("Friday"),
    gettext_noop("Saturday"), gettext_noop("Sunday"),
)  # fmt: skip
WHENS = {
    "opened": gettext_noop("A case is opened"), "customer_wrote": gettext_noop("A customer writes"), "answered": gettext_noop("We answer"),
    "noted": gettext_noop("A note is written"), "assigned": gettext_noop("It gets another assignee or team"),
    "tagged": gettext_noop("Its tags change"), "prioritised": gettext_noop("Its priority changes"),
    "topic_changed": gettext_noop("Its topic changes"), "fields_changed": gettext_noop("A field of it changes"),
    "status_changed": gettext_noop("Its status changes"), "resolved": gettext_noop("It is resolved"),
    "reopened": gettext_noop("It is opened again"), "woken": gettext_noop("It comes back from a snooze"),
    "marked_spam": gettext_noop("It is marked as spam"), "sla_warned": gettext_noop("A promise is about to be broken"),
    "sla_broken": gettext_noop("A promise is broken"), "escalated": gettext_noop("It is escalated"), "bounced": gettext_noop("A mail comes back"),
}  # fmt: skip
ACTIONS = {
    "assign": gettext_noop("Give it to"), "team": gettext_noop("Move it to team"), "follow": gettext_noop("Add as follower"),
    "tag": gettext_noop("Add tags"), "untag": gettext_noop("Take tags off"), "topic": gettext_noop("Set the topic"),
    "set_field": gettext_noop("Fill in a field"), "priority": gettext_noop("Set the priority"), "checklist": gettext_noop("Put a checklist on it"),
    "note": gettext_noop("Write a note"), "send_reply": gettext_noop("Send a canned reply"), "reply": gettext_noop("Send an answer"),
    "notify_agent": gettext_noop("Notify a colleague"), "notify_team": gettext_noop("Notify a team"), "escalate": gettext_noop("Escalate it"),
    "follow_up": gettext_noop("Plan a follow-up, due after days"),
    "ask_approval": gettext_noop("Ask for approval"),
    "webhook": gettext_noop("Call a webhook"), "status": gettext_noop("Set the status"), "reopen": gettext_noop("Open it again"),
    "resolve": gettext_noop("Resolve it"), "snooze": gettext_noop("Snooze it, for hours"),
}  # fmt: skip
OUTCOMES = {
    "done": gettext_noop("Done"), "partly": gettext_noop("Partly done"), "refused": gettext_noop("Refused"),
    "unmatched": gettext_noop("Did not fit"), "waiting": gettext_noop("Waits until it can't be undone any more"),
    "undone": gettext_noop("Dropped: it was undone, or did not hold any more"),
    "again": gettext_noop("Held back: it was set off by itself"), "chain": gettext_noop("Held back: too many rules set each other off"),
    "often": gettext_noop("Paused on this case: it ran ten times within an hour"),
    "closed": gettext_noop("Left alone: the case is open to named people only"),
    "broken": gettext_noop("Broken: it names what is not there any more"),
}  # fmt: skip
UNITS = {"minutes": gettext_noop("minutes"), "hours": gettext_noop("hours"), "days": gettext_noop("days")}
TIMES = {"clock": gettext_noop("by the clock"), "business": gettext_noop("of opening hours")}
GROUPS = {
    "all": gettext_noop("All of these"), "any": gettext_noop("And at least one of these"), "none": gettext_noop("And none of these"),
}  # fmt: skip
