"""The named world as the screens would get it: light rows, nothing of the database."""

# ruff: noqa: E501, S704 - a table of made-up people reads best with one of them to a line

from markupsafe import Markup

TAGS = {name: {"name": name, "tint": ""} for name in ("refund", "delivery", "warranty", "VIP", "spare parts")}
ADA, BEN = ("Ada Lindgren", "AL"), ("Ben Okafor", "BO")


def row(number, customer, company, subject, snippet, when, **more):
    name, initials = more.pop("owner", ("", ""))
    return {
        "number": number, "customer_name": customer, "company_name": company, "subject": subject, "snippet": snippet,
        "updated_text": when, "updated_at": f"2026-11-22T{number % 24:02}:00:00Z", "url": f"/conversations/{number}",
        "assignee_name": name, "assignee_initials": initials, "team_name": "Front", "channel_kind": "email",
        "status_name": "Open", "status_category": "open", "priority": "normal", "tags": [], "unread": False,
        "has_attachment": False, "due_at": "2026-11-22 17:30", "due_text": "", "due_state": "ok", **more,
    }  # fmt: skip


ROWS = [
    row(318, "Carol Jensen", "Northwind Bikes", "The rear light came without its bracket", "Hello, the parcel came this morning, but the small black bracket is not in it. I need it for Monday", "2 min", unread=True, has_attachment=True, due_state="soon", due_text="24 min", tags=[TAGS["spare parts"]], owner=ADA),
    row(317, "Tomás Rey", "", "Where is order 1001?", "It should have come on Thursday and tracking has said “in transit” since", "9 min", unread=True, due_state="late", due_text="1 h over", priority="urgent", tags=[TAGS["delivery"], TAGS["VIP"]]),
    row(316, "Ines Moreau", "Atelier Moreau", "Facture de novembre", "Bonjour, pourriez-vous m'envoyer la facture avec notre numéro de TVA ?", "18 min", unread=True, channel_kind="form", owner=BEN),
    row(312, "Jonas Weber", "Weber & Söhne", "Angebot für zwölf Lastenräder", "Danke für den Rückruf. Wir nehmen die Variante mit Beleuchtung", "41 min", priority="high", owner=ADA, has_attachment=True),
    row(309, "Mei Tanaka", "", "Brake pads for the 2023 model", "Do the new pads fit? The shop here was not sure", "1 h", channel_kind="chat", owner=BEN, due_state="soon", due_text="52 min"),
    row(305, "Dana Okoye", "Harbour Couriers", "Frame cracked at the seat tube", "Attached are four pictures and the bill from last year", "2 h", has_attachment=True, tags=[TAGS["warranty"]], status_category="waiting", status_name="Waiting"),
    row(301, "Pavel Novák", "", "Refund for the second helmet", "You charged me twice, see the statement below", "3 h", tags=[TAGS["refund"]], owner=ADA),
    row(298, "Leila Haddad", "Leila's Flowers", "Change of delivery address", "From Monday we are at number 14, same street", "5 h", channel_kind="phone"),
    row(296, "Oskar Lind", "", "Thank you!", "It fits perfectly. Best service I have had in years", "7 h", status_category="resolved", status_name="Resolved", owner=BEN),
    row(291, "Grace Achieng", "Kisumu Rides", "Pump does not hold pressure", "I tried both valves, and it drops within a minute", "Yesterday", tags=[TAGS["warranty"]], owner=ADA),
    row(288, "Marta Kowalska", "", "Invoice 2026-1107 has the old name", "We changed our name in September, could you issue it again", "Yesterday", channel_kind="letter", has_attachment=True),
    row(284, "Sam Whitfield", "Whitfield School", "Quote for 30 children's helmets", "Sizes are in the sheet. We need them before the end of term", "Yesterday", priority="high", has_attachment=True, owner=BEN),
    row(279, "Yusuf Demir", "", "Cannot sign in to my orders", "The link says it is no longer valid", "Fri", channel_kind="sms"),
    row(275, "Hanna Virtanen", "Polku Oy", "Return label, please", "The saddle bag is too small for the lock", "Fri", tags=[TAGS["refund"]], owner=ADA),
]  # fmt: skip

