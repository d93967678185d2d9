"""The written report on common issues, and its letters."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from msgspec import structs

from careline.domain.calendars.rules.schedule import FIRST_YEAR, LAST_YEAR
from careline.domain.reports.queries.reach import VERB as READS
from careline.domain.reports.queries.sendings import sending_by_id, sendings
from careline.domain.reports.queries.summary import Example, Reason
from careline.domain.reports.rules.periods import ended_before
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import written_reports as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.export_rows import language_of, zone_of
from careline.flows.send_report import VERB as SENDS
from careline.flows.send_report import SendingForm, drop_sending, keep_sending
from careline.flows.write_report import name_of, write_report


@route("GET", "/issue-reports", query=shapes.IssueReportQuery, answer=shapes.IssueReport)
def issue_report(call: Call) -> Any:
    """Why people wrote in a week or month, what changed, and what would help, in words and counts; of the cases that you see."""
    require(call.person, READS)
    asked = call.query
    on = asked.on or ended_before(asked.every, call.at.astimezone(zone_of(call.person)).date()).begins
    if not FIRST_YEAR < on.year <= LAST_YEAR:
        raise Wrong(("on", f"A period lies between {FIRST_YEAR + 1} and {LAST_YEAR}."))
    with translation.override(language_of(call.person)):
        report = write_report(call.person, every=asked.every, on=on)
        found = report.issues
        issues = ([_issue(one) for one in part] for part in (found.reasons, found.products, found.problems))
        return shapes.IssueReport(
            report.title, found.period.begins, found.period.ends, found.before.begins, found.total.now, found.total.before,
            found.total.judgement, found.untold, [_section(one) for one in report.sections], *issues,
        )  # fmt: skip


@route("GET", "/report-sendings", query=PageQuery, answer=Page[shapes.ReportSending])
def report_sendings(call: Call) -> Any:
    """To whom the report goes, and what became of the last letters."""
    require(call.person, SENDS)
    return short_page_of([_sending(row) for row in sendings()], call.query)


@route("POST", "/report-sendings", body=shapes.NewReportSending, answer=shapes.ReportSending, status=201)
def new_report_sending(call: Call) -> Any:
    """From now on it goes by mail to these people, each in their own language."""
    given = structs.asdict(call.body)
    people = tuple(int(key) for key in given.pop("people"))
    key = keep_sending(call.person, SendingForm(agent_ids=people, **given), by=call.by, at=call.at)
    return Created(f"/report-sendings/{key}", _sending(sending_by_id(key)))


@route("DELETE", "/report-sendings/{id}", status=204)
def dropped_report_sending(call: Call) -> Any:
    """It goes to nobody any more."""
    drop_sending(call.person, call.id, by=call.by, at=call.at)


def _section(one: Any) -> shapes.ReportSection:
    lines = [shapes.ReportLine(item.text, [_example(example) for example in item.examples]) for item in one.items]
    return shapes.ReportSection(one.heading, list(one.paragraphs), lines)


def _issue(one: Reason) -> shapes.Issue:
    change = one.change
    return shapes.Issue(
        str(one.key), name_of(one), change.now, change.before, round(change.chance, 6), change.judgement, one.reopened,
        [_example(example) for example in one.examples],
    )  # fmt: skip


def _example(one: Example) -> shapes.IssueExample:
    return shapes.IssueExample(one.number, one.subject)


def _sending(row: Any) -> shapes.ReportSending:
    return shapes.ReportSending(
        str(row.id), row.name, row.every, row.minute, row.is_active, [Named(one["id"], one["name"]) for one in row.people], row.due_at,
        [shapes.SentLetter(one["name"], one["begins_on"], one["state"], one["words"]) for one in row.letters],
    )  # fmt: skip
