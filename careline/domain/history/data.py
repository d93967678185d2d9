"""What leaves of history, and how it comes back.

The (tx, id) of a happening belongs to the database that wrote it: elsewhere its transaction number means nothing. So
what comes back has 0 there, the readers begin again at the first happening that they had not read, and the seals are
made anew.
"""

from careline.kit.archive.declared import Declared

_READ_UP_TO = """coalesce(
    (SELECT min(h.id) - 1 FROM history h WHERE (h.tx, h.id) > (t.tx::text::xid8, t.happening)),
    (SELECT max(h.id) FROM history h), 0)"""
_CODES = "nothing: it holds ids, codes and numbers only"

TABLES = (
    Declared(
        "history",
        export="history",
        instead={"tx": "'0'::xid8"},
        personal=_CODES,
        merge="stays with whom it happened to",
        retention="stays: it is what says that something was removed",
    ),
    Declared(
        "history_reader",
        export="history-readers",
        instead={"tx": "0", "happening": _READ_UP_TO},
        personal=_CODES,
    ),
    Declared("history_set_aside", because="what this install's own readers failed on", personal="the error's words go"),
    Declared("history_seal", because="made anew where it comes back", personal=_CODES, backup=False),
    Declared("kit_clock", because="only a test clock stands there", personal=_CODES),
)