VIEWS = [
    {"key": key, "name": name, "url": f"/views/{key}", "count": count, "symbol": symbol, "group": group}
    for key, name, count, symbol, group in (
        ("mine", "Mine", 14, "customer", ""), ("unassigned", "Unassigned", 6, "inbox", ""), ("all", "All open", 41, "case", ""),
        ("soon", "Due soon", 3, "clock", ""), ("waiting", "Waiting", 9, "outbox", ""), ("resolved", "Resolved", 0, "resolve", ""),
        ("refunds", "Refunds over 100", 2, "filter", "Saved views"), ("dach", "German speaking", 7, "filter", "Saved views"),
    )
]  # fmt: skip

FIELDS = (
    "name", "address", "subject", "text", "team", "signature", "imap_host", "imap_user", "imap_password", "smtp_host", "smtp_user", "smtp_password"
)  # fmt: skip
SHELL = {
    "csrf_token": "preview", "section": "inbox", "page_title": "Inbox",
    "me": {"name": "Ada Lindgren", "initials": "AL", "email": "ada@example.com", "role": "Representative"},
    "counts": {"inbox": 14, "unrouted": 2, "outbox_failed": 1}, "since": "",
    "errors": dict.fromkeys(FIELDS, ""), "form": dict.fromkeys(FIELDS, ""), "query": "", "next_url": "", "next": "", "email": "", "sent": None,
    "error": "", "raw": "",
}  # fmt: skip

FRONT = [{"name": "Carol Jensen", "address": "carol@example.com"}]
DESK = [{"name": "Northwind Bikes", "address": "support@northwind.example"}]


def message(key, kind, author, when, text, **more):
    initials = "".join(word[0] for word in author.split()[:2])
    return {
        "id": key, "kind": kind, "author_name": author, "author_initials": initials, "at": "2026-11-22T09:12:00Z", "at_text": when,
        "visible_text_html": Markup(text), "to": [], "cc": [], "attachments": [], "verified": "unknown", "delivery": "", "delivery_text": "", "has_quoted": False, "has_html": False, "is_stranger": False, "bounce_text": "",
        "from_address": "", **more,
    }  # fmt: skip


def attachment(key, name, size, image=False):
    return {
        "id": key, "name": name, "size_text": size, "media_type": "image/jpeg", "inline": False, "url": f"/attachments/{key}", "is_image": image
    }  # fmt: skip


MESSAGES = [
    message(1, "incoming", "Carol Jensen", "Yesterday 16:04", "<p>Hello,</p><p>the parcel came this morning, but the small black bracket of the rear light is not in it. I need it for Monday, when the children ride to school again.</p><p>Order 1001. A picture of what was in the box is attached.</p>", from_address="carol@example.com", verified="verified", to=DESK, cc=[{"name": "Peer Jensen", "address": "peer@example.org"}], has_html=True, attachments=[attachment(1, "what-was-in-the-box.pdf", "412 KB"), attachment(2, "delivery-note.pdf", "38 KB")]),
    message(2, "event", "Ben Okafor", "Yesterday 16:20", "<strong>Ben</strong> assigned this to <strong>Ada</strong>", symbol="take"),
    message(3, "note", "Ben Okafor", "Yesterday 16:22", "<p>Shelf 14 has two brackets left. The box of the 12th was packed without them; I have asked the warehouse to check the rest.</p>"),
    message(4, "reply", "Ada Lindgren", "Yesterday 16:31", "<p>Dear Carol,</p><p>I am sorry about that. The bracket leaves today by express and should be with you on Saturday. You pay nothing for it.</p>", to=FRONT, cc=[{"name": "Peer Jensen", "address": "peer@example.org"}], delivery="sent", delivery_text="accepted by mx.example.com 16:31", has_quoted=True, quoted_html="…"),
    message(5, "incoming", "Peer Jensen", "8 min ago", "<p>Thank you! Does it also fit the thicker tube of the blue one?</p>", from_address="p.jensen@example.net", verified="unverified", to=DESK, is_stranger=True, has_quoted=True, quoted_html=Markup("<p>Dear Carol, I am sorry about that.</p>")),
    message(6, "reply", "Ada Lindgren", "now", "<p>It does: up to 34 mm.</p>", to=FRONT, delivery="held", hold_seconds_left=8),
]  # fmt: skip

