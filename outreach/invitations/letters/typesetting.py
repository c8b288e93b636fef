"""Sets one file of letters. Runs as a process of its own, started by path, so that its memory goes when it ends.

In: a job as JSON on stdin: `out` (path of the PDF, or - for stdout), `common` and `letters` (sheet.py), `is_trial`.
Out: the PDF, tagged (PDF/UA-1) and fit for archives (PDF/A-2a). Imports nothing of the application.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).resolve().parent


def set_letters(common: dict[str, Any], letters: list[dict[str, Any]], *, is_trial: bool = False) -> bytes:
    """Return the PDF of `letters`, two pages each. Raises typst.TypstError when it cannot be set as it should.

    `is_trial`: also when a letter does not fit on its sheet.
    """
    pdf: bytes = typst.compile(
        str(FOLDER / "letter.typ"),
        root=str(FOLDER),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"]),
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={
            "data": json.dumps({"common": common, "letters": letters, "is_trial": is_trial}, ensure_ascii=False)
        },
    )
    return pdf


def _main() -> None:
    job = json.load(sys.stdin)
    pdf = set_letters(job["common"], job["letters"], is_trial=job["is_trial"])
    if job["out"] == "-":
        sys.stdout.buffer.write(pdf)
    else:
        Path(job["out"]).write_bytes(pdf)


if __name__ == "__main__":
    _main()
