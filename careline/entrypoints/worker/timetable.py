"""What is done by the clock: waking snoozed cases at their moment; now and then the house-keeping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from careline.domain.approvals.commands.policies import forget_decisions
from careline.domain.approvals.commands.simulations import forget_simulations
from careline.domain.chats.commands import forget_old as forget_chats
from careline.domain.company.commands import note_beat
from careline.domain.conversations.commands.bulk import forget_old as forget_bulk_changes
from careline.domain.conversations.commands.search_index import forget_unreferenced_texts
from careline.domain.customers.commands.entering import forget_entries
from careline.domain.files.commands import sweep
from careline.domain.forms.commands import forget as forget_forms
from careline.domain.history.commands import make_months
from careline.domain.history.sealing import seal
from careline.domain.idempotency.commands import forget
from careline.domain.knowledge.commands.article_index import index_articles
from careline.domain.knowledge.commands.searches import forget_searches
from careline.domain.notifications.commands.telling import forget_notifications
from careline.domain.staff.commands import forget_attempts
from careline.domain.staff.house_letters import forget_letters
from careline.domain.staff.sessions import forget_sessions
from careline.domain.staff.standing_in import tell_deputies
from careline.domain.triggers.commands.runs import forget_runs
from careline.domain.webhooks.commands.attempts import forget as forget_webhook_deliveries
from careline.entrypoints.worker import wakeup
from careline.entrypoints.worker.imports import work_on_imports
from careline.entrypoints.worker.loyalty import Counts
from careline.entrypoints.worker.promises import call_forgotten, forget_promises, work_on_promises
from careline.flows.chat_by_mail import mail_due_chats
from careline.flows.end_selling import end_due as end_carts_and_quotes
from careline.flows.end_selling import forget_old_events, forget_old_shop_events
from careline.flows.erase_customer import journal_erasures
from careline.flows.export_rows import forget_exports
from careline.flows.follow_escalation import work_on_escalations
from careline.flows.follow_up import remind_of_follow_ups
from careline.flows.pass_on_approval import work_on_approvals
from careline.flows.publish_article import publish_due
from careline.flows.renew_subscriptions import work_on_subscriptions
from careline.flows.retain import run_due_rules
from careline.flows.send_survey import send_due_surveys
from careline.flows.tell_feedback import tell_feedback
from careline.flows.try_draft import work_on_simulations
from careline.flows.wake_snoozed import earliest_snoozed, wake_snoozed
from careline.flows.work_on_complaints import work_on_complaints
from careline.flows.work_on_service_request import work_on_service_requests
from careline.kit import clock

_AGAIN_AFTER = timedelta(minutes=1)


class Timetable:
    def __init__(self, worker: str, stop: threading.Event) -> None:
        self._worker, self._stop = worker, stop
        self._next: dict[str, datetime] = {}
        self._jobs: dict[str, tuple[timedelta, Callable[[datetime], object]]] = {
            "beat": (timedelta(seconds=10), lambda at: note_beat(self._worker, at=at)),
            "months": (timedelta(hours=6), make_months),
            "seal": (timedelta(minutes=5), lambda at: seal(at=at)),
            "forget": (timedelta(hours=1), lambda at: forget(at=at)),
            "attempts": (timedelta(hours=1), lambda at: forget_attempts(at=at)),
            "sessions": (timedelta(hours=1), lambda at: forget_sessions(at=at)),
            "letters": (timedelta(hours=1), lambda at: forget_letters(at=at)),
            "entries": (timedelta(hours=1), lambda at: forget_entries(at=at)),
            "deputies": (timedelta(0), lambda at: tell_deputies(at=at)),
            "texts": (timedelta(hours=1), lambda at: forget_unreferenced_texts()),
            "bulk": (timedelta(days=1), lambda at: forget_bulk_changes(at=at)),
            "forms": (timedelta(hours=1), lambda at: forget_forms(at=at)),
            "sweep": (timedelta(hours=1), lambda at: sweep(at=at)),
            "retention": (timedelta(0), lambda at: run_due_rules(at=at)),
            "erasures": (timedelta(minutes=5), lambda at: journal_erasures()),
            "articles": (timedelta(0), lambda at: publish_due(at=at)),
            "found": (timedelta(seconds=2), lambda at: index_articles()),
            "searches": (timedelta(hours=1), lambda at: forget_searches(at=at)),
            "exports": (timedelta(hours=1), lambda at: forget_exports(at=at)),
            "promises": (timedelta(0), work_on_promises),
            "escalations": (timedelta(0), lambda at: work_on_escalations(at=at)),
            "approvals": (timedelta(0), lambda at: work_on_approvals(at=at)),
            "complaints": (timedelta(0), lambda at: work_on_complaints(at=at)),
            "surveys": (timedelta(0), lambda at: send_due_surveys(at=at)),
            "follow_ups": (timedelta(0), lambda at: remind_of_follow_ups(at=at)),
            "feedback": (timedelta(0), lambda at: tell_feedback(at=at)),
            "subscriptions": (timedelta(0), lambda at: work_on_subscriptions(at=at)),
            "service_requests": (timedelta(0), lambda at: work_on_service_requests(at=at)),
            "simulations": (timedelta(0), lambda at: work_on_simulations(at=at)),
            "old_simulations": (timedelta(hours=6), lambda at: forget_simulations(at=at)),
            "policy_decisions": (timedelta(hours=1), lambda at: forget_decisions(at=at)),
            "forgotten": (timedelta(minutes=1), call_forgotten),
            "recounts": (timedelta(hours=6), forget_promises),
            "imports": (timedelta(milliseconds=500), work_on_imports),
            "rule_runs": (timedelta(minutes=10), lambda at: forget_runs(at=at)),
            "notices": (timedelta(hours=1), lambda at: forget_notifications(at=at)),
            "selling": (timedelta(0), lambda at: end_carts_and_quotes(at=at)),
            "gateway_events": (timedelta(hours=1), lambda at: forget_old_events(at=at)),
            "shop_events": (timedelta(hours=1), lambda at: forget_old_shop_events(at=at)),
            "chats": (timedelta(0), lambda at: mail_due_chats(at=at)),
            "visitors": (timedelta(hours=1), lambda at: forget_chats(at=at)),
            "loyalty": (timedelta(0), Counts().once),
            "webhooks": (timedelta(minutes=10), lambda at: forget_webhook_deliveries(at=at)),
        }

    def once(self) -> None:
        at = clock.now()
        for name, (every, job) in self._jobs.items():
            if at >= self._next.get(name, at):
                self._next[name] = at + min(every, _AGAIN_AFTER)
                job(at)
                self._next[name] = at + every
        if wake_snoozed(at=at):
            return
        due = earliest_snoozed()
        pause = 1.0 if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(1.0, max(0.02, pause)), stop=self._stop)
