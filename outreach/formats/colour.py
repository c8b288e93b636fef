"""What can be asked of one colour, given as `#rrggbb`: how light it is, and the same colour lighter, darker or muted.

Sources: WCAG 2.2 (relative luminance and contrast ratio), CIE 1976 (L*), and the Oklab colour space (B. Ottosson,
2020). Lightness is L*, 0 (black) to 100 (white); luminance is 0 to 1.
"""

import math

_LUMINANCE_WEIGHTS = (0.2126, 0.7152, 0.0722)
# CIE's two constants, as exact fractions.
_KAPPA = 24389 / 27
_EPSILON = 216 / 24389
_BLACK = (0.0, 0.0, 0.0)
_WHITE = (255.0, 255.0, 255.0)
_HALVINGS = 24
# Linear light to the three responses of the eye, and those to Oklab's L, a, b; each way.
_TO_EYE = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_OKLAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_EYE = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

Channels = tuple[float, ...]


def luminance(colour: str) -> float:
    """Return the relative luminance of `colour`."""
    return _luminance(_channels(colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lightness_of(colour: str) -> float:
    """Return the lightness of `colour`."""
    y = luminance(colour)
    return _KAPPA * y if y <= _EPSILON else 116 * math.cbrt(y) - 16


def luminance_of_lightness(lightness: float) -> float:
    """Return the luminance of the screen's grey nearest to `lightness`, which may lie beyond black and white."""
    held = min(max(lightness, 0.0), 100.0)
    y = held / _KAPPA if held <= 8 else ((held + 16) / 116) ** 3
    return luminance(_hex((_from_linear(y),) * 3))


def with_luminance(colour: str, wanted: float) -> str:
    """Return `colour` mixed with white or black so that its luminance is `wanted`, to the nearest that a screen has."""
    own = _channels(colour)
    goal = _WHITE if wanted > _luminance(own) else _BLACK
    least, most = 0.0, 1.0
    for _ in range(_HALVINGS):
        share = (least + most) / 2
        is_past = (_luminance(_mixed(own, goal, share)) < wanted) == (goal == _BLACK)
        least, most = (least, share) if is_past else (share, most)
    return _hex(_mixed(own, goal, (least + most) / 2))


def muted(colour: str, share: float) -> str:
    """Return `colour` with `share` of its chroma (Oklab), as light and of the same hue."""
    linear = tuple(map(_to_linear, _channels(colour)))
    lightness, a, b = _product(_TO_OKLAB, tuple(map(math.cbrt, _product(_TO_EYE, linear))))
    eye = _product(_FROM_OKLAB, (lightness, a * share, b * share))
    return _hex(tuple(map(_from_linear, _product(_FROM_EYE, tuple(value**3 for value in eye)))))


def _channels(colour: str) -> Channels:
    return tuple(float(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def _hex(channels: Channels) -> str:
    return "#" + "".join(f"{min(max(math.floor(value + 0.5), 0), 255):02x}" for value in channels)


def _mixed(one: Channels, other: Channels, share: float) -> Channels:
    return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))


def _luminance(channels: Channels) -> float:
    return sum(weight * _to_linear(value) for weight, value in zip(_LUMINANCE_WEIGHTS, channels, strict=True))


def _to_linear(value: float) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _from_linear(light: float) -> float:
    held = max(light, 0.0)
    return 255 * (12.92 * held if held <= 0.0031308 else 1.055 * held ** (1 / 2.4) - 0.055)


def _product(matrix: tuple[Channels, ...], vector: Channels) -> Channels:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
