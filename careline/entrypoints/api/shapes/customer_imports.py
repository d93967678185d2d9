"""Sheets of customers on their way in, and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.customers import CustomerQuery


class CustomerImport(Struct):
    """`state`: uploaded, reading, checking, checked, running, done, cancelled, failed, undoing, undone. `mapping` by column."""

    id: str
    name: str
    format: str
    encoding: str
    delimiter: str
    headings: list[str]
    mapping: list[str]
    is_updating: bool
    state: str
    total: int
    position: int
    counts: dict[str, int]
    error: str
    created_at: datetime
    finished_at: datetime | None


class ImportUploadQuery(Struct):
    name: Annotated[str, Meta(max_length=200, examples=["customers.csv"])] = "customers.csv"


class CustomerImportChange(Struct):
    """A mapping begins the dry run. It says for each column what it holds, "" for nothing: name, first_name, last_name, email,
    phone, company, language, time_zone, note, good_to_know, address:KIND, field:CODE, consent:PURPOSE."""

    mapping: (
        Annotated[
            list[Annotated[str, Meta(max_length=60)]], Meta(max_length=200, examples=[["name", "email", "", "company"]])
        ]
        | UnsetType
    ) = UNSET
    is_updating: bool = True
    encoding: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    delimiter: Annotated[str, Meta(max_length=1)] | UnsetType = UNSET


class ImportStep(Struct):
    """start: what the dry run showed; cancel: stop it; undo: take back what came in."""

    step: Literal["start", "cancel", "undo"]


class ImportRowQuery(Struct):
    outcome: Literal["new", "changed", "same", "refused", "undone", "kept"] = "refused"
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: Annotated[str, Meta(max_length=200)] | None = None


class ImportRow(Struct):
    """`number` counts from the first row under the headings."""

    number: int
    cells: list[str]
    outcome: str
    reason: str
    customer: str | None


class CustomerExportQuery(CustomerQuery):
    format: Literal["csv", "xlsx"] = "csv"
