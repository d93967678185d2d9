"""One act on an order: what is wanted, what it will do, then done; on the case whose customer is identified."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.approvals.queries.policies import book_at
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import variants_among
from careline.domain.orders.queries.orders import lines_of, methods_of
from careline.domain.orders.queries.products import variants_of_products
from careline.entrypoints.web.orders.doing import ACTS, Asked, Told
from careline.entrypoints.web.orders.listing import order_row
from careline.entrypoints.web.orders.shown import acts_of, line_shown
from careline.entrypoints.web.orders.words import method_words, money_words, options_words, plan_words, waiting_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.identify import NotTheirs
from careline.flows.note_refusal import note_refusal

ADDRESS = ("name", "street", "street2", "postcode", "city", "region", "country")


@dataclass(slots=True)
class _Shown:
    error: str = ""
    code: str = ""
    told: Told | None = None
    names: dict[int, str] = field(default_factory=dict)


def form(visit: Visit, order: str, act: str) -> HttpResponse:
    return _page(visit, order, act, _Shown())


def acted(visit: Visit, order: str, act: str) -> HttpResponse:
    """Shown first; done where they say so, on the version that they saw."""
    if act not in ACTS:
        raise NotFound(f"There is no act {act[:40]}.")
    row = order_for(visit.person, order)
    try:
        told = ACTS[act].act(visit, order, _asked(visit, row), is_trying="do" not in visit.form)
    except Refused as refusal:
        if isinstance(refusal, NotTheirs) and "do" in visit.form:
            note_refusal(refusal, by=visit.by, at=visit.at)
        return _page(visit, order, act, _Shown(said(refusal), getattr(refusal, "code", "")), status=422)
    if told.then:
        return HttpResponseRedirect(told.then)
    return _page(visit, order, act, _Shown(told=told))


def _page(visit: Visit, order: str, act: str, shown: _Shown, *, status: int = 200) -> HttpResponse:
    row = order_for(visit.person, order)
    known = {one["code"]: one for one in acts_of(row, visit)}
    if act not in ACTS or (act not in known and not shown.error):
        raise NotFound(f"There is no act {act[:40]}.")
    wants = ACTS[act].wants
    lines = [line for line in lines_of([row.id]) if line.kind == "item" or ("shipping" in wants and line.due)]
    form = visit.form if visit.request.method == "POST" else visit.asked
    choices = _choices([line.product_id for line in lines if line.product_id], visit) if "variants" in wants else {}
    methods = methods_of(everybody_in(row.owner_id))
    title = known[act]["name"] if act in known else _("Order")
    return page(
        visit, "orders/act", "orders", f"{title}: {row.number}", status=status, heading=title, act=act, wants=wants, error=shown.error,
        needs_identity=shown.code == "not_identified", case=form.get("case", ""), order=order_row(row, visit),
        version=whole_number(form.get("version")) if shown.error and shown.code != "order_changed" else row.version,
        lines=[_line(line, row.currency, choices, form, visit) for line in lines], reason=form.get("reason", ""),
        amount=form.get("amount", ""), currency=row.currency, method=form.get("method", ""), address=_address(row, form),
        methods=[(str(one.id), method_words(one, visit)) for one in methods],
        plan=_plan(shown.told, lines, methods, visit) if shown.told else None, given=_given(form) if shown.told else [],
        reasons=book_at(visit.at).reasons() if "reason" in wants else [],
    )  # fmt: skip


def _asked(visit: Visit, row: Any) -> Asked:
    form = visit.form
    case = whole_number(form.get("case"))
    if case is None:
        raise OrderRefused("case_missing", _("Say on which case it is agreed: its number."))
    units: dict[int, int] = {}
    variants: dict[int, int] = {}
    for name in form:
        kind, _dash, key = name.partition("-")
        line, value = whole_number(key), whole_number(form.get(name))
        if line is not None and value:
            (units if kind == "units" else variants if kind == "variant" else {})[line] = value
    return Asked(
        case, row, units, variants, form.get("method", "").strip(), form.get("reason", "").strip()[:2000], form.get("amount", "").strip(),
        whole_number(form.get("version")), {name: form.get(name, "") for name in ADDRESS},
    )  # fmt: skip


def _choices(products: list[int], visit: Visit) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for row in variants_of_products(products):
        words = f"{options_words(row.options) or row.sku} · {money_words(row.price, row.currency, visit)}"
        found.setdefault(row.product_id, []).append((row.id, words))
    return found


def _line(line: Any, currency: str, choices: dict[int, Any], form: Any, visit: Visit) -> dict[str, Any]:
    shown = line_shown(line, currency, visit)
    variants = [one for one in choices.get(line.product_id, ()) if one[0] != line.variant_id]
    return shown | {
        "units": form.get(f"units-{line.id}", ""), "variant": form.get(f"variant-{line.id}", ""), "variants": variants,
        "worth": money_words(line.due - line.credited, currency, visit),
    }  # fmt: skip


def _address(row: Any, form: Any) -> list[tuple[str, str, str]]:
    names = {
        "name": _("Name"), "street": _("Street"), "street2": _("More of the street"), "postcode": _("Postcode"), "city": _("City"),
        "region": _("Region"), "country": _("Country"),
    }  # fmt: skip
    return [(name, names[name], form.get(name, row.address.get(name, ""))) for name in ADDRESS]


def _plan(told: Told, lines: list[Any], methods: list[Any], visit: Visit) -> dict[str, Any]:
    names = {one.id: method_words(one, visit, with_balance=False) for one in methods}
    known = {line.variant_id: f"{line.name} {options_words(line.options)}".strip() for line in lines if line.variant_id}
    stock = told.plan.stock if told.plan else {}
    for key, one in variants_among(set(stock) - set(known)).items():
        known[key] = f"{one.name} {options_words(dict(one.options))}".strip()
    sentences = plan_words(told.plan, names, known, visit) if told.plan else []
    return {"sentences": sentences + told.more, "waits": waiting_words(told.waits) if told.waits else None}


def _given(form: Any) -> list[tuple[str, str]]:
    """Exactly what was looked at: this is done, whatever is typed beside it afterwards."""
    return [(name, value) for name, value in form.items() if name not in ("csrfmiddlewaretoken", "version", "do")]
