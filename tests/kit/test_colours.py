"""A colour somebody likes is made readable, whatever it is."""

import pytest

from careline.kit.colours import DARK_GROUND, ENOUGH, LIGHT_GROUND, contrast, is_colour, shades_of


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffe100", "#7f7f7f", "#3355d1", "#ff0000", "#00ff00"])
def test_every_shade_can_be_read_where_it_is_used(colour: str) -> None:
    shades = shades_of(colour)
    pairs = ((shades.on_light, LIGHT_GROUND), (shades.on_dark, DARK_GROUND), (shades.fill, shades.on_fill))
    assert [contrast(*pair) >= ENOUGH for pair in pairs] == [True] * 3
    assert shades.fill == colour


def test_a_colour_that_can_be_read_already_stays_as_it_is() -> None:
    assert shades_of("#3355d1").on_light == "#3355d1"


def test_contrast_is_as_wcag_defines_it() -> None:
    assert (round(contrast("#000000", "#ffffff"), 2), round(contrast("#777777", "#ffffff"), 2)) == (21.0, 4.48)


def test_a_colour_is_six_digits_after_a_hash() -> None:
    assert [is_colour(word) for word in ("#a0b1c2", "#A0B1C2", "a0b1c2", "#a0b1c", "#a0b1c2\n", "red")] == [True] + [
        False
    ] * 5
