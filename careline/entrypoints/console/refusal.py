"""Why a command does not do what was asked."""

WRONG_USE = 2


class Refusal(Exception):
    """One plain sentence with the mend, empty where it was said already.

    The command ends with `code` and without a traceback.
    """

    def __init__(self, sentence: str, *, code: int = WRONG_USE) -> None:
        super().__init__(sentence)
        self.code = code
