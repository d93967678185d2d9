"""What leaves of service requests, and what becomes of it when a customer is erased."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("requests_type", export="service-request-types"),
    Declared("requests_version", export="service-request-versions"),
    Declared(
        "requests_request",
        export="service-requests",
        personal="what was filled in and what was written are emptied; that it was asked for and decided stays",
        merge="stays with the one who asked, and is shown with whom they were merged into",
        retention="forgets the case",
    ),
    Declared("requests_step", export="service-request-steps", personal="the words of who did it are emptied"),
    Declared("requests_paper", export="service-request-papers", personal="files, their names and the reasons go"),
)
