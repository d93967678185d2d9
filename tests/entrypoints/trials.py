"""How each row of docs/permissions.csv is tried, by the API and on the pages."""

from typing import Any

from tests.entrypoints.access_trials import TRIALS_OF_ACCESS
from tests.entrypoints.trials_of_aftercare import TRIALS_OF_AFTERCARE
from tests.entrypoints.trials_of_approvals import TRIALS_OF_APPROVALS
from tests.entrypoints.trials_of_articles import TRIALS_OF_ARTICLES
from tests.entrypoints.trials_of_chats import TRIALS_OF_CHATS
from tests.entrypoints.trials_of_complaints import TRIALS_OF_COMPLAINTS
from tests.entrypoints.trials_of_customers import CUSTOMER_TRIALS
from tests.entrypoints.trials_of_escalation import TRIALS_OF_ESCALATION
from tests.entrypoints.trials_of_exports import TRIALS_OF_EXPORTS
from tests.entrypoints.trials_of_finding import TRIALS_OF_FINDING
from tests.entrypoints.trials_of_forms import TRIALS_OF_FORMS
from tests.entrypoints.trials_of_guides import TRIALS_OF_GUIDES
from tests.entrypoints.trials_of_keeping import TRIALS_OF_KEEPING
from tests.entrypoints.trials_of_keys import TRIALS_OF_KEYS
from tests.entrypoints.trials_of_loyalty import NOT_NOW_OF_LOYALTY, TRIALS_OF_LOYALTY
from tests.entrypoints.trials_of_mailings import TRIALS_OF_MAILINGS
from tests.entrypoints.trials_of_notices import TRIALS_OF_NOTICES
from tests.entrypoints.trials_of_orders import TRIALS_OF_ORDERS
from tests.entrypoints.trials_of_portal import TRIALS_OF_PORTAL
from tests.entrypoints.trials_of_promises import TRIALS_OF_PROMISES
from tests.entrypoints.trials_of_reports import TRIALS_OF_REPORTS
from tests.entrypoints.trials_of_requests import TRIALS_OF_REQUESTS
from tests.entrypoints.trials_of_routing import TRIALS_OF_ROUTING
from tests.entrypoints.trials_of_rules import TRIALS_OF_RULES
from tests.entrypoints.trials_of_search import TRIALS_OF_SEARCH
from tests.entrypoints.trials_of_selling import TRIALS_OF_SELLING
from tests.entrypoints.trials_of_structure import TRIALS_OF_STRUCTURE
from tests.entrypoints.trials_of_wall import TRIALS_OF_WALL
from tests.entrypoints.trials_of_work import TRIALS_OF_WORK
from tests.entrypoints.trials_of_writing import TRIALS_OF_WRITING

CASE, CUSTOMER, HOUSE = "case", "customer", "house"
MAIL = {"from": "dan@example.org", "subject": "Hello", "text": "My bell is broken.", "kind": "incoming"}
PERSON = {"email": "eve@northwind.example", "name": "Eve", "role": "representative"}
BOX = {"kind": "email", "name": "Billing", "address": "billing@northwind.example"}

