"""Sealed fields: encrypted when assigned, opened when read, bound to their row and column.

A model declares the stored column and the field beside it:

    family_name_sealed: Mapped[bytes | None]
    family_name = SealedText("family_name_sealed")

Bulk statements use `seal` and `unseal` with the same column name.
"""

from typing import Any, overload

from flask import Flask, current_app

from outreach.database.key_file import current_keys
from outreach.database.keys import KeyRing


def key_ring() -> KeyRing:
    """Return the installation's keys."""
    # Each reading through the proxy would ask again which application this is.
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug's own way
    return current_keys(app)


def seal(text: str | None, *, column: str, row_id: int) -> bytes | None:
    """Return `text` encrypted for `column` ("table.column_sealed") of the row `row_id`; None stays None."""
    return None if text is None else key_ring().seal(text, column=column, row_id=row_id)


def unseal(sealed: bytes | None, *, column: str, row_id: int) -> str | None:
    """Return the text sealed for `column` of the row `row_id`; None stays None."""
    return None if sealed is None else key_ring().unseal(sealed, column=column, row_id=row_id)


class SealedText:
    """A text field of a model whose stored column holds it encrypted. Needs the row's `id` to be set first."""

    def __init__(self, stored_in: str) -> None:
        self._stored_in = stored_in

    @overload
    def __get__(self, row: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, row: Any, owner: type) -> str | None: ...
    def __get__(self, row: Any, owner: type) -> "SealedText | str | None":
        if row is None:
            return self
        return unseal(getattr(row, self._stored_in), column=self._column(owner), row_id=row.id)

    def __set__(self, row: Any, text: str | None) -> None:
        setattr(row, self._stored_in, seal(text, column=self._column(type(row)), row_id=row.id))

    def _column(self, owner: Any) -> str:
        return f"{owner.__tablename__}.{self._stored_in}"
