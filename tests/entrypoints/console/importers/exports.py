"""Small exports as Zendesk and Freshdesk write them, of the named world: Ada and Ben of team Front, Carol and the company she rides for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ADA = {"id": 11, "name": "Ada", "email": "Ada@northwind.example", "role": "admin", "default_group_id": 31}
EVE = {"id": 12, "name": "Eve", "email": "eve@northwind.example", "role": "agent", "default_group_id": 31}
CAROL = {
    "id": 21, "name": "Carol", "email": "carol@example.com", "role": "end-user", "phone": "+49 30 555 0100", "locale": "de-DE",
    "iana_time_zone": "Europe/Berlin", "organization_id": 41, "notes": "Rides to work", "created_at": "2020-01-02T03:04:05Z",
}  # fmt: skip
DAN = {"id": 22, "name": "Dan", "email": "dan@example.org", "role": "end-user"}
FRONT = {"id": 31, "name": "Front", "url": "https://northwind.zendesk.example/api/v2/groups/31.json"}
RIVERS = {
    "id": 41,
    "name": "Rivers Couriers",
    "domain_names": ["rivers.example"],
    "url": "https://x.example/api/v2/organizations/41.json",
}
COMMENTS: list[dict[str, Any]] = [
    {"id": 503, "author_id": 12, "public": False, "plain_body": "Her third one", "created_at": "2024-05-02T09:00:00Z"},
    {"id": 501, "author_id": 21, "public": True, "html_body": "<p>My <b>chain</b> broke</p>", "plain_body": "My chain broke",
     "created_at": "2024-05-01T08:00:00Z",
     "attachments": [{"id": 901, "file_name": "chain.txt", "content_type": "text/plain", "content_url": "https://x.example/901"},
                     {"id": 902, "file_name": "../../etc/passwd", "content_type": "text/plain", "content_url": ""}]},
    {"id": 502, "author_id": 11, "public": True, "html_body": "<p>A new one is on its way<script>x()</script></p>",
     "created_at": "2024-05-01T10:00:00Z",
     "via": {"source": {"to": {"address": "carol@example.com", "email_ccs": ["dan@example.org"]}}}},
]  # fmt: skip
TICKET: dict[str, Any] = {
    "id": 1207, "subject": "Chain", "status": "solved", "priority": "high", "requester_id": 21, "submitter_id": 21, "assignee_id": 11,
    "group_id": 31, "tags": ["chain", "warranty"], "created_at": "2024-05-01T08:00:00Z", "updated_at": "2024-05-03T08:00:00Z",
    "custom_fields": [{"id": 71, "value": "Courier 3"}, {"id": 72, "value": None}], "satisfaction_rating": {"score": "good"},
    "description": "My chain broke",
}  # fmt: skip
FIELD = {"id": 71, "title": "Bike model", "type": "text", "url": "https://x.example/api/v2/ticket_fields/71.json"}

MACROS: list[dict[str, Any]] = [
    {"id": 81, "title": "Shipping::On its way", "active": True, "url": "https://x.example/api/v2/macros/81.json",
     "actions": [{"field": "comment_value", "value": ["channel:all", "Dear {{ticket.requester.first_name}}, {{dc.way}}"]}]},
    {"id": 82, "title": "Close", "active": True, "url": "https://x.example/api/v2/macros/82.json",
     "actions": [{"field": "status", "value": "solved"}]},
]  # fmt: skip


def zendesk_lines(folder: Path) -> Path:
    """The full export: an object to a line, comments inside the tickets, people written out."""
    _lines(folder / "users.json", [ADA, EVE, CAROL, DAN])
    _lines(folder / "groups.json", [FRONT])
    _lines(folder / "organizations.json", [RIVERS])
    _lines(folder / "ticket_fields.json", [FIELD])
    second = {
        "id": 1208, "subject": "Bell", "status": "pending", "requester": {"id": 23, "name": "Eli", "email": "eli@example.net"},
        "assignee": EVE, "group": FRONT, "created_at": "2024-06-01T08:00:00Z", "updated_at": "2024-06-01T08:00:00Z",
        "description": "It does not ring",
    }  # fmt: skip
    deleted = TICKET | {"id": 1209, "status": "deleted"}
    _lines(folder / "tickets.json", [TICKET | {"comments": COMMENTS}, second, deleted])
    _lines(folder / "macros.json", MACROS)
    (folder / "attachments" / "901").mkdir(parents=True)
    (folder / "attachments" / "901" / "chain.txt").write_text("broken link 14")
    return folder


def zendesk_pages(folder: Path) -> Path:
    """Pages of the incremental API: the same ticket twice, the second time newer; comments apart."""
    _page(folder / "users_1.json", users=[ADA, EVE, CAROL, DAN], end_of_stream=True)
    _page(folder / "groups.json", groups=[FRONT], count=1)
    _page(folder / "organizations.json", organizations=[RIVERS], next_page=None)
    _page(folder / "fields.json", ticket_fields=[FIELD])
    _page(folder / "tickets_1.json", tickets=[TICKET | {"status": "open"}], next_page="https://x.example/2")
    _page(folder / "tickets_2.json", tickets=[TICKET], end_of_stream=True)
    _page(folder / "tickets" / "1207" / "comments.json", comments=COMMENTS[:2])
    children = [{"event_type": "Comment", **COMMENTS[2]}, {"event_type": "Change"}]
    event = {"id": 1, "ticket_id": 1207, "timestamp": 1714557600, "child_events": children}
    _page(folder / "events.json", ticket_events=[event])
    return folder


def freshdesk_json(folder: Path) -> Path:
    notes = [
        {"id": 72, "body": "Her third one", "body_html": "<div>Her third one</div>", "private": True, "incoming": False, "user_id": 12,
         "created_at": "2024-05-02T11:00:00+02:00"},
        {"id": 71, "body": "A new one is on its way", "body_html": "<div>A new one is on its way</div>", "private": False, "incoming": False,
         "user_id": 11, "created_at": "2024-05-01T12:00:00+02:00", "to_emails": ["Carol <carol@example.com>"]},
        {"id": 73, "body": "Gone", "private": False, "deleted": True, "user_id": 11, "created_at": "2024-05-02T12:00:00+02:00"},
    ]  # fmt: skip
    ticket = {
        "id": 900001, "display_id": 1207, "subject": "Chain", "description": "My chain broke", "description_html": "<p>My chain broke</p>",
        "status": 5, "status_name": "Closed", "priority": 3, "priority_name": "High", "source": 1, "source_name": "Email", "requester_id": 21,
        "responder_id": 11, "group_id": 31, "created_at": "2024-05-01T10:00:00+02:00", "updated_at": "2024-05-03T10:00:00+02:00",
        "spam": False, "deleted": False, "tags": [{"name": "chain"}, {"name": "warranty"}],
        "custom_field": {"bike_model_4711": "Courier 3", "x": None},
        "ticket_states": {"resolved_at": "2024-05-03T09:00:00+02:00"}, "helpdesk_notes": notes,
        "attachments": [{"id": 901, "content_file_name": "chain.txt", "content_content_type": "text/plain", "attachment_url": "https://x.example/1"}],
    }  # fmt: skip
    called = {"id": 900002, "display_id": 1208, "subject": "Your order", "description": "It is ready", "status": 3, "status_name": "Pending",
              "priority": 1, "source": 10, "requester_id": 29, "requester_name": "Eli", "responder_id": 12,
              "created_at": "2024-06-01T08:00:00Z", "spam": False}  # fmt: skip
    junk = {"id": 900003, "display_id": 1209, "subject": "Win", "description": "Win", "status": 2, "priority": 1, "requester_id": 21,
            "created_at": "2024-06-01T08:00:00Z", "spam": True}  # fmt: skip
    users = [
        {"id": 11, "name": "Ada", "email": "ada@northwind.example", "helpdesk_agent": True},
        {"id": 12, "name": "Eve", "email": "eve@northwind.example", "helpdesk_agent": True},
        {"id": 21, "name": "Carol", "email": "carol@example.com", "phone": "+49 30 555 0100", "language": "de", "customer_id": 41,
         "description": "Rides to work", "helpdesk_agent": False, "created_at": "2020-01-02T03:04:05Z"},
    ]  # fmt: skip
    _whole(folder / "Tickets0.json", [{"helpdesk_ticket": one} for one in (ticket, called, junk)])
    _whole(folder / "Users0.json", [{"user": one} for one in users])
    _whole(
        folder / "Companies0.json", [{"company": {"id": 41, "name": "Rivers Couriers", "domains": "rivers.example"}}]
    )
    _whole(folder / "Groups.json", [{"group": {"id": 31, "name": "Front"}}])
    response = {
        "id": 91,
        "title": "Hello",
        "content_html": "<p>Dear {{ticket.requester.firstname}}</p>",
        "content": "Dear {{ticket.requester.firstname}}",
    }
    _whole(folder / "canned_responses.json", [response])
    _whole(folder / "Solutions.json", [{"article": {"id": 1}}])
    (folder / "attachments").mkdir()
    (folder / "attachments" / "901-chain.txt").write_text("not here")
    (folder / "attachments" / "901_chain.txt").write_text("broken link 14")
    return folder


FRESHDESK_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE helpdesk-tickets [<!ENTITY inside SYSTEM "file:///etc/hostname">]>
<helpdesk-tickets type="array"><helpdesk-ticket>
  <id type="integer">900001</id><display-id type="integer">1207</display-id><subject>Chain</subject>
  <description>My chain broke&inside;</description><status type="integer">5</status><priority type="integer">3</priority>
  <requester-id type="integer">21</requester-id><responder-id type="integer">11</responder-id><group-id type="integer" nil="true"/>
  <created-at type="datetime">2024-05-01T10:00:00+02:00</created-at><updated-at type="datetime">2024-05-03T10:00:00+02:00</updated-at>
  <spam type="boolean">false</spam><deleted type="boolean">false</deleted>
  <tags type="array"><tag><name>chain</name></tag></tags>
  <helpdesk-notes type="array"><helpdesk-note><id type="integer">71</id><body>On its way</body><private type="boolean">false</private>
    <incoming type="boolean">false</incoming><user-id type="integer">11</user-id>
    <created-at type="datetime">2024-05-01T12:00:00+02:00</created-at></helpdesk-note></helpdesk-notes>
</helpdesk-ticket></helpdesk-tickets>
"""
FRESHDESK_USERS_XML = """<users type="array">
  <user><id type="integer">11</id><name>Ada</name><email>ada@northwind.example</email><helpdesk-agent type="boolean">true</helpdesk-agent></user>
  <user><id type="integer">21</id><name>Carol</name><email>carol@example.com</email><helpdesk-agent type="boolean">false</helpdesk-agent></user>
</users>"""


def freshdesk_xml(folder: Path) -> Path:
    (folder / "Tickets0.xml").write_text(FRESHDESK_XML)
    (folder / "Users0.xml").write_text(FRESHDESK_USERS_XML)
    return folder


def _lines(path: Path, objects: list[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in objects))


def _page(path: Path, **page: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page, indent=1))


def _whole(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value))
