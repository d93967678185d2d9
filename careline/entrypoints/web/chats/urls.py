"""Addresses of chats."""

from django.urls import URLPattern

from careline.entrypoints.web.chats import beside, sites
from careline.entrypoints.web.gate import staff

CHATS: list[URLPattern] = [
    staff("conversations/<int:number>/visitor", beside.panel),
    staff("settings/chats", sites.listing, post=sites.saved),
    staff("settings/chats/new", sites.blank),
    staff("settings/chats/<int:key>", sites.shown, post=sites.saved),
    staff("settings/chats/<int:key>/identity-key", post=sites.key_given),
]
