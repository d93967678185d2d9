"""What is no figure is said to be none, on the forms of selling as elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.shop import make_shop
from tests.world import World


@pytest.mark.parametrize("words", ["Infinity %", "NaN%", "1e999999 %", "1e999990 %", "-1e999999", "ten"])
def test_a_discount_that_is_no_figure_is_refused_in_words(world: World, ada: Client, words: str) -> None:
    make_shop(world)
    form = {"do": "change", "discount": words, "currency": "EUR"}
    page = ada.post(f"/conversations/{world.case}/cart", form)
    assert (page.status_code, "Write a discount as 10 %" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("words", ["Infinity", "1e999999", "1e999990", "-inf", "nineteen"])
def test_a_tax_that_is_no_figure_is_refused_in_words(world: World, ada: Client, words: str) -> None:
    page = ada.post("/settings/selling", {"tax_name": "VAT", "tax_rate": words})
    assert (page.status_code, "Write a tax as a number of percent." in page.content.decode()) == (422, True)
