"""Sets one document. Runs as a process of its own, started by path, so that its memory goes when it ends.

In: as arguments the path of a Typst template, `pdf` or `png`, and the pixels an inch of a picture; on stdin the data of
the template as JSON. Out on stdout: a PDF, tagged (PDF/UA-1) and fit for archives (PDF/A-2a), or a PNG of the first
page. Imports nothing of ours.
"""

import sys
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).resolve().parent / "fonts"


def set_pdf(template: Path, data: str) -> bytes:
    """Return the PDF of `template` with `data` (JSON). Raises typst.TypstError when it cannot be set as it should."""
    pdf: bytes = typst.compile(**_job(template, data), pdf_standards=["a-2a", "ua-1"])
    return pdf


def set_png(template: Path, data: str, pixels_an_inch: float) -> bytes:
    """Return a picture of the first page of `template` with `data` (JSON). Raises typst.TypstError."""
    made = typst.compile(**_job(template, data), format="png", ppi=pixels_an_inch)
    return made if isinstance(made, bytes) else bytes(made[0])


def _job(template: Path, data: str) -> dict[str, Any]:
    return {
        "input": str(template),
        "root": str(template.parent),
        "font_paths": typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        "sys_inputs": {"data": data},
    }


def _main(template: str, form: str, pixels_an_inch: str) -> None:
    data = sys.stdin.buffer.read().decode()
    path = Path(template)
    content = set_pdf(path, data) if form == "pdf" else set_png(path, data, float(pixels_an_inch))
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    _main(*sys.argv[1:])
