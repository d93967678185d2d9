"""What leaves of notifications: what people chose. What they were told follows from history and is gone soon."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared(
        "notifications_notification",
        because="follows from history, kept for 30 days",
        personal="nothing of customers: numbers of happenings and messages",
        retention="goes with the case",
    ),
    Declared("notifications_choice", export="notification-choices"),
    Declared(
        "notifications_mute", export="muted-cases", personal="nothing of customers", retention="goes with the case"
    ),
    Declared(
        "notifications_device",
        because="addresses of browsers, of use to this install only",
        sealed="addresses of browsers",
    ),
    Declared("notifications_parcel", because="what is about to leave, for a moment"),
)
