"""QR codes are read back by another maker's reader."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from outreach.formats import qr

URL = "HTTPS://TREFFPUNKT.MODUM.KOMMUNE.NO/I/7K4M2PXR9TCH"


def read_png(data: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(data)).convert("L"))]


def draw_svg(text: str, scale: int = 6) -> Image.Image:
    root = ET.fromstring(text)
    side = int(root.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side * scale, side * scale), 255)
    draw = ImageDraw.Draw(picture)
    for piece in root[1].attrib["d"].split("M")[1:]:
        start, rest = piece.split("h", 1)
        x, y = map(int, start.split())
        width = int(rest.split("v")[0])
        draw.rectangle([x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1], fill=0)
    return picture


@pytest.mark.parametrize("text", [URL, URL.lower(), "1234567890", "Blåbær og 4 små ører", "x" * 300])
def test_png_and_svg_are_read_back(text):
    assert read_png(qr.png(text)) == [text]
    assert [found.text for found in zxingcpp.read_barcodes(draw_svg(qr.svg(text)))] == [text]


@settings(max_examples=40, deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 $%*+-./:", min_size=1, max_size=80))
def test_every_upper_case_text_is_read_back(text):
    assert read_png(qr.png(text, scale=4)) == [text]


def test_an_upper_case_link_makes_a_smaller_symbol():
    assert len(qr.matrix(URL)) == 29
    assert len(qr.matrix(URL.lower())) == 33


def test_the_quiet_zone_is_four_modules_all_round():
    picture = Image.open(BytesIO(qr.png(URL, scale=1))).convert("L")
    side = picture.width
    assert side == len(qr.matrix(URL)) + 8
    for box in [(0, 0, side, 4), (0, side - 4, side, side), (0, 0, 4, side), (side - 4, 0, side, side)]:
        assert picture.crop(box).getextrema() == (255, 255)


def test_the_level_is_m():
    found = zxingcpp.read_barcodes(Image.open(BytesIO(qr.png(URL))).convert("L"))
    assert found[0].ec_level == "M"


def test_the_svg_is_well_formed_and_has_no_script_or_style():
    text = qr.svg(URL)
    assert ET.fromstring(text).tag.endswith("svg")
    assert "style" not in text
    assert "script" not in text


def test_the_same_text_gives_the_same_symbol():
    assert qr.svg(URL) == qr.svg(URL)
