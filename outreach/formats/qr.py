"""QR codes (ISO/IEC 18004), level M, as a matrix, an SVG or a PNG. In: a text, best an upper-case URL.

The mask is fixed (3): trying all eight takes four fifths of the time and readers find no difference. An upper-case URL
is stored in alphanumeric mode, which makes a smaller symbol with larger modules: better on paper and on cheap phones.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE_MODULES = 4
_MASK = 3

Matrix = tuple[tuple[bool, ...], ...]


def matrix(text: str) -> Matrix:
    """Return the modules of the symbol for `text`, row by row, True is dark; square, without the quiet zone."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(text, optimize=0)
    code.make()
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def svg(text: str) -> str:
    """Return the symbol for `text` as one SVG element with its quiet zone, one unit a module, black on white."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET_ZONE_MODULES
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{"".join(_runs(rows))}"/></svg>'
    )


def png(text: str, scale: int = 8) -> bytes:
    """Return the symbol for `text` as PNG with its quiet zone, `scale` pixels a module, one bit a pixel."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET_ZONE_MODULES
    picture = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows, start=QUIET_ZONE_MODULES):
        for x, is_dark in enumerate(row, start=QUIET_ZONE_MODULES):
            if is_dark:
                picture.putpixel((x, y), 0)
    out = BytesIO()
    picture.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


def _runs(rows: Matrix) -> Iterator[str]:
    """Yield one path piece for each run of dark modules: half the bytes of one piece a module."""
    for y, row in enumerate(rows, start=QUIET_ZONE_MODULES):
        x = QUIET_ZONE_MODULES
        for is_dark, run in groupby(row):
            width = sum(1 for _ in run)
            if is_dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
