"""The municipality's colour as files: a style sheet for every page, and the mark where no logo is set. Pure.

The sheet says the theme's own custom properties again, in the theme's own layers, so it wins by coming later. Three
properties are ours: `--drawing` (with `--on-drawing`) for lines, bars and ticks that carry meaning, `--edge` for the
edge of a filled button.
"""

from dataclasses import asdict

from outreach.formats.colour_scale import ColourScale, dark_scale, light_scale

_LIGHT = '@layer ds.theme.color-scheme.light{:root,[data-color-scheme="light"]{%s}}'
_DARK = '@layer ds.theme.color-scheme.dark{[data-color-scheme="dark"]{%s}}'
# Two circles that meet.
MARK_PATH = (
    "M14 6a12 12 0 1 0 4 23.3A12 12 0 1 0 22 6a12 12 0 0 0-4 .7A12 12 0 0 0 14 6Z"
    "m4 3.8a9 9 0 0 1 0 16.4 9 9 0 0 1 0-16.4Z"
)


def style_sheet(colour: str) -> str:
    """Return the style sheet that gives pages the steps of `colour` (`#rrggbb`)."""
    return _LIGHT % _properties(light_scale(colour)) + "\n" + _DARK % _properties(dark_scale(colour)) + "\n"


def mark_svg(colour: str) -> str:
    """Return the mark as a drawing, 36 by 36 units, filled with `colour` (`#rrggbb`)."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><path fill="{colour}" d="{MARK_PATH}"/></svg>'


def _properties(scale: ColourScale) -> str:
    steps = [f"--ds-color-accent-{step.replace('_', '-')}:{value}" for step, value in asdict(scale).items()]
    ours = [f"--drawing:{scale.drawing}", f"--on-drawing:{scale.on_drawing}", f"--edge:{scale.edge}"]
    return ";".join([*steps, *ours])
