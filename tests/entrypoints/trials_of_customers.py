"""How the rows of docs/permissions.csv about customers are tried, and whom their addresses name."""

from __future__ import annotations

from typing import Any

from careline.domain.customers import commands as customers
from careline.domain.customers.commands import imports
from careline.domain.customers.commands.fields import define_field
from careline.domain.customers.commands.segments import save_segment
from careline.domain.history.actor import SYSTEM
from careline.flows.import_customers import upload_import
from careline.flows.merge_customers import merge_customers
from careline.kit.typed_fields import Definition
from tests.world import NOON, World


def customer_keys(world: World) -> dict[str, int]:
    """Dora is nobody's customer yet; Emil was merged into Carol."""
    dora, emil = (customers.add(name=name, by=SYSTEM, at=NOON).pk for name in ("Dora", "Emil"))
    merge = merge_customers(world.person(world.ada), world.carol, merged=emil, by=SYSTEM, at=NOON)
    field = define_field("customer", definition=Definition("size", "Size"), is_listed=False, by=SYSTEM, at=NOON)
    return {
        "dora": dora, "customer_merge": merge, "customer_field": field.pk, "company": customers.add_organisation("Bells", by=SYSTEM, at=NOON).pk,
        "sheet": _sheet(world), "checked": _sheet(world, "checked"), "imported": _sheet(world, "checked", "running", "done"),
        "segment": save_segment(None, name="All of the trials", wanted={}, by=SYSTEM, at=NOON),
    }  # fmt: skip


def _sheet(world: World, *states: str) -> int:
    """An uploaded sheet, moved on through these states."""
    key = upload_import(
        world.person(world.ada), b"Name,Mail\nDora,dora@example.org\n", name="a.csv", by=SYSTEM, at=NOON
    )
    for state in states:
        imports.move_on(key, state=state, due=False, by=SYSTEM, at=NOON)
    return key


CUSTOMER_TRIALS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.change_customer.change_customer", "customer:write"): (
        "customer",
        ("PATCH", "/customers/{carol}", {"notes": "Kind"}),
        ("PUT", "/customers/{carol}/notes", {"notes": "Kind"}),
    ),
    ("flows.merge_customers.merge_customers", "customer:merge"): (
        "customer",
        None,
        ("POST", "/customers/{carol}/merges", {"other": "{dora}"}),
    ),
    ("flows.merge_customers.keep_apart", "customer:merge"): (
        "customer",
        None,
        ("POST", "/customers/{carol}/distinctions", {"other": "{dora}"}),
    ),
    ("flows.unmerge_customers.unmerge_customers", "customer:merge"): (
        "customer",
        ("DELETE", "/customers/{carol}/merges/{customer_merge}", None),
        ("POST", "/customers/{carol}/merges/{customer_merge}", {}),
    ),
    ("desk.customer_card.likely_pairs", "customer:merge"): (
        "house",
        ("GET", "/customer-duplicates", None),
        ("GET", "/customers/duplicates", None),
    ),
    ("desk.companies.companies_page", "customer:read"): (
        "house",
        ("GET", "/organisations", None),
        ("GET", "/companies", None),
    ),
    ("flows.change_company.add_company", "customer:write"): (
        "house",
        ("POST", "/organisations", {"name": "Bells & Co"}),
        ("POST", "/companies/new", {"name": "Bells & Co"}),
    ),
    ("flows.change_company.change_company", "customer:write"): (
        "house",
        ("PATCH", "/organisations/{company}", {"name": "Bells & Co"}),
        ("POST", "/companies/{company}", {"name": "Bells & Co"}),
    ),
    ("flows.change_customer_field.add_customer_field", "customer:fields"): (
        "house",
        ("POST", "/customer-fields", {"name": "Frame"}),
        ("POST", "/settings/customer-fields", {"name": "Frame", "kind": "text", "of": "customer"}),
    ),
    ("flows.change_customer_field.change_customer_field", "customer:fields"): (
        "house",
        ("PATCH", "/customer-fields/{customer_field}", {"name": "Frame"}),
        ("POST", "/settings/customer-fields/{customer_field}", {"name": "Frame"}),
    ),
    ("flows.change_customer_field.archive_customer_field", "customer:fields"): (
        "house",
        ("DELETE", "/customer-fields/{customer_field}", None),
        ("POST", "/settings/customer-fields/{customer_field}", {"then": "archive"}),
    ),
    ("flows.customer_segment.save_segment", "customer:segment"): (
        "house",
        ("POST", "/segments", {"name": "News", "filter": {"consent": "news"}}),
        ("POST", "/segments", {"name": "News", "filter": '{{"consent": "news"}}'}),
    ),
    ("flows.customer_segment.drop_segment", "customer:segment"): (
        "house",
        ("DELETE", "/segments/{segment}", None),
        ("POST", "/segments/{segment}", {"then": "drop"}),
    ),
    ("flows.import_customers.upload_import", "customer:import"): (
        "house",
        ("POST", "/customer-imports?name=a.csv", b"Name,Mail\nDora,dora@example.org\n"),
        None,
    ),
    ("flows.import_customers.map_import", "customer:import"): (
        "house",
        ("PATCH", "/customer-imports/{sheet}", {"mapping": ["name", "email"]}),
        ("POST", "/customer-imports/{sheet}", {"then": "check", "column_0": "name", "column_1": "email"}),
    ),
    ("flows.import_customers.start_import", "customer:import"): (
        "house",
        ("POST", "/customer-imports/{checked}/steps", {"step": "start"}),
        ("POST", "/customer-imports/{checked}/step", {"then": "start"}),
    ),
    ("flows.import_customers.cancel_import", "customer:import"): (
        "house",
        ("POST", "/customer-imports/{checked}/steps", {"step": "cancel"}),
        ("POST", "/customer-imports/{checked}/step", {"then": "cancel"}),
    ),
    ("flows.import_customers.undo_import", "customer:import"): (
        "house",
        ("POST", "/customer-imports/{imported}/steps", {"step": "undo"}),
        ("POST", "/customer-imports/{imported}/step", {"then": "undo"}),
    ),
    ("flows.export_customers.export_customers", "customer:export"): (
        "house",
        ("GET", "/customer-exports", None),
        ("GET", "/customers/export?format=csv", None),
    ),
    ("flows.export_customers.refused_rows", "customer:import"): (
        "house",
        ("GET", "/customer-imports/{sheet}/rows", None),
        ("GET", "/customer-imports/{sheet}/refused", None),
    ),
}
