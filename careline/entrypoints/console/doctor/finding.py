"""What doctor says of one thing."""

from __future__ import annotations

from dataclasses import asdict, dataclass

OK, WARNING, PROBLEM = "ok", "warning", "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` say how it is, `mend` what to do about it; a thing that is well needs no mend."""

    name: str
    state: str
    words: str
    mend: str = ""

    def line(self) -> str:
        return f"{self.state:<8}{self.name}: {self.words}" + (f" → {self.mend}" if self.mend else "")

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def span(seconds: float) -> str:
    """Seconds as people say them: `40 s`, `12 min`, `3 h`, `2 days`."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and unit != "days"):
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds)} s"


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
