"""What can't be done with people and their rights, one sentence each."""

from __future__ import annotations


class NotPossible(Exception):
    """A change that would leave the house in a state it must not be in; `code` is for programs."""

    code = "refused"


class LastAdministrator(NotPossible):
    code = "last_administrator"

    def __init__(self) -> None:
        super().__init__("Somebody has to stay who may manage people and roles: make another administrator first.")


class RoleInUse(NotPossible):
    code = "role_in_use"


class NameTaken(NotPossible):
    code = "name_taken"


class Circle(NotPossible):
    code = "circle"


class WrongGrant(ValueError):
    """A grant that means nothing: an unknown verb or scope, or a place that there is none of."""
