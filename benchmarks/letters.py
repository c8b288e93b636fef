"""Letters a second, set as `flask letters build` sets them, against reportlab drawing the same words and pictures.

`python -m benchmarks.letters [--letters N] [--rounds N]`. QR pictures are made beforehand for both. Ours is tagged and
fit for archives (PDF/UA-1, PDF/A-2a), reportlab's is not. Ours starts its processes within the time. Limit: issue 2.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Figure, conclude, rates
from outreach.events.event import Kind
from outreach.formats.qr import png
from outreach.invitations.letters.building.typesetters.service import Typesetters
from outreach.invitations.letters.sheet import LETTERS_A_FILE, PAGES_A_LETTER, Letter, common_part, own_part, parts
from outreach.invitations.letters.typesetting import FOLDER
from outreach.invitations.letters.wording import Occasion

_LOGO = {"svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>'}
_LEFT, _WIDTH = 20 * mm, A4[0] - 40 * mm
LIMIT = 2.0


def figures(*, letters: int = 2 * LETTERS_A_FILE, rounds: int = 4) -> list[Figure]:
    """Return the ratio of pages a second."""
    _register_fonts()
    # Other letters each time: the typesetter remembers what it has set, and a mailing has no two letters alike.
    ours, theirs = (_jobs(letters, start) for start in (0, 1_000_000))
    for warm in (lambda: _set(*next(ours)), lambda: _drawn(*next(theirs))):
        warm()
    name = "pages/s of letters against reportlab drawing the same"
    return [
        rates(
            name,
            lambda: _pages_a_second(letters, next(ours), lambda job: _set(*job)),
            lambda: _pages_a_second(letters, next(theirs), lambda job: _drawn(*job)),
            limit=LIMIT,
            rounds=rounds,
        )
    ]


Job = tuple[dict[str, Any], list[dict[str, Any]], list[bytes]]


def _pages_a_second(letters: int, job: Job, make: Callable[[Job], bytes]) -> float:
    started = time.perf_counter()
    made = make(job)
    seconds = time.perf_counter() - started
    if not made.startswith(b"%PDF"):
        raise RuntimeError("no PDF was made")
    return letters * PAGES_A_LETTER / seconds


def _set(common: dict[str, Any], own: list[dict[str, Any]], _pictures: list[bytes]) -> bytes:
    """Return the last of the files that the typesetters' own processes made of the letters."""
    with tempfile.TemporaryDirectory() as folder, Typesetters() as typesetters:
        for number, letters in enumerate(parts(own)):
            job = {"common": common, "letters": letters, "is_trial": False}
            typesetters.set(job, Path(folder, f"{number}.pdf"))
        last = [name for name, _count in typesetters.finished(wait=True)][-1]
        return Path(folder, last).read_bytes()


def _jobs(count: int, start: int) -> Iterator[Job]:
    about = _occasion()
    for first in range(start, start + 1_000 * count, count):
        letters = [_letter(number) for number in range(first, first + count)]
        own = [own_part(about, letter) for letter in letters]
        yield common_part(about, logo=_LOGO), own, [letter.qr_png for letter in letters]


def _letter(number: int) -> Letter:
    code = f"C2D3-{number // 10_000:04}-{number % 10_000:04}"
    return Letter(
        reference=number,
        window=(f"Åse{number} Oppdiktet", f"Oppdiktaveien {number + 1}", "3370 VIKERSUND"),
        first_names=(f"Åse{number}", "Bjørn"),
        code=code,
        qr_png=png(f"HTTPS://TREFFPUNKT.MODUM.KOMMUNE.NO/I/{code.replace('-', '')}", 2),
    )


def _occasion() -> Occasion:
    starts = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
    return Occasion(
        kind=Kind.NY_I_MODUM,
        title="Ny i Modum-kveld",
        starts_at_utc=starts,
        ends_at_utc=starts.replace(hour=20),
        venue="Kulturhuset",
        venue_address="Oppdiktaveien 1, 3370 Vikersund",
        access_information="Heis og trinnfri inngang.",
        answer_by=date(2026, 11, 22),
        organisation="Modum kommune",
        organisation_number="970491589",
        organisation_address="Postboks 38, 3371 Vikersund",
        municipality="Modum",
        phone="32 78 93 00",
        hours="mandag til fredag kl. 9.00–15.00",
        email="servicetorget@modum.example",
        public_url="https://treffpunkt.modum.kommune.no",
        today=date(2026, 11, 2),
        erased_on=date(2027, 2, 24),
    )


