"""What leaves of calendars: all of it but addresses of feeds, and nothing in them is personal."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("calendars_calendar", export="calendars"),
    Declared("calendars_period", export="calendar-periods"),
    Declared("calendars_specialday", export="calendar-days"),
    Declared(
        "calendars_subscription", because="The address of a feed may hold a secret; its days leave with the calendar."
    ),
)
