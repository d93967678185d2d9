"""What Northwind Bikes has ready to say and to do, so that the picker is not empty on the first day."""

from __future__ import annotations

from datetime import datetime

from careline.domain.history.actor import SYSTEM
from careline.domain.knowledge.commands import canned

_REPLIES = (
    ("Greeting", "hi", "Everyday", {"en": "Hello {{customer.first_name|there}},\n\n{{cursor}}\n\nKind "
            "regards\n{{agent.first_name}}",
                                    "de": "Hallo {{customer.first_name|zusammen}},\n\n{{cursor}}\n\nViele "
            "Grüße\n{{agent.first_name}}",
                                    "fr": "Bonjour "
            "{{customer.first_name}},\n\n{{cursor}}\n\nCordialement\n{{agent.first_name}}"}),
    ("We need a photo", "photo", "Workshop", {"en": "Could you send us a photo of the part, and one of the "
            "number under the frame? Then we know at once what fits.",
                                              "de": "Könnten Sie uns ein Foto des Teils schicken, und eines der "
            "Nummer unter dem Rahmen? Dann wissen wir sofort, was passt."}),
    ("Refund is on its way", "refund", "Money", {"en": "Your refund has left us today; depending on your bank "
            "it takes three to five days. Please tell us if it is not there by then.",
                                                 "de": "Ihre Erstattung ist heute bei uns hinausgegangen; je "
            "nach Bank dauert sie drei bis fünf Tage."}),
    ("Opening hours of the workshop", "hours", "Workshop", {"en": "The workshop is open from Monday to Friday, "
            "9:00 to 18:00, and on Saturday until 14:00."}),
    ("Case closed for now", "", "Everyday", {"en": "We close case #{{case.number}} for now. Just answer this "
            "mail and it is open again."}),
)  # fmt: skip
_MACROS = (
    ("Take it and ask for a photo", "Workshop", [{"do": "assign", "to": "me"}, {"do": "tag", "names": ["photo"]},
        {"do": "reply", "texts": {"en": "Hello {{customer.first_name|there}},\n\ncould you send us a photo of "
            "the part?\n\nKind regards\n{{agent.first_name}}",
                                  "de": "Hallo {{customer.first_name|zusammen}},\n\nkönnten Sie uns ein Foto "
            "des Teils schicken?\n\nViele Grüße\n{{agent.first_name}}"}}]),
    ("Urgent: safety", "Workshop", [{"do": "priority", "to": "urgent"}, {"do": "tag", "names": ["safety"]},
        {"do": "note", "texts": {"en": "Marked as a matter of safety by {{agent.name}}: please look at it today."}}]),
    ("Look again tomorrow", "Everyday", [{"do": "assign", "to": "me"}, {"do": "snooze", "hours": 24}]),
    ("Done, thank you", "Everyday", [{"do": "resolve"}]),
)  # fmt: skip


def write_ready_words(*, at: datetime) -> None:
    """Replies and macros of everybody."""
    for name, abbreviation, folder, texts in _REPLIES:
        kept = {language: {"text": words, "html": ""} for language, words in texts.items()}
        canned.add_reply(name=name, abbreviation=abbreviation, folder=folder, texts=kept, by=SYSTEM, at=at)
    for name, folder, actions in _MACROS:
        canned.add_macro(name=name, folder=folder, actions=actions, by=SYSTEM, at=at)