AGENTS = [{"id": 1, "name": ADA[0], "initials": ADA[1]}, {"id": 2, "name": BEN[0], "initials": BEN[1]}]
CASE = ROWS[0] | {"customer": {"name": "Carol"}, "assignee_id": 1, "is_mine": True, "last_message_id": 6}
ADDRESSES = [
    {"kind": "email", "value": "carol@example.com", "verified": True},
    {"kind": "phone", "value": "+45 55 50 10 01", "verified": False},
]
CAROL = {"id": 7, "name": "Carol Jensen", "initials": "CJ", "url": "/customers/7", "company_name": "Northwind Bikes"}
CONTEXT = {
    "customer": CAROL, "addresses": ADDRESSES, "notes": "Rides daily with two children; prefers short answers.", "last_cases": [ROWS[6], ROWS[8]],
    "facts": [("Language", "English"), ("Customer since", "March 2024"), ("Cases", "5")],
}  # fmt: skip
COMPOSER = {
    "kind": "reply", "to": FRONT, "cc": [{"name": "Peer Jensen", "address": "peer@example.org"}], "bcc": [], "text": "",
    "signature": "Ada Lindgren\nNorthwind Bikes, team Front", "with_signature": True, "with_history": False,
}  # fmt: skip
INBOX = SHELL | {
    "view": VIEWS[0],
    "views": VIEWS,
    "rows": ROWS,
    "next_url": "",
    "query": "",
    "sort": "updated",
    "agents": AGENTS,
    "teams": [{"id": 1, "name": "Front"}],
}
OPEN = INBOX | {
    "case": CASE,
    "messages": MESSAGES,
    "earlier_url": "",
    "composer": COMPOSER,
    "context": CONTEXT,
    "hint": {"number": 301, "url": "/conversations/301"},
}


def states(*names):
    return [
        {"key": name.lower(), "name": name, "url": f"?state={name.lower()}", "count": count}
        for name, count in names_and_counts(names)
    ]


def names_and_counts(names):
    return [(name, 3 + 17 * place) for place, name in enumerate(names)]


def leaving(key, delivery, subject, to, text, when, left=0):
    return {
        "id": key, "delivery": delivery, "subject": subject, "to_text": to, "delivery_text": text, "at_text": when, "at": when,
        "hold_seconds_left": left, "url": f"/outbox/{key}", "number": 318 - key, "case_url": "#",
    }  # fmt: skip


