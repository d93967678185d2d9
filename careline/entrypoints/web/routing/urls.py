"""Addresses of queues, skills and availability."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.routing import availability, case, queues, skills

CASE = "conversations/<int:number>"

ROUTING: list[URLPattern] = [
    staff("availability", availability.control, put=availability.said),
    staff("offers", availability.offers),
    staff("people/<int:key>/work", availability.work, post=availability.work_set),
    staff("people/<int:key>/availability", post=availability.said_for),
    staff("queues", queues.queues),
    staff("queues/<int:key>/next", post=queues.taken),
    staff("settings/queues", queues.settings),
    staff("settings/queues/<int:key>", queues.queue, post=queues.changed),
    staff("settings/case-weights", post=queues.weighed),
    staff("settings/skills", skills.page_of_skills, post=skills.added),
    staff("settings/skills/<int:key>", post=skills.changed),
    staff("settings/skill-rules", post=skills.rule_added),
    staff("settings/skill-rules/<int:key>", post=skills.rule_removed),
    staff(f"{CASE}/routing", case.panel),
    staff(f"{CASE}/acceptance", put=case.accepted),
    staff(f"{CASE}/skills", put=case.asked),
    staff(f"{CASE}/skills/<int:skill>", delete=case.unasked),
]
