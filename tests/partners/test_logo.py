import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from outreach.partners import logo
from outreach.partners.logo import LogoTooLargeError, LogoTooSmallError, NoPictureError, logo_mark, logo_png
from tests.factories.partners import picture


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_draws_a_picture_anew_within_its_frame(form: str) -> None:
    with Image.open(BytesIO(logo_png(picture(form, (2000, 500))))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (logo.WIDTH, 120))


def test_nothing_of_the_file_but_its_pixels_comes_along() -> None:
    exif = Image.Exif()
    exif[0x9286] = "hemmelig sted"
    content = picture("JPEG", exif=exif, comment=b"hemmelig sted")
    assert b"hemmelig" in content
    assert b"hemmelig" not in logo_png(content)
    tail = picture() + b"<script>hemmelig</script>"
    assert b"hemmelig" not in logo_png(tail)


def test_a_picture_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(logo_png(picture("JPEG", (200, 100), exif=exif)))) as drawn:
        assert drawn.size == (100, 200)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hei",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n",
        b"GIF89a" + bytes(40),
        b"PK\x03\x04" + bytes(40),
        b"\x89PNG\r\n\x1a\n" + b"not a picture at all",
        b"\xff\xd8\xff" + bytes(100),
        b"RIFF\x00\x00\x00\x00WAVE" + bytes(40),
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(8),
        picture("BMP"),
        picture("TIFF"),
        picture()[:-40],
    ],
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(NoPictureError):
        logo_png(content)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(LogoTooLargeError):
        logo_png(picture() + bytes(logo.MOST_BYTES))


@pytest.mark.parametrize("side", [40_000, 100_000])
def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises((LogoTooLargeError, NoPictureError)):
        logo_png(_bomb(side))


def test_a_picture_that_nobody_would_see_is_refused() -> None:
    with pytest.raises(LogoTooSmallError):
        logo_png(picture(size=(200, 15)))


def test_another_logo_has_another_mark() -> None:
    assert logo_mark(logo_png(picture())) != logo_mark(logo_png(picture(size=(100, 100))))


def _bomb(side: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
