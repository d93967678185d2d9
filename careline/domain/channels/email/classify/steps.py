"""The row of steps, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from careline.domain.channels.email.classify import bounces
from careline.domain.channels.email.classify.auto_replies import is_auto_reply, mark_robots
from careline.domain.channels.email.classify.feedback import is_feedback_report
from careline.domain.channels.email.classify.lists import name_mailing_list
from careline.domain.channels.email.classify.loops import is_loop
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.own import Own

Step = Callable[[Mail, Own], bool]


def classify(mail: Mail, *, own: Own | None = None) -> None:
    """Sets kind, auto_reply, mailing_list and bounce. Never raises for anything a mail may hold."""
    own = own or Own()
    name_mailing_list(mail)
    for step in STEPS:
        if step(mail, own):
            return


STEPS: tuple[Step, ...] = (
    is_feedback_report,
    bounces.is_bounce,
    is_loop,
    is_auto_reply,
    mark_robots,
)
