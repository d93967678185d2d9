"""Addresses of merges, splits, links, side conversations, and of what cases are made of."""

from django.urls import URLPattern

from careline.entrypoints.web import asides, case_settings, merging, structure
from careline.entrypoints.web.gate import staff

CASE = "conversations/<int:number>"
SIDES = f"{CASE}/side-conversations"

STRUCTURE: list[URLPattern] = [
    staff("merges/new", merging.many_form),
    staff("merges", post=merging.many_merged),
    staff(f"{CASE}/structure", structure.panel),
    staff(f"{CASE}/merges/new", merging.merge_form),
    staff(f"{CASE}/merges", post=merging.merged, put=structure.drawn_in),
    staff(f"{CASE}/merges/<int:key>", delete=structure.taken_out),
    staff(f"{CASE}/splits/new", merging.split_form),
    staff(f"{CASE}/splits", post=merging.was_split),
    staff(f"{CASE}/links/new", merging.link_form),
    staff(f"{CASE}/links", post=merging.linked),
    staff(f"{CASE}/links/<int:key>", delete=structure.unlinked),
    staff(f"{CASE}/duplicates/<int:other>", delete=structure.kept_apart),
    staff(f"{CASE}/follower", put=structure.followed, delete=structure.unfollowed),
    staff(f"{CASE}/status", put=structure.status_set),
    staff(f"{CASE}/topic", put=structure.topic_set),
    staff(f"{CASE}/fields", put=structure.fields_set),
    staff(f"{CASE}/spam", put=structure.marked_spam, delete=structure.marked_spam),
    staff(f"{CASE}/block", put=structure.sender_blocked),
    staff(f"{CASE}/restriction", merging.restriction, post=merging.restricted),
    staff(f"{SIDES}/new", asides.blank),
    staff(SIDES, post=asides.asked),
    staff(f"{SIDES}/<int:side>", asides.shown),
    staff(f"{SIDES}/<int:side>/messages", post=asides.written),
    staff("settings/statuses", case_settings.statuses, post=case_settings.status_changed),
    staff("settings/topics", case_settings.topics_page, post=case_settings.topic_changed),
    staff("settings/case-fields", case_settings.fields_page, post=case_settings.field_changed),
    staff("settings/resolved-cases", case_settings.reopening, post=case_settings.reopening_changed),
    staff("settings/blocked-senders", case_settings.blocked, post=case_settings.block_changed),
]
