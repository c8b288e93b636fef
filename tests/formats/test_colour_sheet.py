"""The colour as a style sheet: every step under the theme's own name, in the theme's own layers."""

import re
from dataclasses import fields
from xml.etree import ElementTree as ET

from outreach.formats.colour_scale import ColourScale, dark_scale, light_scale
from outreach.formats.colour_sheet import mark_svg, style_sheet


def test_says_each_step_for_light_and_dark_pages() -> None:
    light, dark = style_sheet("#8c1d18").splitlines()
    assert light.startswith('@layer ds.theme.color-scheme.light{:root,[data-color-scheme="light"]{')
    assert dark.startswith('@layer ds.theme.color-scheme.dark{[data-color-scheme="dark"]{')
    for line, scale in ((light, light_scale("#8c1d18")), (dark, dark_scale("#8c1d18"))):
        said = dict(re.findall(r"--ds-color-accent-([a-z-]+):(#\w{6})", line))
        assert said == {field.name.replace("_", "-"): getattr(scale, field.name) for field in fields(ColourScale)}
        assert line.count("{") == line.count("}")


def test_says_our_own_properties_too() -> None:
    sheet = style_sheet("#ffd000")
    pale = light_scale("#ffd000")
    assert f"--drawing:{pale.drawing};--on-drawing:{pale.on_drawing};--edge:{pale.edge}" in sheet


def test_mark_is_a_drawing_in_the_colour() -> None:
    assert ET.fromstring(mark_svg("#8c1d18"))[0].get("fill") == "#8c1d18"
