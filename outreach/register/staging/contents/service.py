"""Seals what an upload holds of people while it waits, and opens it again (promises.md 5)."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol, TypeVar

from sqlalchemy import insert

from outreach.database import db, new_id
from outreach.database.sealed import seal, unseal
from outreach.people.postal_address import PostalAddress
from outreach.register import queries
from outreach.register.diff import Change, Example, shown
from outreach.register.formats.detect import Kind
from outreach.register.formats.looking import ColumnLook, FileLook, Recognition
from outreach.register.models import StagedChunk, StagedExtract
from outreach.register.staging import queries as staging_queries

T = TypeVar("T")
CHUNK_ROWS = 500
_ROWS = "staged_chunk.rows_sealed"
_LOOK = "staged_extract.look_sealed"
_EXAMPLES = "staged_extract.examples_sealed"


class Listed(Protocol):
    """What waits: it can be written as values that JSON knows."""

    def to_list(self) -> list[Any]:
        """Return the values."""


def write_rows(records: Sequence[Listed], extract_id: int, position: int) -> int:
    """Seal `records` as chunks from `position` on; return the next position."""
    starts = range(0, len(records), CHUNK_ROWS)
    rows = [
        _chunk(records[start : start + CHUNK_ROWS], extract_id, at) for at, start in enumerate(starts, start=position)
    ]
    if rows:
        db.session.execute(insert(StagedChunk), rows)
    return position + len(rows)


def rows_of(extract_id: int, opened: Callable[[list[Any]], T]) -> Iterator[T]:
    """Yield what `opened` makes of each row of an upload in their order, holding one chunk at a time."""
    for position in range(queries.chunk_count(extract_id)):
        chunk = queries.chunk(extract_id, position)
        if chunk is not None:
            yield from map(opened, _rows_in(chunk))
            db.session.expunge(chunk)


def keep_look(staged: StagedExtract, look: FileLook) -> None:
    """Keep what is seen of the file, for the page where columns are chosen."""
    staged.look_sealed = seal(json.dumps(asdict(look), ensure_ascii=False), column=_LOOK, row_id=staged.id)


def look_of(staged: StagedExtract) -> FileLook | None:
    """Return what is seen of the file, or None before anybody has looked."""
    text = unseal(staged.look_sealed, column=_LOOK, row_id=staged.id)
    return _look(json.loads(text)) if text else None


def keep_examples(staged: StagedExtract, examples: Mapping[Change, Sequence[Example]]) -> None:
    """Keep some people of each kind of change."""
    values = {change.value: [one.to_list() for one in some] for change, some in examples.items()}
    staged.examples_sealed = seal(json.dumps(values, ensure_ascii=False), column=_EXAMPLES, row_id=staged.id)


def examples_of(staged: StagedExtract) -> dict[Change, list[Example]]:
    """Return the people of each kind of change, without anybody who has become protected since."""
    text = unseal(staged.examples_sealed, column=_EXAMPLES, row_id=staged.id) or "{}"
    examples = {Change(name): [Example.from_list(one) for one in some] for name, some in json.loads(text).items()}
    hashes = [found for some in examples.values() for one in some for found in one.hashes]
    return shown(examples, staging_queries.marked_among(hashes))


def examples_of_held(person_ids: Sequence[int]) -> list[Example]:
    """Return the people with these ids, whom we hold, as examples."""
    return [
        Example(
            name=" ".join(part for part in (one.given_name, one.middle_name, one.family_name) if part),
            birth_year=one.birth_year,
            address=", ".join(PostalAddress.from_json(one.address).letter_lines()) if one.address else "",
            moved_on=one.moved_on,
            hashes=(one.identity_hash or "", f"weak:{one.weak_hash}"),
            held_id=one.id,
        )
        for one in staging_queries.persons(person_ids)
    ]


def beside_what_we_hold(examples: Sequence[Example]) -> list[Example]:
    """Return the people with what we hold of them where that is otherwise."""
    held = {one.held_id: one for one in examples_of_held([one.held_id for one in examples if one.held_id])}
    return [one.beside(held[one.held_id]) if one.held_id in held else one for one in examples]


def _chunk(records: Sequence[Listed], extract_id: int, position: int) -> dict[str, object]:
    row_id = new_id()
    text = json.dumps([record.to_list() for record in records], ensure_ascii=False, separators=(",", ":"))
    packed = base64.b64encode(zlib.compress(text.encode(), 3)).decode("ascii")
    sealed = seal(packed, column=_ROWS, row_id=row_id)
    return {"id": row_id, "extract_id": extract_id, "position": position, "rows_sealed": sealed}


def _rows_in(chunk: StagedChunk) -> list[list[Any]]:
    packed = unseal(chunk.rows_sealed, column=_ROWS, row_id=chunk.id) or ""
    rows: list[list[Any]] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return rows


def _look(values: dict[str, object]) -> FileLook:
    columns: list[dict[str, object]] = values.pop("columns")  # type: ignore[assignment]
    rows: list[list[str]] = values.pop("rows")  # type: ignore[assignment]
    return FileLook(
        kind=Kind(str(values.pop("kind"))),
        rows=tuple(tuple(row) for row in rows),
        columns=tuple(_column(**column) for column in columns),  # type: ignore[arg-type]
        **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()},  # type: ignore[arg-type]
    )


def _column(header: str, samples: list[str], field: str, why: str) -> ColumnLook:
    return ColumnLook(header, tuple(samples), field, Recognition(why))
