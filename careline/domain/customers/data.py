"""What leaves of customers, and what becomes of it when one of them is erased."""

from careline.domain.customers.commands.words import refresh_words
from careline.kit import db
from careline.kit.archive.declared import Declared

TABLES = (
    Declared("customers_organisation", export="companies", personal="stays: a company is no person"),
    Declared(
        "customers_customer",
        export="customers",
        without={"vector": "NULL"},
        personal="name, notes, fields, zone and search words are emptied; the row stays as an empty place that figures hang on",
        merge="the one merged points to the survivor; undone, it stands by itself again; erased together",
    ),
    Declared("customers_address", export="addresses", personal="the row goes", merge="goes to the survivor and back"),
    Declared("customers_note", export="customer-notes", personal="the row goes", merge="goes to the survivor and back"),
    Declared(
        "customers_consent",
        export="consents",
        personal="how it was given and withdrawn is emptied",
        merge="goes to the survivor and back",
    ),
    Declared(
        "customers_merge",
        export="customer-merges",
        personal="what stood before and after is emptied; it cannot be undone any more",
        merge="is the merge",
    ),
    Declared("customers_notsame", export="customer-not-same", merge="stays"),
    Declared("customers_field", export="customer-fields"),
    Declared("customers_segment", export="segments", personal="nothing of customers"),
    Declared("customers_block", export="blocks", personal="a blocked address of the person goes"),
    Declared("customers_import", export="customer-imports", personal="its file goes with the last of its people"),
    Declared(
        "customers_importrow", export="customer-import-rows", personal="cells, keys, before and after are emptied"
    ),
    Declared("customers_portal", export="portal"),
    Declared(
        "customers_login",
        because="a password is set anew by a link",
        personal="the row goes",
        merge="the survivor's own stays theirs; the other's rests, and serves again when they are two",
    ),
    Declared("customers_entrylink", because="good for a quarter of an hour", personal="the row goes", backup=False),
    Declared(
        "customers_session",
        because="one signs in again",
        personal="the row goes",
        merge="stays open, for whoever they are one with",
        backup=False,
    ),
    Declared(
        "customers_rating",
        export="request-ratings",
        personal="the comment is emptied; the number stays as a figure",
        merge="stays with who gave it",
        retention="the comment goes with its case; the number stays",
    ),
    Declared("customers_erasure", export="erasures", personal="says that somebody was erased, by number only"),
)


def settled() -> None:
    """The words that customers are found by are made anew where customers came in."""
    after = 0
    while found := db.rows("SELECT id FROM customers_customer WHERE id > %s ORDER BY id LIMIT 500", [after]):
        refresh_words([row.id for row in found])
        after = found[-1].id
