"""Hands messages over as files, one a message, named by the row's id: a second try finds the first.

The file is written whole under another name, made durable, and linked into place; `link` refuses a name that is taken,
so two workers can not both hand over one message.
"""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from outreach.messages.delivery import Outcome, Verdict


class FolderTransport:
    """Puts each message into `folder` as `<row id><suffix>`, readable by the owner only.

    `names_recipient`: for messages without a header of their own, the recipient stands on the first line.
    """

    can_be_asked = True
    asks_before_repeat = False
    settling_seconds = 0

    def __init__(self, folder: Path, *, suffix: str, names_recipient: bool = False) -> None:
        self._folder = folder
        self._suffix = suffix
        self._names_recipient = names_recipient

    def ready(self) -> bool:
        """Make the folder where it is missing; False when that cannot be done."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return False
        return os.access(self._folder, os.W_OK)

    def send(self, row_id: int, content: bytes, *, sender: str, recipient: str) -> Verdict:
        """Write the message."""
        if self._names_recipient:
            content = f"{recipient}\n\n".encode() + content + b"\n"
        draft = self._folder / f".{row_id}.{secrets.token_hex(6)}.part"
        try:
            self._write(draft, content)
            os.link(draft, self._path(row_id))
            self._make_durable()
        except FileExistsError:
            return Verdict(Outcome.HANDED_OVER)
        except OSError:
            return Verdict(Outcome.DOWN)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
        return Verdict(Outcome.HANDED_OVER)

    def has(self, row_id: int) -> bool:
        """Say whether the file of this row is there."""
        return self._path(row_id).exists()

    def forget(self, row_ids: Iterable[int]) -> None:
        """Delete the files of these rows: what the folder holds of a person goes with the row."""
        for row_id in row_ids:
            self._path(row_id).unlink(missing_ok=True)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _path(self, row_id: int) -> Path:
        return self._folder / f"{row_id}{self._suffix}"

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _make_durable(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
