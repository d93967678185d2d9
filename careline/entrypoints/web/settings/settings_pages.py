"""The rooms behind the Settings page, in the order in which they stand there: one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.staff.rules import Person, may


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """`verb` is what its visitor has to hold; nothing means everybody. `words` says in a line what is found there."""

    group: str
    url: str
    symbol: str
    label: str
    words: str
    verb: str = ""


YOURS, COMPANY, WORK, DATA = (
    gettext_noop("Yours"), gettext_noop("The company"), gettext_noop("How we work"), gettext_noop("Data"),
)  # fmt: skip
PAGES = tuple(
    SettingsPage(*said)
    for said in (
        (YOURS, "/settings/me", "customer", gettext_noop("You"),
         gettext_noop("Your name, language and time zone"), ""),
        (YOURS, "/security", "key", gettext_noop("Sign-in and tokens"),
         gettext_noop("Password, second factors, open sessions"), ""),
        (YOURS, "/saved-views", "filter", gettext_noop("Views"),
         gettext_noop("Lists of cases, and their order"), "conversation:read"),
        (YOURS, "/settings/keys", "keyboard", gettext_noop("Keyboard"),
         gettext_noop("Your own keys, or no single keys at all"), ""),
        (YOURS, "/settings/notifications", "bell", gettext_noop("Notifications"),
         gettext_noop("What you are told of, where, and when you want peace"), ""),
        (YOURS, "/approvals", "question", gettext_noop("Approvals"),
         gettext_noop("What waits for your decision, and what you asked for"), "approval:ask"),
        (COMPANY, "/people", "people", gettext_noop("People and teams"),
         gettext_noop("Who works here, and as what"), "staff:read"),
        (COMPANY, "/roles", "shield", gettext_noop("Roles"),
         gettext_noop("Who may do what, and on whose cases"), "staff:grant"),
        (COMPANY, "/sign-on", "link", gettext_noop("Single sign-on"),
         gettext_noop("Getting in by your own accounts"), "staff:grant"),
        (COMPANY, "/access-record", "history", gettext_noop("Access record"),
         gettext_noop("Who got in, and who changed rights"), "audit:read"),
        (COMPANY, "/settings/brands", "tag", gettext_noop("Brands"),
         gettext_noop("How customers meet you: name, address, colour, languages"), "brand:manage"),
        (COMPANY, "/settings/loyalty", "star", gettext_noop("Loyalty"),
         gettext_noop("Tiers, referrals and what may be offered"), "loyalty:manage"),
        (COMPANY, "/mailboxes", "mailbox", gettext_noop("Mailboxes"),
         gettext_noop("Where mail comes in and leaves"), "channel:read"),
        (COMPANY, "/settings/chats", "chat", gettext_noop("Chats"),
         gettext_noop("Talks with visitors of your site"), "channel:read"),
        (COMPANY, "/settings/acknowledgements", "email", gettext_noop("Acknowledgements"),
         gettext_noop("What a first mail is answered at once"), "promise:manage"),
        (COMPANY, "/settings/forms", "note", gettext_noop("Forms"),
         gettext_noop("What customers fill in on your pages, and in a frame on your site"), "case_settings:manage"),
        (COMPANY, "/settings/customers-pages", "open", gettext_noop("Customers' pages"),
         gettext_noop("Who signs in to see their requests, and who sees a whole company"), "portal:manage"),
        (COMPANY, "/settings/customer-fields", "customers", gettext_noop("Fields of customers"),
         gettext_noop("What you ask for about customers and companies"), "customer:fields"),
        (WORK, "/replies", "note", gettext_noop("Replies and macros"),
         gettext_noop("What you say and do again and again"), "conversation:reply"),
        (WORK, "/articles", "book", gettext_noop("Articles"),
         gettext_noop("The help centre, and what you write for yourselves"), "knowledge:write"),
        (WORK, "/rules", "event", gettext_noop("Rules"),
         gettext_noop("What happens by itself, recurring cases, and why something did or did not"), "rule:manage"),
        (WORK, "/gaps", "search", gettext_noop("What is not answered"),
         gettext_noop("What customers look for in vain, and what is solved without an article"), "knowledge:write"),
        (WORK, "/guides", "list", gettext_noop("Troubleshooting guides"),
         gettext_noop("Questions that lead to what is wrong, beside a case or in the help centre"), "guide:manage"),
        (WORK, "/problems", "warning", gettext_noop("Known issues"),
         gettext_noop("One cause behind many cases"), "conversation:read"),
        (WORK, "/mailings", "outbox", gettext_noop("Mailings"),
         gettext_noop("One letter to many customers"), "mailing:send"),
        (WORK, "/settings/promises", "clock", gettext_noop("Promised times"),
         gettext_noop("Who gets an answer within what time"), "conversation:read"),
        (WORK, "/settings/hours", "clock", gettext_noop("Opening hours"),
         gettext_noop("When you are there: weeks, breaks, holidays"), "conversation:read"),
        (WORK, "/settings/statuses", "check", gettext_noop("Statuses"),
         gettext_noop("Where a case stands, in your own words"), "case_settings:manage"),
        (WORK, "/settings/topics", "tag", gettext_noop("Topics"),
         gettext_noop("What cases are about"), "case_settings:manage"),
        (WORK, "/settings/case-fields", "list", gettext_noop("Fields of cases"),
         gettext_noop("What you ask for on a case, and what it needs before it is resolved"), "case_settings:manage"),
        (WORK, "/settings/resolved-cases", "reopen", gettext_noop("Resolved cases"),
         gettext_noop("What a customer's late message does, by team"), "case_settings:manage"),
        (WORK, "/settings/closing", "resolve", gettext_noop("Closing cases"),
         gettext_noop("Where nothing is closed without an outcome, or a date and a person"), "case_settings:manage"),
        (WORK, "/follow-ups", "clock", gettext_noop("Follow-ups"),
         gettext_noop("Customers somebody promised to come back to"), "followup:read"),
        (WORK, "/surveys", "star", gettext_noop("What customers answered"),
         gettext_noop("Scores and comments after a case was resolved"), "survey:read"),
        (WORK, "/settings/surveys", "question", gettext_noop("Surveys"),
         gettext_noop("Who is asked how you did, when, and what a low score sets off"), "survey:manage"),
        (WORK, "/feedback", "chat", gettext_noop("Suggestions and praise"),
         gettext_noop("What customers wish for, whom they praise, what stands in public"), "feedback:read"),
        (WORK, "/settings/blocked-senders", "block", gettext_noop("Blocked senders"),
         gettext_noop("Whose mails go to spam, unread"), "sender:block"),
        (WORK, "/settings/queues", "team", gettext_noop("Queues"),
         gettext_noop("Who is given which work, and how fast they answer it"), "routing:manage"),
        (WORK, "/settings/escalation", "raise", gettext_noop("Escalation"),
         gettext_noop("Who is asked next when a case needs somebody who can decide"), "routing:manage"),
        (WORK, "/complaints", "warning", gettext_noop("Complaints"),
         gettext_noop("The register: what is open, by when, and what it came from"), "complaint:read"),
        (WORK, "/settings/complaints", "letter", gettext_noop("Rules of complaints"),
         gettext_noop("Deadlines, categories, causes and letters"), "complaint:manage"),
        (WORK, "/settings/policies", "book", gettext_noop("Policy"),
         gettext_noop("What the company allows, what needs approval, and why"), "policy:manage"),
        (WORK, "/service-requests", "check", gettext_noop("Service requests"),
         gettext_noop("What customers asked for, and where each of it stands"), "service_request:read"),
        (WORK, "/subscriptions", "reopen", gettext_noop("Subscriptions"),
         gettext_noop("What customers pay for period by period"), "subscription:read"),
        (WORK, "/settings/service-requests", "list", gettext_noop("Kinds of service requests"),
         gettext_noop("What customers can ask for: questions, steps, papers, decisions"), "service_request:manage"),
        (WORK, "/settings/retention", "star", gettext_noop("Offers to stay"),
         gettext_noop("What whoever wants to cancel a subscription is offered first"), "subscription:manage"),
        (WORK, "/products", "box", gettext_noop("Products"),
         gettext_noop("What we sell: variants, prices, stock, warranty"), "product:manage"),
        (WORK, "/settings/identity-checks", "question", gettext_noop("Check questions"),
         gettext_noop("What customers are asked before their orders are touched"), "case_settings:manage"),
        (WORK, "/settings/limits", "shield", gettext_noop("Limits"),
         gettext_noop("How much each may give alone"), "policy:manage"),
        (WORK, "/settings/skills", "star", gettext_noop("Skills"),
         gettext_noop("What people are good at, and cases ask for"), "staff:read"),
        (WORK, "/work-rules", "check", gettext_noop("Sending and checklists"),
         gettext_noop("Who sends in a team, and steps that belong to a case"), "staff:read"),
        (WORK, "/settings/selling", "box", gettext_noop("Selling"),
         gettext_noop("Taxes and shipping of a cart, and how long quotes and reservations last"), "product:manage"),
        (WORK, "/sales/quotes", "quote", gettext_noop("Quotes"),
         gettext_noop("What customers were offered, and what they said to it"), "order:read"),
        (WORK, "/items", "tag", gettext_noop("Items of customers"),
         gettext_noop("Who has which piece, by serial number and warranty"), "order:read"),
        (COMPANY, "/settings/payments", "money", gettext_noop("Payments"),
         gettext_noop("The gateway where customers pay by a link"), "channel:manage"),
        (COMPANY, "/settings/shops", "box", gettext_noop("Shops"),
         gettext_noop("Shops of yours elsewhere, whose orders are seen here"), "channel:manage"),
        (COMPANY, "/settings/hour-prices", "money", gettext_noop("What an hour costs"),
         gettext_noop("By role or team and from a day on: what the cost of a case is reckoned by"), "policy:manage"),
        (DATA, "/webhooks", "link", gettext_noop("Webhooks"),
         gettext_noop("Programs that are told what happens here"), "webhook:manage"),
        (DATA, "/customer-imports", "unrouted", gettext_noop("Import customers"),
         gettext_noop("From CSV or Excel, with a dry run and an undo"), "customer:import"),
        (DATA, "/data", "attachment", gettext_noop("Backup and export"),
         gettext_noop("All of it in one file, or in open formats"), "retention:manage"),
        (DATA, "/case-rows", "download", gettext_noop("Cases as rows"),
         gettext_noop("One row per case, and all of them as CSV, Excel or Parquet"), "report:export"),
        (DATA, "/report-sendings", "letter", gettext_noop("Reports by mail"),
         gettext_noop("Who gets the written report, and when"), "report:send"),
        (DATA, "/retention", "clock", gettext_noop("Retention"),
         gettext_noop("What is not kept for ever"), "retention:manage"),
    )
)  # fmt: skip


def groups_for(person: Person) -> list[dict[str, Any]]:
    """[{name, pages: [{url, symbol, label, words}]}]: those that the person may enter, groups without any left out."""
    found = []
    for group in (YOURS, COMPANY, WORK, DATA):
        pages = [
            {"url": page.url, "symbol": page.symbol, "label": _(page.label), "words": _(page.words)}
            for page in PAGES
            if page.group == group and (not page.verb or may(person, page.verb))
        ]
        if pages:
            found.append({"name": _(group), "pages": pages})
    return found
