"""What leaves of forms: what is asked. What was answered stands in the cases."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("forms_form", export="forms", personal="nothing: its words are the company's own"),
    Declared(
        "forms_heldfile",
        because="files of forms that are not sent yet; they go with the message",
        personal="goes with the message, or after a day",
        retention="removed after a day",
    ),
    Declared(
        "forms_sending",
        because="how often a form was sent, for the limits",
        personal="nothing: digests that say nothing outside this install",
        retention="removed after a day",
    ),
)
