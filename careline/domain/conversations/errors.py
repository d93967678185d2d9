"""What can go wrong on a case, in sentences. `code` is what the API says."""

from __future__ import annotations


class NotFound(LookupError):
    """There is no such case, or it is not yours to see: told alike."""

    code = "not_found"


class Refused(Exception):
    """An act on a case that may be seen, refused with a reason."""

    code = "refused"


class ThreadChanged(Refused):
    """Somebody wrote since the thread was opened; `messages` are the ids of what is new."""

    code = "thread_changed"

    def __init__(self, messages: list[int]) -> None:
        super().__init__("The thread has changed since you opened it.")
        self.messages = messages


class NotTheAssignee(Refused):
    """Answers of this team are sent by whoever has the case."""

    code = "only_assignee"


class NoRecipient(Refused):
    code = "no_recipient"


class Unfilled(Refused):
    """A variable of a canned reply still stands in the words."""

    code = "unfilled"


class AlreadyGone(Refused):
    """The message can't be taken back: it has left."""

    code = "already_gone"


class TakenBack(AlreadyGone):
    """The message was taken back before: it has not left, and won't."""

    code = "taken_back"


class EmptyMessage(Refused):
    code = "empty_message"


class MergedAway(Refused):
    """The case is a part of another one by now: what was meant for it is to be done there."""

    code = "merged"

    def __init__(self, number: int, into: int) -> None:
        super().__init__(f"Case {number} is a part of case {into} now: go on there.")
        self.into = into
