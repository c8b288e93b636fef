"""One colour: the known points of WCAG and CIE, and that a wanted luminance is met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.formats.colour import (
    contrast,
    lightness_of,
    luminance,
    luminance_of_lightness,
    muted,
    with_luminance,
)

_ANY_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("colour", "lightness"),
    [("#000000", 0.0), ("#ffffff", 100.0), ("#777777", 50.03), ("#010101", 0.27), ("#ff0000", 53.24)],
)
def test_lightness_is_that_of_cie(colour: str, lightness: float) -> None:
    assert lightness_of(colour) == pytest.approx(lightness, abs=0.01)


@pytest.mark.parametrize(("lightness", "grey"), [(-20, "#000000"), (0, "#000000"), (50, "#777777"), (130, "#ffffff")])
def test_luminance_of_a_lightness_is_that_of_a_grey(lightness: float, grey: str) -> None:
    assert luminance_of_lightness(lightness) == luminance(grey)


@given(_ANY_COLOUR, st.floats(0, 1))
def test_a_wanted_luminance_is_met_as_near_as_a_screen_can(colour: str, wanted: float) -> None:
    # One step of the lightest channel value is worth at most 0.009 of luminance.
    assert luminance(with_luminance(colour, wanted)) == pytest.approx(wanted, abs=0.005)


@pytest.mark.parametrize(("wanted", "end"), [(0.0, "#000000"), (1.0, "#ffffff")])
def test_the_ends_are_black_and_white(wanted: float, end: str) -> None:
    assert with_luminance("#8c1d18", wanted) == end


@given(_ANY_COLOUR)
def test_muting_by_nothing_changes_nothing_visible(colour: str) -> None:
    same = muted(colour, 1.0)
    assert all(abs(int(colour[at : at + 2], 16) - int(same[at : at + 2], 16)) <= 1 for at in (1, 3, 5))


@given(_ANY_COLOUR)
def test_muting_wholly_gives_a_grey(colour: str) -> None:
    grey = muted(colour, 0.0)
    assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1
