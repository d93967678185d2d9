"""What leaves of reports: nothing that follows from history; it is counted anew where it comes back."""

from careline.kit import db
from careline.kit.archive.declared import Declared

_COUNTED = "counted anew from history"
_CODES = "nothing: it holds ids, codes and numbers only"

TABLES = (
    Declared("case_fact", because=_COUNTED, personal=_CODES, merge="counted anew", retention="goes with its case"),
    Declared("fact_day", because=_COUNTED),
    Declared("fact_due", because=_COUNTED, personal=_CODES),
    Declared("fact_state", because=_COUNTED),
    Declared("case_effort", because=_COUNTED, personal=_CODES, retention="goes with its case"),
    Declared("agent_status", because=_COUNTED),
    Declared(
        "reports_export",
        because="a file on its way to whoever asked for it, gone after a day",
        personal="words or a customer in the filter: gone after a day, with the file",
        retention="goes after a day",
    ),
    Declared("reports_sending", export="report-sendings"),
    Declared("reports_reportletter", export="report-letters", personal=_CODES),
)


def settled() -> None:
    """All facts are counted anew after an import: the worker finds no state, and begins."""
    db.execute("DELETE FROM fact_state")
