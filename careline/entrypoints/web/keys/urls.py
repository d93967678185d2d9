"""Addresses of the keyboard's page, of the lists that keys open, and of the palette."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.keys import choices, keyboard, palette, practice

KEYS: list[URLPattern] = [
    staff("settings/keys", keyboard.keyboard, delete=keyboard.all_reset),
    staff("settings/keys/switch", put=keyboard.switched),
    staff("settings/keys/<str:name>", put=keyboard.key_set, delete=keyboard.key_reset),
    staff("choices/<str:kind>", choices.choices),
    staff("practice", practice.practice),
    staff("palette", palette.places),
    staff("palette/found", palette.found),
]
