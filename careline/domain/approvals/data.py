"""What leaves of approvals: limits, rates, every version of the policy, what was asked, decided and given."""

from careline.kit.archive.declared import Declared

_CODES = "nothing: it holds ids, codes and numbers only"

TABLES = (
    Declared("approvals_limit", export="authority-limits"),
    Declared("approvals_rate", export="exchange-rates"),
    Declared("approvals_policy", export="policies"),
    Declared("approvals_deadline", export="approval-deadlines"),
    Declared(
        "approvals_simulation", because="a trial of a draft, and what it came to", personal=_CODES, retention="a month"
    ),
    Declared(
        "approvals_decision",
        because="what policies are tried on, for 400 days",
        personal="the reason that was given is emptied; the rest is codes and numbers",
        retention="after 400 days",
    ),
    Declared("approvals_use", export="given-by-authority", personal=_CODES, merge="stays with whom it was given to"),
    Declared(
        "approvals_request",
        export="approvals",
        personal="the words of who asked and who answered, and the reason, are emptied; the rest is codes and numbers",
        merge="stays with its case, which shows what waits on the cases that are a part of it",
        retention="stays: who allowed what is on the record; its words go with the case",
    ),
    Declared("approvals_step", export="approval-steps", personal=_CODES),
)
