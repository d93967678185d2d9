"""Addresses of customers, companies, segments, imports and mailings."""

from django.urls import URLPattern

from careline.entrypoints.web.customers import card, companies, erasing, fields, imports, listing, mailings, merging
from careline.entrypoints.web.gate import staff

CUSTOMERS: list[URLPattern] = [
    staff("customers", listing.customers),
    staff("customers/new", listing.newcomer, post=listing.added),
    staff("customers/duplicates", merging.duplicates),
    staff("customers/<int:key>", card.customer),
    staff("customers/<int:key>/notes", put=card.noted),
    staff("customers/<int:key>/card", post=card.card_changed),
    staff("customers/<int:key>/company", post=card.company_taken),
    staff("customers/<int:key>/addresses", post=card.address_added),
    staff("customers/<int:key>/addresses/<int:address>", post=card.address_changed),
    staff("customers/<int:key>/remarks", post=card.note_added),
    staff("customers/<int:key>/remarks/<int:note>", post=card.note_changed),
    staff("customers/<int:key>/consents", post=card.consent_changed),
    staff("customers/<int:key>/timeline", card.timeline),
    staff("customers/<int:key>/beside", card.beside),
    staff("customers/<int:key>/merges", post=merging.merged),
    staff("customers/<int:key>/merges/new", merging.choice),
    staff("customers/<int:key>/merges/<int:merge>", post=merging.parted),
    staff("customers/<int:key>/distinctions", post=merging.kept_apart),
    staff("customers/<int:key>/erasure", erasing.erasure, post=erasing.erased),
    staff("customers/export", imports.exported),
    staff("customer-imports", imports.imports, post=imports.uploaded),
    staff("customer-imports/<int:key>", imports.one, post=imports.mapped),
    staff("customer-imports/<int:key>/step", post=imports.moved_on),
    staff("customer-imports/<int:key>/refused", imports.refused),
    staff("companies", companies.companies),
    staff("companies/new", companies.newcomer, post=companies.added),
    staff("companies/<int:key>", companies.company, post=companies.changed),
    staff("segments", fields.all_segments, post=fields.segment_saved),
    staff("segments/<int:key>", post=fields.segment_changed),
    staff("settings/customer-fields", fields.fields, post=fields.field_added),
    staff("settings/customer-fields/<int:key>", fields.field, post=fields.field_changed),
    staff("mailings", mailings.mailings, post=mailings.saved),
    staff("mailings/new", mailings.blank),
    staff("mailings/<int:key>", mailings.mailing, post=mailings.saved, delete=mailings.dropped),
    staff("mailings/<int:key>/sending", post=mailings.sent, delete=mailings.stopped),
]
