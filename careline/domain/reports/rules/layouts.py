"""Which reports there are: what each is split by, and which measures it shows."""

from __future__ import annotations

from dataclasses import dataclass

from careline.domain.reports.rules.measures import MEASURES, gettext_noop

MAIN = ("opened", "resolved", "first_response", "resolution", "kept", "satisfied")


@dataclass(frozen=True, slots=True)
class Layout:
    """`dim`: a row for each value of it. `measures`: the columns of its table; `main` come first, as large numbers above it."""

    key: str
    name: str
    dim: str
    measures: tuple[str, ...]
    main: tuple[str, ...] = MAIN


LAYOUTS: dict[str, Layout] = {one.key: one for one in (
    Layout("overview", gettext_noop("Overview"), "topic", ("opened", "resolved", "first_response", "resolution", "reopened", "satisfied"),
           tuple(MEASURES)),
    Layout("teams", gettext_noop("Teams"), "team",
           ("opened", "resolved", "first_response", "resolution", "first_contact", "reopened", "kept", "satisfied", "transfers")),
    Layout("agents", gettext_noop("People"), "agent",
           ("resolved", "first_response", "response", "resolution", "first_contact", "reopened", "satisfied", "replies", "handle_time")),
    Layout("channels", gettext_noop("Channels"), "channel",
           ("opened", "resolved", "first_response", "resolution", "first_contact", "reopened", "kept", "satisfied")),
    Layout("topics", gettext_noop("Topics"), "topic",
           ("opened", "resolved", "first_response", "resolution", "first_contact", "reopened", "transfers", "satisfied")),
    Layout("products", gettext_noop("Products"), "product",
           ("opened", "resolved", "resolution", "first_contact", "reopened", "satisfied")),
    Layout("customers", gettext_noop("Customers"), "customer",
           ("opened", "resolved", "first_response", "resolution", "reopened", "satisfied")),
    Layout("companies", gettext_noop("Companies"), "company",
           ("opened", "resolved", "first_response", "resolution", "reopened", "kept", "satisfied")),
    Layout("promises", gettext_noop("Promises"), "team",
           ("answer_kept", "resolution_kept", "kept", "first_response", "resolution"), ("answer_kept", "resolution_kept", "kept")),
    Layout("voices", gettext_noop("Satisfaction"), "team",
           ("satisfied", "nps", "ease", "survey_answered", "resolved"), ("satisfied", "nps", "ease", "survey_answered")),
    Layout("brands", gettext_noop("Brands"), "brand", ("opened", "resolved", "first_response", "resolution", "reopened", "kept", "satisfied")),
    Layout("languages", gettext_noop("Languages"), "language", ("opened", "resolved", "first_response", "resolution", "satisfied")),
    Layout("priorities", gettext_noop("Priorities"), "priority", ("opened", "resolved", "first_response", "resolution", "kept")),
)}  # fmt: skip
NOUNS = {
    "topic": gettext_noop("Topic"), "team": gettext_noop("Team"), "agent": gettext_noop("Person"), "channel": gettext_noop("Channel"),
    "product": gettext_noop("Product"), "customer": gettext_noop("Customer"), "company": gettext_noop("Company"),
    "brand": gettext_noop("Brand"), "language": gettext_noop("Language"), "priority": gettext_noop("Priority"),
    "form": gettext_noop("Form"), "kind": gettext_noop("Kind of channel"),
}  # fmt: skip
"""What a value of each dimension is called."""
