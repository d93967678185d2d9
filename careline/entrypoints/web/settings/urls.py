"""Addresses of what is set up: mailboxes, replies, macros, structure, retention, webhooks."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.settings import (
    brands,
    case_settings,
    data,
    macros,
    mailboxes,
    myself,
    preferences,
    replies,
    retention,
    unrouted,
    webhooks,
)

CASE = "conversations/<int:number>"

SETTINGS: list[URLPattern] = [
    staff("settings/brands", brands.brands, post=brands.added),
    staff("settings/brands/<int:key>", brands.brand, post=brands.changed),
    staff("settings/statuses", case_settings.statuses, post=case_settings.status_changed),
    staff("settings/topics", case_settings.topics_page, post=case_settings.topic_changed),
    staff("settings/case-fields", case_settings.fields_page, post=case_settings.field_changed),
    staff("settings/resolved-cases", case_settings.reopening, post=case_settings.reopening_changed),
    staff("settings/blocked-senders", case_settings.blocked, post=case_settings.block_changed),
    staff("replies", replies.replies),
    staff("replies/new", replies.blank, post=replies.added),
    staff("replies/abbreviations", replies.abbreviations),
    staff("replies/sheet", replies.sheet, post=replies.sheet_taken),
    staff("replies/<int:key>", replies.edited, post=replies.changed),
    staff("canned-files/<int:key>", replies.file),
    staff("macros/new", macros.blank, post=macros.added),
    staff("macros/<int:key>", macros.edited, post=macros.changed),
    staff(f"{CASE}/replies", replies.offered, post=replies.inserted_by_name),
    staff(f"{CASE}/replies/<int:key>", post=replies.inserted),
    staff(f"{CASE}/macros", macros.offered),
    staff(f"{CASE}/macros/<int:key>", macros.previewed, post=macros.ran),
    staff("data", data.data),
    staff("retention", retention.rules, post=retention.saved),
    staff("retention/new", retention.rule),
    staff("retention/<int:key>", retention.rule, post=retention.saved, delete=retention.ended),
    staff("retention/<int:key>/runs", post=retention.carried_out),
    staff("unrouted", unrouted.unrouted),
    staff("inbound/<int:key>/raw", unrouted.raw),
    staff("inbound/<int:key>/replays", post=unrouted.tried_again),
    staff("mailboxes", mailboxes.mailboxes),
    staff("mailboxes/new", mailboxes.mailbox, post=mailboxes.saved),
    staff("mailboxes/<int:key>", mailboxes.mailbox, post=mailboxes.saved),
    staff("mailboxes/<int:key>/trial", mailboxes.trial),
    staff("webhooks", webhooks.webhooks),
    staff("webhooks/new", webhooks.webhook, post=webhooks.saved),
    staff("webhooks/<int:key>", webhooks.webhook, post=webhooks.saved, delete=webhooks.removed),
    staff("webhooks/<int:key>/pause", put=webhooks.paused, delete=webhooks.resumed),
    staff("webhooks/<int:key>/secrets", post=webhooks.renewed),
    staff("webhooks/<int:key>/pings", post=webhooks.pinged),
    staff("webhooks/<int:key>/replays", post=webhooks.replayed),
    staff("settings/me", myself.myself, post=myself.changed),
    staff("settings", preferences.settings),
]
