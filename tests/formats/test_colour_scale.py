"""The sixteen steps: the same as the built theme's for its own colours, and readable for any colour at all."""

import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.formats.colour import contrast
from outreach.formats.colour_scale import DRAWING_CONTRAST, TEXT_CONTRAST, ColourScale, dark_scale, light_scale

_THEME = Path(__file__).parents[2] / "static" / "vendor" / "designsystemet" / "designsystemet.css"
_THEME_COLOURS = {
    "accent": "#123e8c",
    "brand1": "#0f5f53",
    "brand2": "#b3541e",
    "neutral": "#1b2432",
    "info": "#0A71C0",
    "success": "#068718",
    "warning": "#EA9B1B",
    "danger": "#C01B1B",
}
_SCALES = {"light": light_scale, "dark": dark_scale}
_ANY_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
_ANY_SCALE = st.builds(lambda make, colour: make(colour), st.sampled_from([light_scale, dark_scale]), _ANY_COLOUR)


def _theme_values(scheme: str, name: str) -> dict[str, str]:
    block = _THEME.read_text(encoding="utf-8").split(f"@layer ds.theme.color-scheme.{scheme}{{")[1]
    found = re.findall(rf"--ds-color-{name}-([a-z-]+): (#\w{{6}});", block.split("color-scheme:")[0])
    return {step.replace("-", "_"): value.lower() for step, value in found}


@pytest.mark.parametrize("scheme", _SCALES)
@pytest.mark.parametrize("name", _THEME_COLOURS)
def test_gives_the_built_themes_values_to_the_digit(scheme: str, name: str) -> None:
    expected = _theme_values(scheme, name)
    assert len(expected) == 16
    assert asdict(_SCALES[scheme](_THEME_COLOURS[name])) == expected


@given(_ANY_SCALE)
def test_text_can_be_read_on_every_surface(scale: ColourScale) -> None:
    grounds = [
        scale.background_default,
        scale.background_tinted,
        scale.surface_default,
        scale.surface_tinted,
        scale.surface_hover,
    ]
    assert min(contrast(scale.text_default, ground) for ground in [*grounds, scale.surface_active]) >= TEXT_CONTRAST
    assert min(contrast(scale.text_subtle, ground) for ground in grounds) >= TEXT_CONTRAST


@given(_ANY_SCALE)
@example(light_scale("#767676"))
@example(light_scale("#757575"))
def test_words_can_be_read_on_a_filled_button_also_while_it_is_pressed(scale: ColourScale) -> None:
    for ground in (scale.base_default, scale.base_hover, scale.base_active):
        assert contrast(scale.base_contrast_default, ground) >= TEXT_CONTRAST
    assert contrast(scale.base_contrast_subtle, scale.base_default) >= TEXT_CONTRAST


@given(_ANY_SCALE)
def test_lines_and_bars_that_carry_meaning_are_seen(scale: ColourScale) -> None:
    grounds = (scale.background_default, scale.background_tinted, scale.surface_tinted)
    assert min(contrast(scale.drawing, ground) for ground in grounds) >= DRAWING_CONTRAST
    assert contrast(scale.on_drawing, scale.drawing) >= TEXT_CONTRAST
    edge = scale.base_default if scale.edge == "transparent" else scale.edge
    assert contrast(edge, scale.background_default) >= DRAWING_CONTRAST


@given(_ANY_COLOUR)
def test_the_colour_itself_is_the_base_on_light_pages(colour: str) -> None:
    assert light_scale(colour).base_default == colour


@pytest.mark.parametrize(
    ("colour", "drawing", "edge"),
    [
        ("#123e8c", "#123e8c", "transparent"),
        ("#8c1d18", "#8c1d18", "transparent"),
        ("#ffd000", light_scale("#ffd000").border_strong, light_scale("#ffd000").border_default),
    ],
)
def test_a_colour_too_pale_for_lines_lends_them_a_darker_step(colour: str, drawing: str, edge: str) -> None:
    assert (light_scale(colour).drawing, light_scale(colour).edge) == (drawing, edge)


@pytest.mark.parametrize("make", [light_scale, dark_scale])
@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff"])
def test_the_ends_of_the_range_have_steps_too(make: Callable[[str], ColourScale], colour: str) -> None:
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for value in asdict(make(colour)).values())
