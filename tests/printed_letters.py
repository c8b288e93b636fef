"""Letters as they come out of the printer: read back from the PDF, by eye and by a phone's camera."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp

_CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@dataclass(frozen=True)
class PrintedLetter:
    """What one letter says: the code, what its QR holds, its text, and name and address of the list of addresses."""

    code: str
    qr: str
    text: str
    name: str
    address: str


def read_letters(folder: Path) -> list[PrintedLetter]:
    """Return the letters of the print files in `folder`, in the order of the list of addresses."""
    with (folder / "addresses.csv").open(encoding="utf-8-sig", newline="") as file:
        return [_read(folder, row) for row in csv.DictReader(file)]


def _read(folder: Path, row: dict[str, str]) -> PrintedLetter:
    document = pypdfium2.PdfDocument(folder / row["file"])
    try:
        pages = range(int(row["first_page"]) - 1, int(row["last_page"]))
        text = "\n".join(document[page].get_textpage().get_text_range() for page in pages)
        [barcode, *_] = zxingcpp.read_barcodes(document[pages[0]].render(scale=3).to_pil())
    finally:
        document.close()
    codes = set(_CODE.findall(text))
    assert len(codes) == 1, text
    address = " ".join(row[name] for name in ("address_line_1", "address_line_2", "address_line_3"))
    return PrintedLetter(codes.pop(), barcode.text, text, row["name"], address)
