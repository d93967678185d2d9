"""What leaves of promises: all of it. Nothing in them is personal; clocks and their ledger go with their case."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("sla_policy", export="promise-policies"),
    Declared(
        "sla_clock",
        export="promise-clocks",
        personal="nothing personal stands in it; goes with the case",
        merge="stays with its case; that of a merged one is cancelled, and runs again after the undo",
        retention="goes with the case",
    ),
    Declared(
        "sla_entry",
        export="promise-ledger",
        personal="nothing personal stands in it; goes with the case",
        merge="stays with its case",
        retention="goes with the case",
    ),
    Declared(
        "sla_recount",
        because="work under way, begun anew by the next change",
        personal="nothing personal stands in it",
        merge="stays as it is",
        retention="is removed a day after it was done",
    ),
    Declared("sla_acknowledgement", export="acknowledgements"),
    Declared(
        "sla_acknowledged",
        because="kept for a day, so that nobody is acknowledged twice",
        personal="a digest of an address, which says nothing",
        retention="is removed after a day",
    ),
    Declared(
        "sla_silence",
        export="silences",
        personal="nothing personal stands in it; goes with the case",
        merge="stays with its case",
        retention="goes with the case",
    ),
)
