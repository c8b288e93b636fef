"""The sixteen steps of a colour, for light and dark pages, from the one colour that a municipality has.

In: a colour as `#rrggbb`. Out: a `ColourScale` for each of the two. The steps are those of Designsystemet (its command
line tool 1.15): each has a relative luminance (WCAG 2.2, "relative luminance") that does not depend on the colour, so
text stands out on any surface whatever the colour is. Where Designsystemet's own rule would leave the words on a button
below 4.5:1, that step goes the other way. What the sixteen promise: `tests/formats/test_colour_scale.py`.
"""

from dataclasses import dataclass

from outreach.formats.colour import (
    contrast,
    lightness_of,
    luminance_of_lightness,
    muted,
    with_luminance,
)

TEXT_CONTRAST = 4.5
DRAWING_CONTRAST = 3.0
_MUTED_IN_THE_DARK = 0.7


@dataclass(frozen=True)
class ColourScale:
    """Steps of one colour on one kind of page, each as `#rrggbb`; names as in Designsystemet's custom properties."""

    background_default: str
    background_tinted: str
    surface_default: str
    surface_tinted: str
    surface_hover: str
    surface_active: str
    border_subtle: str
    border_default: str
    border_strong: str
    text_subtle: str
    text_default: str
    base_default: str
    base_hover: str
    base_active: str
    base_contrast_subtle: str
    base_contrast_default: str

    @property
    def drawing(self) -> str:
        """Return the step for lines and bars that carry meaning: the colour itself where it is seen on every tint."""
        is_seen = contrast(self.base_default, self.surface_tinted) >= DRAWING_CONTRAST
        return self.base_default if is_seen else self.border_strong

    @property
    def on_drawing(self) -> str:
        """Return what can be read on `drawing`: the sign in a ticked box."""
        return self.base_contrast_default if self.drawing == self.base_default else self.background_default

    @property
    def edge(self) -> str:
        """Return the edge of a filled button: none where the colour itself is seen on the page."""
        is_seen = contrast(self.base_default, self.background_default) >= DRAWING_CONTRAST
        return "transparent" if is_seen else self.border_default


# Relative luminance of each step, on light pages and on dark ones.
_LUMINANCES = {
    "background_default": (1.0, 0.009),
    "background_tinted": (0.9, 0.014),
    "surface_default": (1.0, 0.021),
    "surface_tinted": (0.81, 0.027),
    "surface_hover": (0.7, 0.036),
    "surface_active": (0.59, 0.056),
    "border_subtle": (0.5, 0.08),
    "border_default": (0.19, 0.22),
    "border_strong": (0.11, 0.39),
    "text_subtle": (0.11, 0.39),
    "text_default": (0.0245, 0.84),
}


def light_scale(colour: str) -> ColourScale:
    """Return the steps of `colour` (`#rrggbb`) for light pages; the colour itself is their base."""
    fixed = {step: with_luminance(colour, light) for step, (light, _) in _LUMINANCES.items()}
    return ColourScale(**fixed, **_base_steps(colour, colour.lower(), lightness_of(colour)))


def dark_scale(colour: str) -> ColourScale:
    """Return the steps of `colour` (`#rrggbb`) for dark pages; their base is as light as the colour is dark."""
    quiet = muted(colour, _MUTED_IN_THE_DARK)
    fixed = {step: with_luminance(quiet, dark) for step, (_, dark) in _LUMINANCES.items()}
    lightness = lightness_of(colour)
    lightness = 70 if lightness <= 30 else 100 - lightness
    return ColourScale(**fixed, **_base_steps(colour, _at(colour, lightness), lightness))


def _base_steps(colour: str, base: str, lightness: float) -> dict[str, str]:
    words = _words_on(base)
    return {
        "base_default": base,
        **_pressed(colour, lightness, words),
        "base_contrast_subtle": _subtle_words_on(base, words),
        "base_contrast_default": words,
    }


def _words_on(base: str) -> str:
    return max(("#ffffff", "#000000"), key=lambda words: contrast(base, words))


def _pressed(colour: str, lightness: float, words: str) -> dict[str, str]:
    """Return the steps under a pointer and a finger: two equal steps away, so far that `words` can still be read."""
    step = 8 if lightness <= 30 or 49 <= lightness <= 65 else -8
    for towards in (step, -step):
        hover, active = (_at(colour, lightness + towards * times) for times in (1, 2))
        if min(contrast(words, hover), contrast(words, active)) >= TEXT_CONTRAST:
            break
    return {"base_hover": hover, "base_active": active}


def _subtle_words_on(base: str, words: str) -> str:
    lightness = lightness_of(base)
    distance = 60 if lightness <= 40 or lightness >= 60 else 50
    subtle = _at(base, lightness + (distance if words == "#ffffff" else -distance))
    return subtle if contrast(subtle, base) >= TEXT_CONTRAST else words


def _at(colour: str, lightness: float) -> str:
    return with_luminance(colour, luminance_of_lightness(lightness))
