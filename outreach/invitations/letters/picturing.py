"""Pictures of letters to look over. Runs as a process of its own, started by path, so that its memory goes with it.

In: as argument the folder; on stdin the data of `letter.typ` as JSON, with `fronts_only` and each letter's `picture`
(the name of its file). Out: one PNG of the front of each letter, readable by its owner only. Imports nothing of ours.
"""

import json
import os
import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER.parent.parent / "printing" / "fonts"
# 425 pixels across a sheet of A4: names can be read, a thousand letters take about 30 MB.
PIXELS_AN_INCH = 51.4


def picture(data: str) -> list[bytes]:
    """Return one PNG for each letter in `data` (JSON). Raises typst.TypstError."""
    made = typst.compile(
        str(FOLDER / "letter.typ"),
        root=str(FOLDER),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        format="png",
        ppi=PIXELS_AN_INCH,
        sys_inputs={"data": data},
    )
    return [made] if isinstance(made, bytes) else list(made)


def _main(out: Path) -> None:
    data = sys.stdin.buffer.read().decode()
    names = [letter["picture"] for letter in json.loads(data)["letters"]]
    for name, content in zip(names, picture(data), strict=True):
        descriptor = os.open(out / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
