"""The folder that a print batch goes to. Files are made beside it, durable, and moved in; the manifest comes last.

The manifest is the hand-over: it names its batch and each file's SHA-256. A folder without it holds no batch, so a
build that died can be told from one that finished (service.py, `recover`). Files are readable by their owner only.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from outreach.errors import N_, OutreachError
from outreach.formats.safe_csv import csv_text

MANIFEST, ADDRESSES = "manifest.json", "addresses.csv"
_TAKEN = ("letters-*.pdf", MANIFEST, ADDRESSES, ".*.partial")
ADDRESS_HEADER = (
    "reference", "name", "address_line_1", "address_line_2", "address_line_3", "postcode", "place", "country",
    "file", "first_page", "last_page",
)  # fmt: skip


class FolderTakenError(OutreachError):
    """Letters lie there already."""

    message = N_("Mappa %(folder)s inneholder brev fra før. Velg en annen mappe.")


class FolderUnusableError(OutreachError):
    """Nothing can be written there."""

    message = N_("Vi får ikke skrevet til mappa %(folder)s.")


class Remains(StrEnum):
    """What a build that died left in its folder."""

    HANDED_OVER = "handed_over"
    COMPLETE = "complete"
    NOTHING = "nothing"


@dataclass
class PrintFolder:
    """The folder `out` for the batch with `reference`."""

    out: Path
    reference: str
    files: list[dict[str, Any]] = field(default_factory=list)

    @property
    def draft(self) -> Path:
        """Return where files are made: inside `out`, so that moving is renaming."""
        return self.out / f".{self.reference}.partial"

    def open(self) -> None:
        """Make the folders. Raises FolderTakenError or FolderUnusableError."""
        try:
            self.out.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Another batch's draft counts too: its files come any moment.
            if any(taken for pattern in _TAKEN for taken in self.out.glob(pattern)):
                raise FolderTakenError(folder=str(self.out))
            self.draft.mkdir(mode=0o700)
        except OSError as error:
            raise FolderUnusableError(folder=str(self.out)) from error

    def close_file(self, name: str, *, letters: int, pages: int) -> None:
        """Make a finished print file durable and note it for the manifest."""
        self.files.append({"name": name, "letters": letters, "pages": pages, "sha256": self._seal(name)})

    def finish(self, addresses: Sequence[Sequence[object]], facts: dict[str, Any]) -> None:
        """Write the list of addresses and the manifest."""
        (self.draft / ADDRESSES).write_text(csv_text(ADDRESS_HEADER, addresses), encoding="utf-8", newline="")
        manifest = {
            "reference": self.reference,
            **facts,
            "count": sum(file["letters"] for file in self.files),
            "pages": sum(file["pages"] for file in self.files),
            "files": self.files,
            "addresses": {"name": ADDRESSES, "rows": len(addresses), "sha256": self._seal(ADDRESSES)},
        }
        (self.draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self._seal(MANIFEST)

    def publish(self) -> None:
        """Move every file into place, the manifest last. Raises FolderUnusableError when the disk refuses."""
        try:
            for path in sorted(self.draft.iterdir(), key=lambda path: (path.name == MANIFEST, path.name)):
                path.rename(self.out / path.name)
            _make_durable(self.out)
            self.draft.rmdir()
        except OSError as error:
            raise FolderUnusableError(folder=str(self.out)) from error

    def discard(self) -> None:
        """Take away what was made, also what was moved already."""
        for name in self._names():
            (self.out / name).unlink(missing_ok=True)
        shutil.rmtree(self.draft, ignore_errors=True)

    def discard_draft(self) -> None:
        """Take away the empty place where files were made."""
        shutil.rmtree(self.draft, ignore_errors=True)

    def remains(self) -> Remains:
        """Return what lies there of this batch. COMPLETE: all made, and nothing of it has been taken away."""
        if self._is_of_this_batch(self.out / MANIFEST):
            return Remains.HANDED_OVER
        names = self._names()
        is_whole = all((self.out / name).exists() or (self.draft / name).exists() for name in names)
        return Remains.COMPLETE if names and is_whole else Remains.NOTHING

    def _names(self) -> list[str]:
        manifest = self.draft / MANIFEST
        if not self._is_of_this_batch(manifest):
            return []
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        return [*(file["name"] for file in facts["files"]), facts["addresses"]["name"]]

    def _is_of_this_batch(self, manifest: Path) -> bool:
        try:
            facts = json.loads(manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(facts.get("reference") == self.reference)

    def _seal(self, name: str) -> str:
        path = self.draft / name
        path.chmod(0o600)
        _make_durable(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
