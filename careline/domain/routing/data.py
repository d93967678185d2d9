"""What leaves of routing: how queues are set, what cases ask for, and why each came to whom."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("routing_queue", export="queues"),
    Declared("routing_weight", export="case-weights"),
    Declared("routing_requirement", export="skill-requirements"),
    Declared("routing_need", export="case-skills", personal="nothing of customers", retention="goes with the case"),
    Declared("routing_place", export="queue-places", personal="nothing of customers", retention="goes with the case"),
    Declared("routing_turn", export="queue-turns"),
    Declared("routing_mark", because="what is to be matched anew, for a moment", personal="nothing of customers"),
    Declared("routing_opening", because="reckoned from calendars"),
    Declared("routing_offer", export="offers", personal="nothing of customers", retention="goes with the case"),
    Declared(
        "routing_decision", export="routing-decisions", personal="nothing of customers", retention="goes with the case"
    ),
    Declared("routing_ladder", export="escalation-ladders"),
    Declared("routing_rung", export="escalation-rungs"),
    Declared(
        "routing_standing", export="escalation-levels", personal="nothing of customers", retention="goes with the case"
    ),
    Declared(
        "routing_escalation", export="escalations", personal="nothing of customers", retention="goes with the case"
    ),
)
