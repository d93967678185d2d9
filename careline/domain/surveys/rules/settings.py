"""How a survey is set: when it is sent, to whom, and what a low score sets off. `judged` says in one sentence what can't be."""

from __future__ import annotations

from dataclasses import dataclass, fields

from careline.domain.surveys.rules.content import SCALES, SURVEY_KINDS

ON_LOW = ("case", "reopen", "nothing")


class BadSurvey(ValueError):
    """Settings that can't be so; `field` names which."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Settings:
    name: str
    kind: str
    is_on: bool = False
    brand_id: int | None = None
    team_id: int | None = None
    channel_kind: str = ""
    wait_minutes: int = 60
    gap_days: int = 30
    expires_days: int = 30
    change_hours: int = 24
    low_at_most: int | None = None
    on_low: str = "case"
    recovery_hours: int = 24


LIMITS = {"wait_minutes": (0, 43_200), "gap_days": (0, 365), "expires_days": (1, 365), "change_hours": (0, 720),
          "recovery_hours": (1, 720)}  # fmt: skip
COLUMNS = tuple(one.name for one in fields(Settings))


def judged(said: Settings) -> Settings:
    """The same, or BadSurvey."""
    if not 0 < len(said.name.strip()) <= 200:
        raise BadSurvey("name", "Give the survey a name of up to 200 characters.")
    if said.kind not in SURVEY_KINDS:
        raise BadSurvey("kind", f"A survey is one of {', '.join(SURVEY_KINDS)}.")
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(said, name) <= most:
            raise BadSurvey(name, f"Give a number from {least} to {most}.")
    if said.on_low not in ON_LOW:
        raise BadSurvey("on_low", f"After a low score: {', '.join(ON_LOW)}.")
    if said.low_at_most is not None:
        least, most = SCALES.get(said.kind, (0, 10))
        if not least <= said.low_at_most < most:
            raise BadSurvey("low_at_most", f"A low score lies between {least} and {most - 1}.")
    return said
