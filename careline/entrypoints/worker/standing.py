"""The test clock moves: everything that falls due on the way runs, in order and each at its own time."""

from __future__ import annotations

import threading
import time
from datetime import datetime

from django.conf import settings

from careline.domain.approvals.queries.requests import earliest_request
from careline.domain.approvals.queries.simulations import earliest_simulation
from careline.domain.calendars.subscriptions import earliest_subscription
from careline.domain.chats.queries import earliest_mail as earliest_chat
from careline.domain.complaints.queries.register import earliest_complaint
from careline.domain.conversations.queries.bulk import earliest_bulk
from careline.domain.conversations.queries.messages import earliest_due_delivery, is_delivering
from careline.domain.conversations.queries.retention import earliest_due_rule
from careline.domain.conversations.queries.work import earliest_transcript
from careline.domain.customers.queries.imports import earliest_due_import
from careline.domain.customers.queries.portal import earliest_link
from careline.domain.followups.queries.follow_ups import earliest_follow_up
from careline.domain.followups.queries.voices import earliest_voice
from careline.domain.history.queries import cursor_of, newest_cursor
from careline.domain.loyalty.queries.scheme import earliest_loyalty
from careline.domain.notifications.queries.chosen import earliest_parcel
from careline.domain.orders.queries.selling_pay import earliest_selling
from careline.domain.orders.queries.subscriptions import earliest_subscription_due
from careline.domain.outreach.queries import earliest_mailing
from careline.domain.reports.commands.facts import READER as FACTS
from careline.domain.reports.queries.counting import is_counted
from careline.domain.reports.queries.sendings import earliest_sent
from careline.domain.requests.queries.requests import earliest_step_due
from careline.domain.routing.queries.due import earliest_routing
from careline.domain.routing.queries.ladders import earliest_escalation
from careline.domain.staff.house_letters import earliest_letter
from careline.domain.staff.standing_in import earliest_deputy_change
from careline.domain.surveys.queries.surveys import earliest_survey
from careline.domain.webhooks.queries import earliest_due as earliest_webhook
from careline.domain.webhooks.queries import is_under_way as is_posting
from careline.entrypoints.worker import notifications, reader, rules, wakeup, webhooks
from careline.entrypoints.worker.promises import earliest_promise
from careline.flows.wake_snoozed import earliest_snoozed
from careline.kit import clock
from careline.kit.spool import Spool

SECONDS_TO_SETTLE = 60.0


class Standing:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._spool = Spool(settings.DATA / "spool")

    def once(self) -> None:
        target = clock.target()
        if target is None:
            self._stop.wait(0.02)
            return
        self._settle()
        while (due := self._next_due()) is not None and due <= target and not self._stop.is_set():
            clock.set_standing(max(due, clock.now()))
            wakeup.wake_all()
            self._settle()
        clock.set_standing(target)
        self._settle()
        clock.clear_target()

    def _next_due(self) -> datetime | None:
        dues = (
            earliest_due_delivery(),
            earliest_snoozed(),
            earliest_promise(),
            earliest_routing(),
            earliest_escalation(),
            earliest_request(),
            earliest_simulation(),
            earliest_step_due(),
            earliest_subscription_due(),
            earliest_complaint(),
            earliest_survey(),
            earliest_follow_up(),
            earliest_voice(),
            earliest_letter(),
            earliest_link(),
            earliest_deputy_change(),
            earliest_webhook(),
            earliest_bulk(),
            earliest_transcript(),
            earliest_sent(),
            earliest_mailing(),
            earliest_subscription(),
            earliest_due_rule(),
            earliest_due_import(),
            rules.earliest(),
            earliest_parcel(),
            earliest_chat(),
            earliest_loyalty(),
            earliest_selling(),
        )
        return min((due for due in dues if due is not None), default=None)

    def _settle(self) -> None:
        """Waits until no mail, no due row and no happening is left to be seen to, and reports tell of all that happened."""
        deadline = time.monotonic() + SECONDS_TO_SETTLE
        while not self._stop.is_set() and time.monotonic() < deadline and not self._is_quiet():
            self._stop.wait(0.01)

    def _is_quiet(self) -> bool:
        now = clock.now()
        due = self._next_due()
        return (
            not self._spool.waiting()
            and (due is None or due > now)
            and not is_delivering()
            and not is_posting()
            and all(
                cursor_of(name) >= newest_cursor()
                for name in (reader.NAME, rules.NAME, webhooks.NAME, notifications.NAME, FACTS)
            )
            and is_counted()
        )
