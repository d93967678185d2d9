"""What leaves of the register, and what becomes of it when a customer is erased: figures stay, words go."""

from careline.kit.archive.declared import Declared

_CODES = "nothing: it holds ids, codes and numbers only"
_STAYS = "stays: the register is kept for whoever supervises; its words go with the case"

TABLES = (
    Declared("complaints_ruleset", export="complaint-rules"),
    Declared("complaints_category", export="complaint-categories"),
    Declared("complaints_cause", export="complaint-causes"),
    Declared("complaints_letter", export="complaint-letters"),
    Declared(
        "complaints_complaint",
        export="complaints",
        personal="text, wish, reasons, reference and the customer's view are emptied, case and customer forgotten; figures stay",
        merge="stays with its case, and is shown with whom the customer was merged into",
        retention=_STAYS,
    ),
    Declared("complaints_clock", export="complaint-clocks", personal=_CODES, retention=_STAYS),
    Declared(
        "complaints_entry",
        export="complaint-record",
        personal="words are emptied, kept letters go; who did what and when stays",
        retention=_STAYS,
    ),
    Declared("complaints_correction", export="corrective-actions", personal="nothing of customers", retention=_STAYS),
)
