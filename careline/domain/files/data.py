"""What leaves of files: their list, and each content under its digest."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared(
        "files_file",
        export="files",
        personal="contents that nothing else names go",
        retention="contents that nothing names any more go",
    ),
    Declared(
        "files_remotecontent",
        because="fetched again when it is looked at",
        personal="goes with its file, 30 days after it was fetched",
    ),
)
