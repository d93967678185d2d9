"""Addresses of the staff's screens: nouns only. What is not opened to everybody by name asks for sign-in."""

from django.urls import URLPattern

from careline.entrypoints.web import cases, composer, counts, demo, files, inbox, mail_html, messages, signing_in
from careline.entrypoints.web.gate import everybody, staff

CASE = "conversations/<int:number>"
MESSAGE = "messages/<int:message>"

urlpatterns: list[URLPattern] = [
    everybody("", demo.front_door),
    everybody("login", signing_in.form, signing_in.signed_in),
    everybody("sign-in/<str:token>", signing_in.link_shown, signing_in.link_used),
    everybody("logout", post=signing_in.signed_out),
    everybody("demo", demo.picker),
    everybody("demo/session", post=demo.entered),
    everybody("demo/letter", demo.letter_form, demo.letter_sent),
    staff("inbox", inbox.inbox),
    staff("views/<str:code>", inbox.inbox),
    staff("rows", inbox.fresh_rows),
    staff("counts", counts.counts),
    staff(CASE, cases.case),
    staff(f"{CASE}/header", cases.header),
    staff(f"{CASE}/composer", cases.composer),
    staff(f"{CASE}/messages", messages.newer, post=messages.written),
    staff(f"{CASE}/assignee", put=cases.assigned, delete=cases.assigned),
    staff(f"{CASE}/team", put=cases.moved, delete=cases.moved),
    staff(f"{CASE}/priority", put=cases.prioritised),
    staff(f"{CASE}/subject", put=cases.renamed),
    staff(f"{CASE}/tags", post=cases.tagged),
    staff(f"{CASE}/tags/<path:name>", delete=cases.untagged),
    staff(f"{CASE}/resolution", put=cases.resolved, delete=cases.reopened),
    staff(f"{CASE}/snooze", put=cases.snoozed, delete=cases.woken),
    staff(f"{CASE}/unread", put=cases.unread),
    staff(f"{CASE}/hint", delete=cases.hint_dropped),
    staff(f"{CASE}/participants", post=cases.admitted),
    staff(f"{CASE}/drafts/<str:kind>", put=composer.draft_kept, delete=composer.draft_kept),
    staff(f"{CASE}/events", cases.events),
    staff(f"{MESSAGE}/html", mail_html.mail_html),
    staff(f"{MESSAGE}/hold", delete=messages.taken_back),
    staff(f"{MESSAGE}/deliveries", post=messages.sent_again),
    staff(f"{MESSAGE}/stranger", delete=messages.left_out),
    staff("attachments/<int:key>", files.attached),
]
