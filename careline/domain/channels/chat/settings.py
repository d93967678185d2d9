"""The settings of a chat site. Lists of fields and invitations are checked by `careline.domain.chats.rules.sites`."""

from careline.domain.channels.adapter import Setting

SETTINGS = (
    Setting("origins", "Sites", "Addresses whose pages may hold the chat, as in https://www.example.com.", default=[]),
    Setting("calendar", "Opening hours", "The calendar by which somebody is there; none: always.", default=None),
    Setting("colour", "Colour", "As in #0b6e4f.", default="#0b6e4f"),
    Setting("languages", "Languages", "In which the site's words are written; the first is the usual one.", default=[]),
    Setting("greeting", "Greeting", "What a visitor reads first, by language.", default={}),
    Setting("has_preview", "Unsent words", "Agents see what a visitor types before it is sent.", kind="bool", default=False),
    Setting("pre_chat", "Asked first", "Fields that a visitor fills in before the first message.", default=[]),
    Setting("offline_form", "Asked when nobody is there", "Fields of the form outside the opening hours.", default=[]),
    Setting("invitations", "Invitations", "When a visitor is asked whether they need help.", default=[]),
    Setting("gone_minutes", "By mail after", "Minutes after which an answer to a visitor who has left goes by mail.", default=5),
    Setting("max_file_mb", "Largest file", "In megabytes, up to 25.", default=10),
    Setting("identity_key", "Identity key", "With it the site signs who its visitor is.", secret=True),
)  # fmt: skip
