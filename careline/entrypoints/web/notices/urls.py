"""Addresses of the bell, of the choices, of devices, and of the installable app."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import everybody, staff
from careline.entrypoints.web.notices import app, bell, choices, devices

NOTICES: list[URLPattern] = [
    staff("notifications", bell.notifications),
    staff("notifications/count", bell.count),
    staff("notifications/seen", put=bell.all_seen),
    staff("notifications/<int:key>/seen", put=bell.seen),
    staff("conversations/<int:number>/notifications/seen", put=bell.case_seen),
    staff("conversations/<int:number>/mute", put=bell.muted, delete=bell.unmuted),
    staff("settings/notifications", choices.choices, post=choices.chosen),
    staff("settings/notifications/pause", put=choices.paused, delete=choices.resumed),
    staff("devices", post=devices.added),
    staff("devices/<int:key>", delete=devices.removed),
    everybody("manifest.webmanifest", app.manifest),
    everybody("sw.js", app.worker),
    everybody("offline", app.offline),
]
