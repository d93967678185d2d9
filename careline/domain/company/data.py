"""What leaves of the company: all but whether its worker lives."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("company", export="company"),
    Declared("company_brand", export="brands"),
    Declared("company_heartbeat", because="whether this worker lives", backup=False),
)
