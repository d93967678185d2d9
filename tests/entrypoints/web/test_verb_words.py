"""Rights are named in words, so that a screen can answer what somebody may do."""

from careline.domain.staff.rules import VERBS
from careline.entrypoints.web.access.verb_words import NOUNS, VERB_WORDS


def test_every_right_and_every_group_of_them_is_called_something_and_nothing_else_is() -> None:
    assert set(VERB_WORDS) == set(VERBS)
    assert set(NOUNS) == {verb.partition(":")[0] for verb in VERBS}
