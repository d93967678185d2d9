"""What leaves of the desk: views. Words for typing errors are made anew from the messages."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("desk_view", export="views", personal="nothing of customers"),
    Declared("desk_viewplace", export="view-places"),
    Declared("desk_word", because="made anew from the messages", personal="words that only the person used go"),
    Declared(
        "desk_recentsearch", because="what somebody searched for lately", personal="searches that name the person go"
    ),
)