OUTBOX = [
    leaving(1, "held", "Re: The rear light came without its bracket", "carol@example.com", "", "now", 8),
    leaving(
        2,
        "failed",
        "Re: Where is order 1001?",
        "tomas@example.org",
        "550 5.1.1 Recipient address rejected: user unknown",
        "12 min",
    ),
    leaving(
        3,
        "uncertain",
        "Re: Brake pads for the 2023 model",
        "mei@example.net",
        "The connection broke after the mail was handed over",
        "1 h",
    ),
    leaving(4, "scheduled", "Your quote for 30 helmets", "sam@example.com", "leaves tomorrow 08:00", "2 h"),
    leaving(5, "sent", "Re: Refund for the second helmet", "pavel@example.org", "", "3 h"),
]
INBOUND = [
    {"id": 1, "from_text": "news@example.net", "mailbox": "support@northwind.example", "subject": "Your daily digest", "outcome": "Loop", "outcome_state": "rejected", "reason": "Our own notification came back", "at_text": "10:41", "raw_url": "#", "at": "", "number": 0},
    {"id": 2, "from_text": "unknown", "mailbox": "support@northwind.example", "subject": "", "outcome": "Not understood", "outcome_state": "unprocessed", "reason": "The headers are cut off after 12 bytes", "at_text": "09:03", "raw_url": "#", "at": "", "number": 0},
]  # fmt: skip
MAILBOXES = [
    {"name": "Support", "address": "support@northwind.example", "url": "#", "error_text": "", "health": "good", "health_text": "Works", "last_in_text": "2 min ago", "last_out_text": "9 min ago", "team_name": "Front"},
    {"name": "Invoices", "address": "invoices@northwind.example", "url": "#", "health": "bad", "health_text": "Stopped", "error_text": "The server refused the password.", "last_in_text": "Friday 17:02", "last_out_text": "Friday 16:40", "team_name": "Front"},
    {"name": "Orders", "address": "orders@northwind.example", "url": "#", "error_text": "", "health": "warn", "health_text": "Slow", "last_in_text": "1 h ago", "last_out_text": "", "team_name": "Front"},
]  # fmt: skip
PEOPLE = [
    {"name": ADA[0], "initials": "AL", "email": "ada@example.com", "roles": ["Representative"], "teams": ["Front"], "presence": "good", "presence_text": "Here", "url": "#"},
    {"name": BEN[0], "initials": "BO", "email": "ben@example.com", "roles": ["Representative", "Team lead"], "teams": ["Front"], "presence": "warn", "presence_text": "Away since 11:20", "url": "#"},
]  # fmt: skip
TEAM = {"name": "Front", "url": "#", "members": PEOPLE, "mailbox": "support@northwind.example"}
CUSTOMERS = [
    {"name": r["customer_name"], "initials": "".join(w[0] for w in r["customer_name"].split()), "url": "/customers/7", "company_name": r["company_name"], "address": r["customer_name"].split()[0].lower() + "@example.com", "open_cases": 1 + i % 3, "updated_text": r["updated_text"], "updated_at": r["updated_at"]}
    for i, r in enumerate(ROWS)
]  # fmt: skip
ROLES = [
    {"id": 1, "name": "Ada", "initials": "AL", "role": "Representative, team Front"},
    {"id": 2, "name": "Ben", "initials": "BO", "role": "Team lead, team Front"},
]
FORM = {"name": "Support", "address": "support@northwind.example", "imap_host": "imap.example.com", "imap_user": "support@northwind.example", "smtp_host": "smtp.example.com", "smtp_user": "support@northwind.example"}  # fmt: skip

PAGES = {
    "inbox": ("inbox.html", INBOX),
    "case": ("inbox.html", OPEN),
    "empty": ("inbox.html", INBOX | {"rows": []}),
    "customers": ("customers.html", SHELL | {"section": "customers", "customers": CUSTOMERS}),
    "customer": ("customer.html", SHELL | {"section": "customers", "customer": CAROL, "addresses": ADDRESSES, "cases": ROWS[:5], "notes": ""}),
    "outbox": ("outbox.html", SHELL | {"section": "outbox", "state": "waiting", "states": states("Waiting", "Failed", "Sent"), "messages": OUTBOX}),
    "mail": ("outbox_message.html", SHELL | {"section": "outbox", "mail": {"subject": "Re: The rear light", "from_text": "Northwind Bikes <support@northwind.example>", "to_text": "carol@example.com", "at_text": "16:31", "delivery_text": "accepted by mx.example.com", "raw_url": "#", "case_url": "#", "cc_text": "", "at": "", "attachments": [], "text_html": Markup("<p>Dear Carol,</p><p>I am sorry about that.</p>"), "number": 318}}),
    "unrouted": ("unrouted.html", SHELL | {"section": "unrouted", "state": "unprocessed", "states": states("Unprocessed", "Rejected", "Processed"), "inbound": INBOUND}),
    "mailboxes": ("mailboxes.html", SHELL | {"section": "mailboxes", "mailboxes": MAILBOXES}),
    "mailbox": ("mailbox.html", SHELL | {"section": "mailboxes", "mailbox": MAILBOXES[1] | {"mend_text": "Enter it again below."}, "form": SHELL["form"] | FORM | {"team": 1}, "errors": SHELL["errors"] | {"imap_password": "The server refused it."}, "teams": [{"id": 1, "name": "Front"}]}),
    "people": ("people.html", SHELL | {"section": "people", "agents": PEOPLE, "teams": [TEAM]}),
    "settings": ("settings.html", SHELL | {"section": "settings"}),
    "login": ("login.html", SHELL | {"error": "The address or the password is wrong."}),
    "demo": ("demo.html", SHELL | {"company": "Northwind Bikes", "roles": ROLES}),
    "write_in": ("write_in.html", SHELL | {"form": SHELL["form"] | {"name": "Carol Jensen", "address": "carol@example.com"}}),
    "error": ("error.html", SHELL | {"code": 404}),
}  # fmt: skip