# (command, verb): what it is done to, the call (method, address, body), the page (method, address, form); None: not by this door
TRIALS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("queries.cases.conversation_for", "conversation:read"): (
        CASE,
        ("GET", "/conversations/{case}/messages", None),
        ("GET", "/messages/{first}/html", None),
    ),
    ("desk.customer_rail.rail_of", "conversation:read"): (
        CASE,
        ("GET", "/conversations/{case}", None),
        ("GET", "/customers/{carol}/beside?case={case}", None),
    ),
    ("commands.labels.note_read", "conversation:read"): (CASE, None, ("GET", "/conversations/{case}/messages", None)),
    ("commands.labels.note_unread", "conversation:read"): (CASE, None, ("PUT", "/conversations/{case}/unread", {})),
    ("flows.draft.keep_draft", "conversation:read"): (
        CASE,
        ("PUT", "/conversations/{case}/drafts/reply", {"text": "Dear"}),
        ("PUT", "/conversations/{case}/drafts/reply", {"text": "Dear"}),
    ),
    ("flows.draft.drop_draft", "conversation:read"): (
        CASE,
        ("DELETE", "/conversations/{case}/drafts/reply", None),
        ("DELETE", "/conversations/{case}/drafts/reply", {}),
    ),
    ("flows.reply.reply", "conversation:reply"): (
        CASE,
        ("POST", "/conversations/{case}/messages", {"kind": "reply", "text": "Here"}),
        ("POST", "/conversations/{case}/messages", {"kind": "reply", "text": "Here", "to": "carol@example.com"}),
    ),
    ("flows.reply.reply", "conversation:resolve"): (
        CASE,
        ("POST", "/conversations/{case}/messages", {"kind": "reply", "text": "Here", "resolve": True}),
        (
            "POST",
            "/conversations/{case}/messages",
            {"kind": "reply", "text": "Here", "to": "carol@example.com", "then": "resolve"},
        ),
    ),
    ("flows.take_back.take_back", "conversation:reply"): (
        CASE,
        ("DELETE", "/conversations/{case}/messages/{held}/hold", None),
        ("DELETE", "/messages/{held}/hold", {}),
    ),
    ("flows.resend.resend", "conversation:reply"): (CASE, None, ("POST", "/messages/{failed}/deliveries", {})),
    ("flows.admit.admit", "conversation:reply"): (
        CASE,
        None,
        ("POST", "/conversations/{case}/participants", {"address": "carol@example.com"}),
    ),
    ("flows.note.note", "conversation:note"): (
        CASE,
        ("POST", "/conversations/{case}/messages", {"kind": "note", "text": "So"}),
        ("POST", "/conversations/{case}/messages", {"kind": "note", "text": "So"}),
    ),
    ("flows.keep_problem.add_problem", "problem:manage"): (
        HOUSE,
        ("POST", "/problems", {"title": "The shop is down"}),
        ("POST", "/problems", {"title": "The shop is down"}),
    ),
    ("flows.keep_problem.change_problem", "problem:manage"): (
        HOUSE,
        ("PATCH", "/problems/{problem}", {"title": "The shop is slow"}),
        ("POST", "/problems/{problem}", {"title": "The shop is slow"}),
    ),
    ("flows.keep_problem.resolve_problem", "problem:manage"): (
        HOUSE,
        ("PUT", "/problems/{problem}/resolution", None),
        ("PUT", "/problems/{problem}/resolution", {}),
    ),
    ("flows.keep_problem.reopen_problem", "problem:manage"): (
        HOUSE,
        ("DELETE", "/problems/{problem}/resolution", None),
        ("DELETE", "/problems/{problem}/resolution", {}),
    ),
    ("flows.tie_to_problem.tie_to_problem", "conversation:label"): (
        CASE,
        ("PUT", "/conversations/{case}/problem", {"problem": "id {problem}"}),
        ("PUT", "/conversations/{case}/problem", {"problem": "{problem}"}),
    ),
    ("flows.tie_to_problem.refuse_problem", "conversation:label"): (
        CASE,
        None,
        ("DELETE", "/conversations/{case}/problem/{problem}", {}),
    ),
    ("flows.tell_affected.tell_affected", "problem:manage"): (
        HOUSE,
        None,
        ("POST", "/problems/{problem}/update", {"text": "We are on it."}),
    ),
    ("flows.tell_affected.first_letters", "problem:manage"): (
        HOUSE,
        None,
        ("POST", "/problems/{problem}/letters", {"text": "We are on it."}),
    ),
    ("flows.resolve.resolve", "conversation:resolve"): (
        CASE,
        ("PUT", "/conversations/{case}/resolution", None),
        ("PUT", "/conversations/{case}/resolution", {}),
    ),
    ("flows.resolve.reopen", "conversation:resolve"): (
        CASE,
        ("DELETE", "/conversations/{case}/resolution", None),
        ("DELETE", "/conversations/{case}/resolution", {}),
    ),
    ("flows.change.change", "conversation:assign"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"assignee": "ben@northwind.example"}),
        ("PUT", "/conversations/{case}/assignee", {"agent": "{ben}"}),
    ),
    ("flows.change.change", "conversation:label"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"tags": ["refund"]}),
        ("POST", "/conversations/{case}/tags", {"name": "refund"}),
    ),
    ("flows.open_case.open_case", "conversation:create"): (
        HOUSE,
        ("POST", "/conversations", MAIL),
        (
            "POST",
            "/conversations/new",
            {"kind": "incoming", "to": "dan@example.org", "text": "My bell", "channel": "{mailbox}"},
        ),
    ),
    ("flows.open_case.open_case", "conversation:create&conversation:reply"): (
        HOUSE,
        ("POST", "/conversations", MAIL | {"kind": "reply"}),
        (
            "POST",
            "/conversations/new",
            {"kind": "reply", "to": "dan@example.org", "text": "My bell", "channel": "{mailbox}"},
        ),
    ),
    ("flows.open_case.open_case", "conversation:create&conversation:note"): (
        HOUSE,
        ("POST", "/conversations", MAIL | {"kind": "note"}),
        None,
    ),
    ("flows.uploaded.keep_upload", "conversation:reply|conversation:note|conversation:create"): (
        HOUSE,
        ("POST", "/attachments", b"a file"),
        None,
    ),
    ("desk.api_customers.customer_row", "customer:read"): (
        CUSTOMER,
        ("GET", "/customers/{carol}", None),
        ("GET", "/customers/{carol}", None),
    ),
    ("desk.api_customers.customers_page", "customer:read"): (
        HOUSE,
        ("GET", "/customers", None),
        ("GET", "/customers", None),
    ),
    **CUSTOMER_TRIALS,
    ("flows.add_customer.add_customer", "customer:write"): (HOUSE, ("POST", "/customers", {"name": "Dan"}), None),
    ("channels.queries.channels", "channel:read"): (HOUSE, ("GET", "/channels", None), ("GET", "/mailboxes", None)),
    ("commands.channels.add_channel", "channel:manage"): (
        HOUSE,
        ("POST", "/channels", BOX),
        ("POST", "/mailboxes/new", {"name": "Billing", "address": "billing@northwind.example"}),
    ),
    ("commands.channels.change_channel", "channel:manage"): (
        HOUSE,
        ("PATCH", "/channels/{mailbox}", {"name": "Other"}),
        ("POST", "/mailboxes/{mailbox}", {"name": "Other", "address": "support@northwind.example"}),
    ),
    ("channels.queries.inbound_page", "inbound:read"): (HOUSE, ("GET", "/inbound", None), ("GET", "/unrouted", None)),
    ("channels.queries.inbound_by_id", "inbound:read"): (
        HOUSE,
        ("GET", "/inbound/{inbound}", None),
        ("GET", "/inbound/{inbound}/raw", None),
    ),
    ("flows.replay.replay", "inbound:replay"): (
        HOUSE,
        ("POST", "/inbound/{inbound}/replay", None),
        ("POST", "/inbound/{inbound}/replays", {}),
    ),
    ("desk.outbox.outbox_page", "outbox:read"): (HOUSE, None, ("GET", "/outbox", None)),
    ("desk.outbox.outbox_message", "outbox:read"): (HOUSE, None, ("GET", "/outbox/{held}/raw", None)),
    ("staff.queries.agents", "staff:read"): (HOUSE, ("GET", "/agents", None), ("GET", "/people", None)),
    ("commands.staff.add_agent", "staff:manage"): (HOUSE, ("POST", "/agents", PERSON), ("POST", "/people/new", PERSON)),
    ("commands.staff.issue_link", "staff:manage"): (HOUSE, None, ("POST", "/people/{ada}", {"then": "link"})),
    ("commands.staff.add_team", "staff:manage"): (
        HOUSE,
        ("POST", "/teams", {"name": "Night"}),
        ("POST", "/teams/new", {"name": "Night"}),
    ),
    ("flows.change_calendar.add_calendar", "hours:manage"): (
        HOUSE,
        ("POST", "/calendars", {"name": "Weekdays", "time_zone": "Europe/Berlin"}),
        ("POST", "/settings/hours/new", {"name": "Weekdays", "time_zone": "Europe/Berlin"}),
    ),
    ("flows.change_calendar.change_calendar", "hours:manage"): (
        HOUSE,
        ("PATCH", "/calendars/{calendar}", {"name": "Weekdays"}),
        ("POST", "/settings/hours/{calendar}", {"name": "Weekdays", "time_zone": "Europe/Berlin"}),
    ),
    ("webhooks.queries.webhooks", "webhook:manage"): (HOUSE, ("GET", "/webhooks", None), ("GET", "/webhooks", None)),
    ("flows.change_webhook.add_webhook", "webhook:manage"): (
        HOUSE,
        ("POST", "/webhooks", {"name": "Shop", "url": "https://shop.example/careline"}),
        ("POST", "/webhooks/new", {"name": "Shop", "url": "https://shop.example/careline", "all": "on"}),
    ),
    ("flows.change_webhook.change_webhook", "webhook:manage"): (
        HOUSE,
        ("PATCH", "/webhooks/{webhook}", {"name": "Shop"}),
        ("POST", "/webhooks/{webhook}", {"name": "Shop", "url": "https://shop.example/careline", "all": "on"}),
    ),
    ("flows.change_webhook.renew_secret", "webhook:manage"): (
        HOUSE,
        ("POST", "/webhooks/{webhook}/secrets", None),
        ("POST", "/webhooks/{webhook}/secrets", {}),
    ),
    ("flows.change_webhook.pause_webhook", "webhook:manage"): (
        HOUSE,
        ("PUT", "/webhooks/{webhook}/pause", None),
        ("PUT", "/webhooks/{webhook}/pause", {}),
    ),
    ("flows.change_webhook.resume_webhook", "webhook:manage"): (
        HOUSE,
        ("DELETE", "/webhooks/{webhook}/pause", None),
        ("DELETE", "/webhooks/{webhook}/pause", None),
    ),
    ("flows.change_webhook.remove_webhook", "webhook:manage"): (
        HOUSE,
        ("DELETE", "/webhooks/{webhook}", None),
        ("DELETE", "/webhooks/{webhook}", None),
    ),
    ("flows.change_webhook.ping_webhook", "webhook:manage"): (
        HOUSE,
        ("POST", "/webhooks/{webhook}/pings", None),
        ("POST", "/webhooks/{webhook}/pings", {}),
    ),
    ("flows.change_webhook.replay_webhook", "webhook:manage"): (
        HOUSE,
        ("POST", "/webhooks/{webhook}/replays", {}),
        ("POST", "/webhooks/{webhook}/replays", {}),
    ),
    ("flows.change_webhook.found_webhook", "webhook:manage"): (
        HOUSE,
        ("GET", "/webhooks/{webhook}/deliveries", None),
        ("GET", "/webhooks/{webhook}", None),
    ),
    ("commands.tags.add_tag_name", "case_settings:manage"): (HOUSE, ("POST", "/tags", {"name": "Warranty"}), None),
    ("flows.rename_tag.rename_tag", "case_settings:manage"): (HOUSE, ("PATCH", "/tags/{tag}", {"name": "Old"}), None),
    ("commands.tags.delete_tag", "case_settings:manage"): (HOUSE, ("DELETE", "/tags/{tag}", None), None),
    ("staff.oneself.change_oneself", "any"): (HOUSE, ("PATCH", "/me", {"language": "de"}), None),
    ("house.metrics", "metrics:read"): (HOUSE, ("GET", "/metrics", None), None),
    ("calendars.queries.calendars", "any"): (HOUSE, ("GET", "/calendars", None), None),
    ("desk.views.views_of", "conversation:read"): (HOUSE, ("GET", "/views", None), None),
    ("flows.insert_reply.insert_reply", "conversation:note"): (
        CASE,
        ("POST", "/conversations/{case}/canned-replies/{canned}", None),
        None,
    ),
    ("flows.insert_reply.preview_reply", "conversation:note"): (
        CASE,
        ("GET", "/conversations/{case}/canned-replies/{canned}", None),
        None,
    ),
    ("flows.change_canned_reply.add_canned_reply", "conversation:reply"): (
        HOUSE,
        ("POST", "/canned-replies", {"name": "Hello", "texts": {"en": {"text": "Hello"}}}),
        None,
    ),
    ("flows.change_canned_reply.add_canned_reply", "canned:manage"): (
        HOUSE,
        ("POST", "/canned-replies", {"name": "Hello", "audience": "all", "texts": {"en": {"text": "Hello"}}}),
        None,
    ),
    ("flows.change_canned_reply.change_canned_reply", "canned:manage"): (
        HOUSE,
        ("PATCH", "/canned-replies/{canned}", {"name": "Hi"}),
        None,
    ),
    ("flows.change_canned_reply.remove_canned_reply", "canned:manage"): (
        HOUSE,
        ("DELETE", "/canned-replies/{canned}", None),
        None,
    ),
    ("flows.change_canned_reply.bring_in_replies", "conversation:reply"): (HOUSE, None, None),
    ("flows.change_canned_reply.guard_audience", "canned:manage"): (HOUSE, None, None),
    ("flows.change_macro.add_macro", "conversation:reply"): (
        HOUSE,
        ("POST", "/macros", {"name": "Mine", "actions": [{"do": "resolve"}]}),
        None,
    ),
    ("flows.change_macro.add_macro", "canned:manage"): (
        HOUSE,
        ("POST", "/macros", {"name": "Ours", "audience": "all", "actions": [{"do": "resolve"}]}),
        None,
    ),
    ("flows.change_macro.change_macro", "canned:manage"): (HOUSE, ("PATCH", "/macros/{macro}", {"name": "End"}), None),
    ("flows.change_macro.remove_macro", "canned:manage"): (HOUSE, ("DELETE", "/macros/{macro}", None), None),
    ("flows.change_view.add_view", "conversation:read"): (HOUSE, ("POST", "/views", {"name": "Mine"}), None),
    ("flows.change_view.add_view", "view:manage"): (
        HOUSE,
        ("POST", "/views", {"name": "Ours", "audience": "all"}),
        None,
    ),
    ("flows.change_view.change_view", "view:manage"): (
        HOUSE,
        ("PATCH", "/views/{ours}", {"name": "Ours too"}),
        None,
    ),
    ("flows.change_view.remove_view", "view:manage"): (HOUSE, ("DELETE", "/views/{ours}", None), None),
    ("flows.change_view.arrange_views", "conversation:read"): (
        HOUSE,
        ("PUT", "/views", {"order": ["mine"], "hidden": []}),
        None,
    ),
    (
        "flows.undo.undo",
        "conversation:assign|conversation:label|conversation:resolve|conversation:note",
    ): (CASE, ("DELETE", "/conversations/{case}/last-change", None), None),
    ("flows.bulk_change.ask_for_bulk_change", "conversation:label"): (
        HOUSE,
        ("POST", "/bulk-changes", {"numbers": [1], "change": {"priority": "high"}}),
        ("POST", "/bulk-changes", {"numbers": "1", "do": "priority", "priority": "high"}),
    ),
    ("flows.bulk_change.ask_for_bulk_change", "conversation:assign"): (
        HOUSE,
        ("POST", "/bulk-changes", {"numbers": [1], "change": {"assignee": "ben@northwind.example"}}),
        ("POST", "/bulk-changes", {"numbers": "1", "do": "assign", "agent": "{ben}"}),
    ),
    ("flows.bulk_change.ask_for_bulk_change", "conversation:resolve"): (
        HOUSE,
        ("POST", "/bulk-changes", {"numbers": [1], "change": {"status": "resolved"}}),
        ("POST", "/bulk-changes", {"numbers": "1", "do": "resolve"}),
    ),
    ("flows.bulk_change.ask_for_bulk_change", "conversation:reply"): (
        HOUSE,
        ("POST", "/bulk-changes", {"numbers": [1], "change": {"reply": {"text": "Hello"}}}),
        ("POST", "/bulk-changes", {"numbers": "1", "do": "reply", "text": "Hello"}),
    ),
    ("flows.bulk_change.end_bulk_change", "any"): (HOUSE, None, None),
    ("flows.bulk_reply.preview", "conversation:reply"): (
        HOUSE,
        ("POST", "/bulk-changes", {"numbers": [1], "change": {"reply": {"text": "Hello"}}, "preview": True}),
        ("POST", "/bulk-changes", {"numbers": "1", "do": "preview", "text": "Hello"}),
    ),
    ("flows.team_rule.keep_team_rule", "staff:manage"): (
        HOUSE,
        ("PUT", "/teams/{front}/sending", {"only_assignee_sends": True}),
        ("POST", "/work-rules", {"team": "{front}", "only_assignee_sends": "1"}),
    ),
    ("queries.work.mentionable", "conversation:note"): (CASE, None, ("GET", "/conversations/{case}/colleagues", {})),
}
TRIALS |= TRIALS_OF_APPROVALS | TRIALS_OF_COMPLAINTS | TRIALS_OF_ESCALATION | TRIALS_OF_ROUTING | TRIALS_OF_EXPORTS
TRIALS |= TRIALS_OF_WRITING | TRIALS_OF_WALL | TRIALS_OF_ORDERS | TRIALS_OF_REQUESTS | TRIALS_OF_SELLING
TRIALS |= TRIALS_OF_AFTERCARE | TRIALS_OF_GUIDES | TRIALS_OF_FINDING | TRIALS_OF_PORTAL | TRIALS_OF_FORMS
TRIALS |= TRIALS_OF_REPORTS | TRIALS_OF_CHATS | TRIALS_OF_LOYALTY | TRIALS_OF_ARTICLES | TRIALS_OF_RULES
TRIALS |= TRIALS_OF_PROMISES | TRIALS_OF_NOTICES | TRIALS_OF_WORK | TRIALS_OF_STRUCTURE | TRIALS_OF_MAILINGS
TRIALS |= TRIALS_OF_ACCESS | TRIALS_OF_SEARCH | TRIALS_OF_KEEPING | TRIALS_OF_KEYS
NOT_NOW = {
    "flows.undo.undo": 409,
    "kit.clock.ask_for": 409,
    "flows.upload.upload": 422,
    "flows.article_from_case.propose_article": 422,
    "flows.quote.change_quote": 409,
} | NOT_NOW_OF_LOYALTY  # allowed, and answered that it is not possible: the clock of this server runs, no file was sent
