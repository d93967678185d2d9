from careline.domain.customers.models.blocks import Block
from careline.domain.customers.models.erasures import Erasure
from careline.domain.customers.models.fields import Field
from careline.domain.customers.models.imports import Import, ImportRow
from careline.domain.customers.models.merges import Merge, NotSame
from careline.domain.customers.models.people import Address, Consent, Customer, Note, Organisation
from careline.domain.customers.models.portal import EntryLink, Login, Portal, Rating, Session
from careline.domain.customers.models.segments import Segment

__all__ = [
    "Address",
    "Block",
    "Consent",
    "Customer",
    "EntryLink",
    "Erasure",
    "Field",
    "Import",
    "ImportRow",
    "Login",
    "Merge",
    "NotSame",
    "Note",
    "Organisation",
    "Portal",
    "Rating",
    "Segment",
    "Session",
]
