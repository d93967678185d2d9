"""Addresses of the register of complaints."""

from django.urls import URLPattern

from careline.entrypoints.web.complaints import doing, exporting, keeping, listing, recording, shown, trends
from careline.entrypoints.web.gate import staff

CASE = "conversations/<int:number>/complaints"
ONE = "complaints/<int:key>"
SETTINGS = "settings/complaints"

COMPLAINTS: list[URLPattern] = [
    staff("complaints", listing.register, post=recording.opened),
    staff("complaints/new", recording.blank),
    staff("complaints/trends", trends.trends),
    staff("complaints/export", exporting.exported),
    staff(ONE, shown.shown, post=doing.stepped),
    staff(f"{ONE}/letters/<str:kind>", doing.letter, post=doing.letter_sent),
    staff(f"{ONE}/papers/<int:entry>", doing.paper),
    staff("corrections/<int:correction>", post=doing.corrected),
    staff(CASE, recording.panel, post=recording.recorded),
    staff(SETTINGS, keeping.home, post=keeping.named),
    staff(f"{SETTINGS}/rules/new", keeping.rules, post=keeping.rules_kept),
    staff(f"{SETTINGS}/rules/<int:key>", keeping.rules, post=keeping.rules_kept),
    staff(f"{SETTINGS}/letters/new", keeping.letter, post=keeping.letter_kept),
    staff(f"{SETTINGS}/letters/<int:key>", keeping.letter, post=keeping.letter_kept),
]
