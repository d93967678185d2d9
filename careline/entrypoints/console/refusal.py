"""Why a command does not do what was asked."""


class Refusal(Exception):
    """One plain sentence with the mend; the command ends with `code` and without a traceback."""

    def __init__(self, sentence: str, *, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code
