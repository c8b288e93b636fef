"""A logo as it was sent, made into a small PNG that holds pixels and nothing else. Pure: bytes in, bytes out.

The file's own first bytes say what it is, not its name; drawings (SVG) may hold scripts and are refused. How many
pixels it unpacks to is read from its header first. What else was in the file (place, camera, comments) goes.
"""

import hashlib
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from outreach.errors import N_, OutreachError

MOST_BYTES = 2_000_000
MOST_PIXELS = 16_000_000
WIDTH, HEIGHT = 480, 240
_SMALLEST_SIDE = 16
_FORMATS = ("PNG", "JPEG", "WEBP")
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")


class LogoTooLargeError(OutreachError):
    """Too many bytes or pixels."""

    message = N_("Bildet er for stort. Det kan være på høyst 2 MB og 16 millioner piksler.")


class LogoTooSmallError(OutreachError):
    """So few pixels that nobody would see what it is."""

    message = N_("Bildet er for lite. Det må være minst 16 piksler høyt og bredt.")


class NoPictureError(OutreachError):
    """The file is no picture that we take, whatever it is called."""

    message = N_("Filen er ikke et bilde vi kan bruke. Velg en PNG-, JPEG- eller WebP-fil.")


def logo_png(content: bytes) -> bytes:
    """Return `content` as a PNG of WIDTH x HEIGHT at most.

    Raises NoPictureError, LogoTooLargeError, LogoTooSmallError.
    """
    if len(content) > MOST_BYTES:
        raise LogoTooLargeError
    if not content.startswith(_BEGINNINGS) or (content[:4] == b"RIFF" and content[8:12] != b"WEBP"):
        raise NoPictureError
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _redrawn(content)
    # Its decoders raise whatever their C libraries meet in a broken file.
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        OverflowError,
        Image.DecompressionBombError,
    ) as error:
        raise NoPictureError from error


def logo_mark(png: bytes) -> str:
    """Return what tells one logo from another in its address."""
    return hashlib.sha256(png).hexdigest()[:16]


def _redrawn(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=_FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise LogoTooLargeError
        if min(picture.size) < _SMALLEST_SIDE:
            raise LogoTooSmallError
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((WIDTH, HEIGHT))
    # Drawn on an empty sheet: nothing of the file but its pixels comes along.
    sheet = Image.new("RGBA", upright.size)
    sheet.paste(upright)
    out = BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()
