"""What stands in a field of a customer or a company, as the reader writes days, figures, yes and no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careline.entrypoints.web.words import day_text
from careline.kit.typed_fields import Definition, shown


def value_text(definition: Definition, value: Any) -> str:
    """Of what no longer fits its field, what is kept."""
    if definition.kind == "yes_no" and isinstance(value, bool):
        return _("Yes") if value else _("No")
    if definition.kind == "number" and isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            return str(format_decimal(Decimal(str(value)), locale=get_language() or "en"))
        except ArithmeticError:
            return shown(definition, value)
    if definition.kind == "date" and isinstance(value, str):
        try:
            return day_text(date.fromisoformat(value))
        except ValueError:
            return shown(definition, value)
    return shown(definition, value)