def _register_fonts() -> None:
    faces = sorted((FOLDER / "fonts").glob("Inter*.ttf"))
    regular = next(face for face in faces if "Regular" in face.name or "400" in face.name)
    bold = next(face for face in faces if "600" in face.name or "Semi" in face.name or "Bold" in face.name)
    pdfmetrics.registerFont(TTFont("Inter", regular))
    pdfmetrics.registerFont(TTFont("Inter-Bold", bold))


Style = tuple[str, float, float]
_TEXT: Style = ("Inter", 12, 16)
_HEAD: Style = ("Inter-Bold", 13, 20)
_TITLE: Style = ("Inter-Bold", 19, 26)


def _drawn(common: dict[str, Any], own: list[dict[str, Any]], pictures: list[bytes]) -> bytes:
    """Return the same letters drawn by reportlab's canvas, its own `simpleSplit` breaking the lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for letter, picture in zip(own, pictures, strict=True):
        image = ImageReader(io.BytesIO(picture))
        _draw_window(canvas, common, letter)
        _draw_side(canvas, common["front"], letter["front"], (letter["code"], image), top=200 * mm)
        canvas.showPage()
        y = _draw_side(canvas, common["back"], letter["back"], (letter["code"], image), top=280 * mm)
        _draw_slip(canvas, common["slip"], letter["code"], top=y)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_window(canvas: Canvas, common: dict[str, Any], letter: dict[str, Any]) -> None:
    canvas.setFont("Inter-Bold", 14)
    canvas.drawString(_LEFT, 283 * mm, common["organisation"])
    canvas.setFont("Inter", 9)
    canvas.drawRightString(_LEFT + _WIDTH, 283 * mm, common["contact"])
    canvas.setFont("Inter", 10.5)
    for number, line in enumerate(letter["window"]):
        canvas.drawString(_LEFT, 248 * mm - number * 4.5 * mm, line)
    canvas.drawRightString(_LEFT + _WIDTH, 220 * mm, common["date"])


def _draw_side(
    canvas: Canvas, side: dict[str, Any], own: dict[str, str], answer: tuple[str, ImageReader], *, top: float
) -> float:
    code, image = answer
    y = _down(canvas, side["title"], _TITLE, top)
    for text in (own["greeting"], own["invitation"]):
        y = _down(canvas, text, _TEXT, y)
    for label, value in side["facts"]:
        y = _down(canvas, f"{label} {value}", _TEXT, y)
    y = _down(canvas, side["answer_heading"], _HEAD, y)
    canvas.drawImage(image, _LEFT + _WIDTH - 30 * mm, y - 32 * mm, 30 * mm, 30 * mm)
    for number, runs in enumerate(side["answers"], 1):
        y = _down(canvas, f"{number}. {_joined(runs)}", _TEXT, y, width=_WIDTH - 36 * mm)
    y = _down(canvas, f"{side['code_label']}: {code}", _HEAD, y)
    y = _down(canvas, side["privacy_heading"], _HEAD, y)
    for runs in side["privacy"]:
        y = _down(canvas, _joined(runs), _TEXT, y)
    return y


def _draw_slip(canvas: Canvas, slip: dict[str, Any], code: str, *, top: float) -> None:
    canvas.line(_LEFT, top - 2 * mm, _LEFT + _WIDTH, top - 2 * mm)
    y = _down(canvas, slip["heading"], _HEAD, top - 4 * mm)
    for text in (slip["lead"], code, slip["yes"], slip["no"], *slip["fields"], slip["return_to"]):
        y = _down(canvas, text, _TEXT, y)


def _joined(runs: Any) -> str:
    return "".join(text for text, _is_kept in runs)


def _down(canvas: Canvas, text: str, style: Style, y: float, *, width: float = _WIDTH) -> float:
    """Draw `text` below `y` and return where it ends."""
    font, size, leading = style
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, width):
        y -= leading
        canvas.drawString(_LEFT, y, line)
    return y - 4


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=2 * LETTERS_A_FILE)
    parser.add_argument("--rounds", type=int, default=4)
    asked = parser.parse_args()
    conclude(figures(letters=asked.letters, rounds=asked.rounds))
