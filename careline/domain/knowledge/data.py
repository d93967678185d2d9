"""What leaves of canned replies and macros: all of it; they are the house's own words."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("knowledge_cannedreply", export="canned-replies"),
    Declared("knowledge_cannedfile", export="canned-files"),
    Declared("knowledge_macro", export="macros"),
    Declared("knowledge_use", export="canned-uses", personal="nothing of customers", retention="goes with the case"),
    Declared("knowledge_guide", export="guides"),
    Declared("knowledge_guideversion", export="guide-versions"),
    Declared(
        "knowledge_guiderun",
        export="guide-runs",
        without={"token": "NULL"},
        personal="nothing: it holds ids and the keys of answers only",
        merge="stays with its case",
        retention="stays as a figure; the case's number in it leads nowhere any more",
    ),
    Declared("knowledge_category", export="article-categories"),
    Declared("knowledge_article", export="articles"),
    Declared("knowledge_articleversion", export="article-versions"),
    Declared("knowledge_articletext", export="article-texts"),
    Declared("knowledge_articlepicture", export="article-pictures"),
    Declared(
        "knowledge_articleopinion",
        export="article-opinions",
        personal="nothing: readers are not known, what they wrote is tied to nobody",
        retention="goes with its article",
    ),
    Declared("knowledge_articleindex", because="counted anew from what is published"),
    Declared("knowledge_articleword", because="counted anew from what is published"),
    Declared("knowledge_findingword", because="counted anew from what is published"),
    Declared("knowledge_articlephrase", export="article-phrases"),
    Declared(
        "knowledge_search",
        export="help-searches",
        without={"token": "NULL", "visitor": "''"},
        personal="nothing: addresses, numbers and names of customers are left out of the words",
        retention="removed after 90 days",
    ),
    Declared(
        "knowledge_articleincase",
        export="articles-in-cases",
        personal="nothing: it holds ids only",
        retention="stays as a figure",
    ),
)
