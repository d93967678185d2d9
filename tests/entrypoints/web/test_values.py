"""Fields of customers as their reader writes days, figures, yes and no."""

from typing import Any

import pytest
from django.utils import translation

from careline.entrypoints.web.customers.values import value_text
from careline.kit.typed_fields import Choice, Definition


@pytest.mark.parametrize(
    ("kind", "value", "english", "german"),
    [
        ("date", "2026-03-05", "5 Mar 2026", "5. M\u00e4rz 2026"), ("number", "1234.5", "1,234.5", "1.234,5"), ("yes_no", True, "Yes", "Ja"),
        ("yes_no", False, "No", "Nein"), ("date", "soon", "soon", "soon"), ("number", "many", "many", "many"), ("choice", "s", "Small", "Small"),
        ("text", "1234.5", "1234.5", "1234.5"), ("date", None, "", ""),
    ],
)  # fmt: skip
def test_a_field_reads_as_its_reader_writes(kind: Any, value: Any, english: str, german: str) -> None:
    definition = Definition("field", "Field", kind, choices=(Choice("s", "Small"),))
    seen = {}
    for language in ("en", "de"):
        with translation.override(language):
            seen[language] = value_text(definition, value)
    assert seen == {"en": english, "de": german}
