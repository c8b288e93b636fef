"""Sets one file of letters. Runs as a process of its own, started by path, so that its memory goes when it ends.

In: as argument the path of the PDF, or - for stdout; on stdin the data of `letter.typ` as JSON: `common`, `letters`
(sheet.py) and `is_trial`. Out: the PDF, tagged (PDF/UA-1) and fit for archives (PDF/A-2a). Imports nothing of ours.
"""

import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER.parent.parent / "printing" / "fonts"


def set_letters(data: str) -> bytes:
    """Return the PDF of the letters in `data` (JSON), two pages each.

    Raises typst.TypstError when it cannot be set as it should; of a trial, also when a letter needs a third page.
    """
    pdf: bytes = typst.compile(
        str(FOLDER / "letter.typ"),
        root=str(FOLDER),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"data": data},
    )
    return pdf


def _main(out: str) -> None:
    pdf = set_letters(sys.stdin.buffer.read().decode())
    if out == "-":
        sys.stdout.buffer.write(pdf)
    else:
        Path(out).write_bytes(pdf)


if __name__ == "__main__":
    _main(sys.argv[1])
