"""What leaves of canned replies and macros: all of it; they are the house's own words."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("knowledge_cannedreply", export="canned-replies"),
    Declared("knowledge_cannedfile", export="canned-files"),
    Declared("knowledge_macro", export="macros"),
    Declared("knowledge_use", export="canned-uses", personal="nothing of customers", retention="goes with the case"),
)
