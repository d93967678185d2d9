"""How checklists, transcripts and what is written down for somebody are tried, by the API and on the pages."""

from typing import Any

CASE, HOUSE = "case", "house"
CALLED = {"form": "phone", "caller": {"name": "Dan"}, "text": "My bell"}
STEPS = {"name": "Warranty", "steps": "Look"}

TRIALS_OF_WORK: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.move_to_customer.move_to_customer", "conversation:reply"): (
        CASE,
        ("PATCH", "/conversations/{case}", {"customer": "dora@example.org"}),
        ("POST", "/conversations/{case}/customer", {"mail": "dora@example.org"}),
    ),
    ("flows.checklist.add_steps", "conversation:label"): (
        CASE,
        ("POST", "/conversations/{case}/checklist", {"steps": [{"text": "Look"}]}),
        ("POST", "/conversations/{case}/checklist", {"steps": "Look"}),
    ),
    ("flows.checklist.tick", "conversation:label"): (CASE, None, None),
    ("flows.checklist.remove_step", "conversation:label"): (CASE, None, None),
    ("flows.checklist.save_checklist", "staff:manage"): (
        HOUSE,
        ("POST", "/checklists", {"name": "Warranty", "steps": [{"text": "Look"}]}),
        ("POST", "/work-rules/checklists", STEPS),
    ),
    ("flows.checklist.remove_checklist", "staff:manage"): (HOUSE, None, None),
    ("flows.transcript.ask_for_transcript", "conversation:read"): (
        CASE,
        ("POST", "/conversations/{case}/transcripts", {}),
        ("POST", "/conversations/{case}/transcripts", {}),
    ),
    ("flows.transcript.ask_for_transcript", "conversation:reply"): (
        CASE,
        ("POST", "/conversations/{case}/transcripts", {"send_to": ["dan@example.org"]}),
        ("POST", "/conversations/{case}/transcripts", {"to": "dan@example.org"}),
    ),
    ("flows.record_contact.record_contact", "conversation:create"): (
        HOUSE,
        ("POST", "/conversations", CALLED),
        (
            "POST",
            "/conversations/new",
            {"kind": "incoming", "form": "phone", "to": "Dan", "text": "My bell", "channel": "{mailbox}"},
        ),
    ),
}
