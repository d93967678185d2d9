"""What cases are made of: the company's own statuses, topics and fields."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.conversations.commands.fields import NewField, add_field, add_topic, change_field, change_topic
from careline.domain.conversations.commands.statuses import add_status, change_status
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.structure import all_statuses, case_fields, topics
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.case_parts import (
    CaseField,
    CaseFieldChange,
    CaseStatus,
    FieldChoice,
    NewCaseField,
    NewStatus,
    NewTopic,
    StatusChange,
    Topic,
    TopicChange,
)
from careline.entrypoints.api.shapes.parts import Page, PageQuery

VERB = "case_settings:manage"


@route("GET", "/statuses", query=PageQuery, answer=Page[CaseStatus])
def statuses(call: Call) -> Any:
    """The statuses in their order, those out of use last."""
    return short_page_of([_status(row) for row in all_statuses()], call.query)


@route("POST", "/statuses", body=NewStatus, answer=CaseStatus, status=201)
def new_status(call: Call) -> Any:
    """A new status in one of the three categories."""
    require(call.person, VERB)
    code = add_status(call.body.name, category=call.body.category, by=call.by, at=call.at)
    made = next(row for row in all_statuses() if row.code == code)
    return Created(f"/statuses/{made.id}", _status(made))


@route("PATCH", "/statuses/{id}", body=StatusChange, answer=CaseStatus)
def changed_status(call: Call) -> Any:
    """Another name or place; out of use, or in use again."""
    require(call.person, VERB)
    given = call.body
    code = _found(all_statuses(), call).code
    change_status(code, name=_or_none(given.name), retired=_or_none(given.is_retired), position=_or_none(given.position), by=call.by,
                  at=call.at)  # fmt: skip
    return _status(_found(all_statuses(), call))


@route("GET", "/topics", query=PageQuery, answer=Page[Topic])
def all_topics(call: Call) -> Any:
    """What cases are about: parents before their children."""
    return short_page_of([_topic(row) for row in topics()], call.query)


@route("POST", "/topics", body=NewTopic, answer=Topic, status=201)
def new_topic(call: Call) -> Any:
    """A new topic, also below another one."""
    require(call.person, VERB)
    parent = int(call.body.parent_id) if call.body.parent_id else None
    key = add_topic(call.body.name, parent=parent, by=call.by, at=call.at)
    return Created(f"/topics/{key}", _topic(next(row for row in topics() if row.id == key)))


@route("PATCH", "/topics/{id}", body=TopicChange, answer=Topic)
def changed_topic(call: Call) -> Any:
    """Another name; out of use, or in use again."""
    require(call.person, VERB)
    _found(topics(), call)
    change_topic(call.id, name=_or_none(call.body.name), retired=_or_none(call.body.is_retired), by=call.by, at=call.at)
    return _topic(_found(topics(), call))


@route("GET", "/fields", query=PageQuery, answer=Page[CaseField])
def fields(call: Call) -> Any:
    """The company's own fields on cases."""
    return short_page_of([_field(row) for row in case_fields()], call.query)


@route("POST", "/fields", body=NewCaseField, answer=CaseField, status=201)
def new_field(call: Call) -> Any:
    """A new field; its kind stays for good."""
    require(call.person, VERB)
    given = call.body
    new = NewField(
        given.name, given.kind, code=given.code, choices=[(one.code, one.name) for one in given.choices],
        topics=[int(key) for key in given.topic_ids], is_needed_to_resolve=given.is_needed_to_resolve,
    )  # fmt: skip
    code = add_field(new, by=call.by, at=call.at)
    made = next(row for row in case_fields() if row.code == code)
    return Created(f"/fields/{made.id}", _field(made))


@route("PATCH", "/fields/{id}", body=CaseFieldChange, answer=CaseField)
def changed_field(call: Call) -> Any:
    """Another name, other topics, needed or not, out of use or in use again."""
    require(call.person, VERB)
    given = call.body
    topic_ids = None if given.topic_ids is UNSET else [int(key) for key in given.topic_ids]
    change_field(
        _found(case_fields(), call).code, name=_or_none(given.name), topics=topic_ids, retired=_or_none(given.is_retired),
        is_needed_to_resolve=_or_none(given.is_needed_to_resolve), by=call.by, at=call.at,
    )  # fmt: skip
    return _field(_found(case_fields(), call))


def _found(rows: list[Any], call: Call) -> Any:
    for row in rows:
        if row.id == call.id:
            return row
    raise NotFound(f"There is nothing with the id {call.id} here.")


def _or_none(value: Any) -> Any:
    return None if value is UNSET else value


def _status(row: Any) -> CaseStatus:
    return CaseStatus(str(row.id), row.code, row.name, row.category, row.retired_at is not None)


def _topic(row: Any) -> Topic:
    return Topic(str(row.id), str(row.parent_id) if row.parent_id else None, row.name, row.retired_at is not None)


def _field(row: Any) -> CaseField:
    choices = [FieldChoice(one["name"], one["code"]) for one in row.choices]
    return CaseField(
        str(row.id), row.code, row.name, row.kind, choices, [str(key) for key in row.topic_ids], row.is_needed_to_resolve,
        row.retired_at is not None,
    )  # fmt: skip
