"""The sheet of `letter.typ` drawn by reportlab's canvas: the same words, pictures, lines and boxes on two pages.

In: the data that the typesetter gets, and each letter's QR picture. Out: a PDF, not tagged. As a careful user would:
what all letters say is broken into lines once, what differs letter by letter. reportlab as it installs: without its
optional C parts (rl_accel), and with its own settings for the file.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from outreach.printing.glyphs import FONTS

_LEFT, _WIDTH, _HEIGHT = 20 * mm, 170 * mm, A4[1]
_TEXT, _BOLD = "Inter", "Inter-Bold"
INK = "#0c295d"
_INK, _GREY = HexColor(INK), HexColor("#5a5a5a")
_SIZE, _LEADING, _SPACE = 12.0, 16.0, 4.5

# One line is pieces of (font, words).
Line = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Side:
    """What a side says alike in every letter, broken into lines. `answers` and `privacy`: one block a paragraph."""

    title: list[Line]
    facts: list[Line]
    answer_heading: list[Line]
    answers: list[list[Line]]
    code_label: str
    privacy_heading: list[Line]
    privacy: list[list[Line]]


def prepare() -> None:
    """Make the letter's two weights known to reportlab."""
    for name, face in ((_TEXT, "Inter_400Regular.ttf"), (_BOLD, "Inter_600SemiBold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / face))


def draw_file(common: dict[str, Any], own: Sequence[dict[str, Any]], pictures: Sequence[bytes], file: Path) -> None:
    """Draw the letters into `file`, two pages each; `pictures` are their QR codes as PNG."""
    canvas = Canvas(str(file), pagesize=A4)
    front, back = _side(common["sides"]["nb"]), _side(common["sides"]["en"])
    for letter, picture in zip(own, pictures, strict=True):
        qr = ImageReader(io.BytesIO(picture))
        _draw_front(canvas, common, front, letter, qr)
        canvas.showPage()
        _draw_back(canvas, common, back, letter, qr)
        canvas.showPage()
    canvas.save()


def _side(side: dict[str, Any]) -> Side:
    answers = [f"{number}. {_joined(runs)}" for number, runs in enumerate(side["answers"], 1)]
    return Side(
        title=_lines(side["title"], _BOLD, 19),
        facts=[[(_BOLD, label), (_TEXT, f": {fact}")] for label, fact in side["facts"]],
        answer_heading=_lines(side["answer_heading"], _BOLD, 13),
        answers=[_lines(text, width=126 * mm) for text in answers],
        code_label=f"{side['code_label']}:",
        privacy_heading=_lines(side["privacy_heading"], _BOLD, 13),
        privacy=[_lines(_joined(runs)) for runs in side["privacy"]],
    )


def _draw_front(canvas: Canvas, common: dict[str, Any], side: Side, letter: dict[str, Any], qr: ImageReader) -> None:
    _draw_head(canvas, common, letter["window"])
    y = _draw_invitation(canvas, side, letter["front"], _HEIGHT - 84 * mm)
    _draw_answers(canvas, side, (letter["code"], qr), y)
    y = 12 * mm + _privacy_height(side)
    canvas.setStrokeColor(_GREY)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, y + 5 * mm, _LEFT + _WIDTH, y + 5 * mm)
    _draw_privacy(canvas, side, y)


def _draw_back(canvas: Canvas, common: dict[str, Any], side: Side, letter: dict[str, Any], qr: ImageReader) -> None:
    y = _draw_invitation(canvas, side, letter["back"], _HEIGHT - 14 * mm)
    y = _draw_answers(canvas, side, (letter["code"], qr), y)
    _draw_privacy(canvas, side, y)
    _draw_slip(canvas, common["slips"][letter["slip"]], letter["code"], qr, 98 * mm)


def _draw_head(canvas: Canvas, common: dict[str, Any], window: Sequence[str]) -> None:
    # The benchmark's mark is a triangle; reportlab reads no SVG.
    top = _HEIGHT - 14 * mm
    mark = canvas.beginPath()
    mark.moveTo(_LEFT, top)
    mark.lineTo(_LEFT + 11 * mm, top)
    mark.lineTo(_LEFT + 11 * mm, top - 11 * mm)
    mark.close()
    canvas.setFillColor(black)
    canvas.drawPath(mark, stroke=0, fill=1)
    canvas.setFont(_TEXT, 9)
    canvas.drawRightString(_LEFT + _WIDTH, top - 6.5 * mm, common["contact"])
    canvas.setFont(_TEXT, 12)
    canvas.drawRightString(_LEFT + _WIDTH, top - 65 * mm, common["date"])
    _write(canvas, [[(_TEXT, line)] for line in window], _HEIGHT - 47 * mm, size=10.5, leading=4 * mm)
    _write(canvas, [[(_BOLD, common["organisation"])]], top - 2 * mm, size=14, x=_LEFT + 15 * mm, colour=_INK)
    _write(canvas, [[(_TEXT, f"Avsender: {common['return_address']}")]], top - 26 * mm, size=8, colour=_GREY)


def _draw_invitation(canvas: Canvas, side: Side, own: dict[str, str], y: float) -> float:
    y = _write(canvas, side.title, y, size=19, leading=26, colour=_INK)
    y = _write(canvas, _lines(own["greeting"]), y)
    y = _write(canvas, _lines(own["invitation"]), y)
    return _write(canvas, side.facts, y)


def _draw_answers(canvas: Canvas, side: Side, answer: tuple[str, ImageReader], y: float) -> float:
    code, qr = answer
    y = _write(canvas, side.answer_heading, y - 6, size=13, colour=_INK)
    canvas.drawImage(qr, _LEFT + _WIDTH - 38 * mm, y - 38 * mm, 38 * mm, 38 * mm)
    for paragraph in side.answers:
        y = _write(canvas, paragraph, y)
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(0.8)
    canvas.roundRect(_LEFT, y - 11 * mm, 86 * mm, 10 * mm, 2 * mm)
    _write(canvas, [[(_BOLD, side.code_label)]], y - 3.5 * mm, x=_LEFT + 3.5 * mm)
    _write(canvas, [[(_BOLD, code)]], y - 2.5 * mm, size=17, x=_LEFT + 29 * mm)
    return y - 13 * mm


def _draw_privacy(canvas: Canvas, side: Side, y: float) -> None:
    y = _write(canvas, side.privacy_heading, y, size=13, colour=_INK)
    for paragraph in side.privacy:
        y = _write(canvas, paragraph, y)


def _privacy_height(side: Side) -> float:
    blocks = [side.privacy_heading, *side.privacy]
    return sum(len(block) * _LEADING + _SPACE for block in blocks)


def _draw_slip(canvas: Canvas, slip: dict[str, Any], code: str, qr: ImageReader, y: float) -> None:
    canvas.setStrokeColor(_GREY)
    canvas.setLineWidth(0.8)
    canvas.setDash(3, 2)
    canvas.line(_LEFT, y, _LEFT + _WIDTH, y)
    canvas.setDash()
    canvas.drawImage(qr, _LEFT + _WIDTH - 26 * mm, y - 30 * mm, 26 * mm, 26 * mm)
    y = _write(canvas, [[(_BOLD, slip["heading"])]], y - 8, size=13, colour=_INK)
    _write(canvas, [[(_TEXT, slip["lead"])], [(_TEXT, "Kode / Code: "), (_BOLD, code)]], y)
    adults, children, *others = slip["fields"]
    right = _LEFT + _WIDTH
    _draw_tick(canvas, slip["yes"], 57 * mm)
    _draw_field(canvas, adults, _LEFT, _LEFT + 78 * mm, 48 * mm)
    _draw_field(canvas, children, right - 84 * mm, right, 48 * mm)
    _draw_tick(canvas, slip["no"], 39 * mm)
    for number, label in enumerate(others):
        _draw_field(canvas, label, _LEFT, right, (30 - 9 * number) * mm)
    _write(canvas, [[(_TEXT, "Send til / Send to: "), (_BOLD, slip["return_to"])]], 12 * mm + _SIZE)


def _draw_tick(canvas: Canvas, label: str, y: float) -> None:
    canvas.rect(_LEFT, y - 0.6 * mm, 4 * mm, 4 * mm)
    canvas.setFont(_TEXT, _SIZE)
    canvas.drawString(_LEFT + 6.5 * mm, y, label)


def _draw_field(canvas: Canvas, label: str, left: float, right: float, y: float) -> None:
    canvas.setFont(_TEXT, _SIZE)
    canvas.drawString(left, y, f"{label}:")
    canvas.line(left + pdfmetrics.stringWidth(f"{label}: ", _TEXT, _SIZE), y, right, y)


def _joined(runs: Any) -> str:
    return "".join(text for text, _is_kept in runs)


def _lines(text: str, font: str = _TEXT, size: float = _SIZE, width: float = _WIDTH) -> list[Line]:
    return [[(font, line)] for line in simpleSplit(text, font, size, width)]


def _write(
    canvas: Canvas,
    lines: Sequence[Line],
    y: float,
    *,
    size: float = _SIZE,
    leading: float = _LEADING,
    x: float = _LEFT,
    colour: Color = black,
) -> float:
    """Write `lines` below `y`, in one text object, and return where they end."""
    text = canvas.beginText(x, y - size)
    text.setFillColor(colour)
    text.setLeading(leading)
    for pieces in lines:
        for font, words in pieces:
            text.setFont(font, size, leading)
            text.textOut(words)
        text.textLine("")
    canvas.drawText(text)
    return y - len(lines) * leading - _SPACE
