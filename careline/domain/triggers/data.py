"""What leaves of rules and schedules: all that somebody wrote. What they did stands in history."""

from careline.kit.archive.declared import Declared

_CODES = "nothing: it holds ids, codes and numbers only"

TABLES = (
    Declared(
        "triggers_rule", export="rules", personal="a name or text in a condition, which is the company's own words"
    ),
    Declared(
        "triggers_run",
        because="what rules did here, and why not; it is forgotten after 30 days",
        personal=_CODES,
        retention="removed after 30 days",
    ),
    Declared(
        "triggers_standing",
        because="found anew by the rules that come back",
        personal=_CODES,
    ),
    Declared(
        "triggers_schedule",
        export="schedules",
        personal="the customer a case is opened for: the id stays, and opens nothing",
    ),
    Declared("triggers_opening", export="schedule-openings", personal=_CODES),
)
