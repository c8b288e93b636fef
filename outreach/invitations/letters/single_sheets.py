"""Sets letters as a PDF each. Runs as a process of its own, started by path, so that its memory goes when it ends.

In: on stdin the data of `letter.typ` as JSON. Out: on stdout a JSON list of the PDFs, base64, in the letters' order,
each tagged (PDF/UA-1) and fit for archives (PDF/A-2a). Nothing is left on a disk. Imports nothing of ours.
"""

import json
import sys
from base64 import b64encode
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER.parent.parent / "printing" / "fonts"


def _main() -> None:
    job = json.loads(sys.stdin.buffer.read())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    made = [
        typst.compile(
            str(FOLDER / "letter.typ"),
            root=str(FOLDER),
            font_paths=fonts,
            pdf_standards=["a-2a", "ua-1"],
            sys_inputs={"data": json.dumps({**job, "letters": [letter]})},
        )
        for letter in job["letters"]
    ]
    json.dump([b64encode(pdf).decode() for pdf in made], sys.stdout)


if __name__ == "__main__":
    _main()
