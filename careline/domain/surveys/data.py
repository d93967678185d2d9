"""What leaves of surveys, and what of it is personal."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("surveys_survey", export="surveys"),
    Declared("surveys_version", export="survey-versions"),
    Declared(
        "surveys_invitation",
        export="survey-invitations",
        without={"digest": "''"},
        personal="nothing: codes and moments; its customer is nobody's after an erasure",
        merge="stays with who was asked",
        retention="goes with its case",
    ),
    Declared(
        "surveys_answer",
        export="survey-answers",
        personal="the comment and free words are emptied; scores and choices stay as figures",
        merge="stays with who gave it",
        retention="the words go with the case; the numbers stay while it does",
    ),
    Declared(
        "surveys_optout", export="survey-opt-outs", personal="the row goes", merge="holds for both while they are one"
    ),
)
