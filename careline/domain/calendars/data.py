"""What leaves of calendars: all of it, and nothing in them is personal."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("calendars_calendar", export="calendars"),
    Declared("calendars_period", export="calendar-periods"),
    Declared("calendars_specialday", export="calendar-days"),
)
