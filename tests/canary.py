"""Looks for people who should be gone: every file of a folder, every cell of a database, sealed cells opened.

Searched case-folded in UTF-8 and UTF-16, in mails after decoding, in PDFs as text, in compressed files after inflating.
A search that finds nothing proves something only if the same search found the canary before.
"""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pypdfium2
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from outreach.database import db, unseal


def found_in_files(needles: Iterable[str], folder: Path) -> dict[str, set[str]]:
    """Return needle → names of the files below `folder` that hold it in any of the ways above."""
    wanted = list(needles)
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for text in _texts_of(path.name, path.read_bytes()):
                for needle in wanted:
                    if needle.casefold() in text:
                        found.setdefault(needle, set()).add(str(path.relative_to(folder)))
    return found


def found_in_database(needles: Iterable[str]) -> dict[str, set[str]]:
    """Return needle → "table.column" of each column, sealed ones opened, that holds it."""
    wanted = list(needles)
    found: dict[str, set[str]] = {}
    for column, value in _cells():
        folded = value.casefold()
        for needle in wanted:
            if needle.casefold() in folded:
                found.setdefault(needle, set()).add(column)
    return found


# Wherever it begins, also inside longer digits; as people write it, with a space or the like after the day of birth.
_NUMBER = re.compile(r"(?=(\d{6})[^\w\n]?(\d{5}))")


def numbers_in(text: str, numbers: frozenset[str]) -> set[str]:
    """Return which of `numbers`, national ones of eleven digits, stand in `text`."""
    return {day + rest for day, rest in _NUMBER.findall(text)} & numbers


def numbers_in_files(numbers: frozenset[str], folder: Path) -> dict[str, set[str]]:
    """Return name of a file below `folder` → which of `numbers` it holds, read in any of the ways above."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            texts = _texts_of(path.name, path.read_bytes())
            if held := set().union(*(numbers_in(text, numbers) for text in texts)):
                found[str(path.relative_to(folder))] = held
    return found


def numbers_in_database(numbers: frozenset[str]) -> dict[str, set[str]]:
    """Return "table.column" → which of `numbers` it holds, sealed ones opened."""
    found: dict[str, set[str]] = {}
    for column, value in _cells():
        if held := numbers_in(value, numbers):
            found.setdefault(column, set()).update(held)
    return found


def _cells() -> Iterator[tuple[str, str]]:
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for name, value in row.items():
                if value is not None:
                    yield f"{table.name}.{name}", _opened(table.name, str(name), row, value)


def _opened(table: str, name: str, row: object, value: object) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    raw = bytes(value)
    if name == "rows_sealed":
        return "sealed chunk"
    if name.endswith("_sealed"):
        try:
            return unseal(raw, column=f"{table}.{name}", row_id=row["id"]) or ""  # type: ignore[index]
        except (InvalidTag, KeyError):
            return ""
    return raw.decode("utf-8", "ignore")


def _texts_of(name: str, content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "ignore").casefold()
    yield content.decode("utf-16-le", "ignore").casefold()
    yield content[1:].decode("utf-16-le", "ignore").casefold()
    if name.endswith(".pdf"):
        yield _pdf_text(content).casefold()
    elif name.endswith(".eml"):
        yield "\n".join(_mail_texts(message_from_bytes(content))).casefold()
    elif content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content).decode("utf-8", "ignore").casefold()
    elif content[:4] == b"PK\x03\x04":
        for entry in zipfile.ZipFile(io.BytesIO(content)).infolist():
            yield zipfile.ZipFile(io.BytesIO(content)).read(entry).decode("utf-8", "ignore").casefold()
    elif content[:1] == b"\x78":
        yield _inflated(content).casefold()


def _inflated(content: bytes) -> str:
    try:
        return zlib.decompress(content).decode("utf-8", "ignore")
    except zlib.error:
        return ""


def _pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _mail_texts(mail: Message) -> Iterator[str]:
    yield from (str(value) for value in mail.values())
    for part in mail.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload.decode("utf-8", "ignore")
