"""JSON values one after another from a text stream, without holding the file. Pure: a text stream in, values out.

A file of persons is a JSON array, one object a line (NDJSON), or one object spread over lines. Each value comes with
its row: the line of NDJSON, the position in an array.

JSON is read strictly (RFC 8259): no NaN, and no name twice in one object, since the second could hide what the first
says of protection. Half of a surrogate pair ("\\ud800") is no character: it counts as one that could not be read.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from outreach.register.problems import BrokenJsonError, EmptyFileError, NoRowsError

_PIECE_CHARACTERS = 1 << 18
# More than any person document, even with a long history; an element above it is a broken file.
_LONGEST_ELEMENT_CHARACTERS = 16_000_000
_SPACE = " \t\r\n"
_SPACES = re.compile("[ \t\r\n]*")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _readable(value: Any, source: str) -> Any:
    """Return `value`, which was written as `source`, with a replacement character for each half surrogate pair."""
    return _mended(value) if "\\ud" in source or "\\uD" in source else value


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_mended(one) for one in value]
    return {_mended(name): _mended(one) for name, one in value.items()} if isinstance(value, dict) else value


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)


def values(stream: TextIO) -> Iterator[tuple[int, Any]]:
    """Yield (row, value) for each value in `stream`. Raises BrokenJsonError, EmptyFileError, NoRowsError."""
    first = _first_line(stream)
    if first.lstrip(_SPACE).startswith("["):
        return _array(first, stream)
    return _lines(first, stream)


def parsed(text: str) -> Any:
    """Return the JSON value of `text`, or None when it is none."""
    try:
        return _parsed(text, 0)
    except BrokenJsonError:
        return None


def _first_line(stream: TextIO) -> str:
    """Return the first line with text, at most some pieces of a file that is one long line."""
    while line := stream.readline(_PIECE_CHARACTERS):
        if not line.isspace():
            return line
    raise EmptyFileError


def _lines(first: str, stream: TextIO) -> Iterator[tuple[int, Any]]:
    while not first.endswith("\n") and (more := stream.readline(_PIECE_CHARACTERS)):
        first += more
        _refuse_endless(first, 1)
    try:
        value = _parsed(first, 1)
    except BrokenJsonError:
        # Not a line of NDJSON: perhaps one object spread over lines.
        yield 1, _parsed(first + stream.read(_LONGEST_ELEMENT_CHARACTERS * 4), 1)
        return
    yield 1, value
    for row, line in enumerate(stream, start=2):
        if not line.isspace():
            yield row, _parsed(line, row)


def _parsed(text: str, row: int) -> Any:
    try:
        return _readable(_DECODER.decode(text), text)
    except (ValueError, RecursionError) as error:
        raise BrokenJsonError(row=row) from error


def _array(first: str, stream: TextIO) -> Iterator[tuple[int, Any]]:
    scanner = _Scanner(first.lstrip(_SPACE)[1:], stream)
    row = 0
    while not scanner.skip("]"):
        if row and not scanner.skip(","):
            raise BrokenJsonError(row=row)
        row += 1
        yield row, scanner.value(row)
    if not row:
        raise NoRowsError
    if not scanner.is_at_end():
        raise BrokenJsonError(row=row)


class _Scanner:
    """A window on the text of an array that takes one element at a time and forgets it."""

    def __init__(self, text: str, stream: TextIO) -> None:
        self._text, self._at, self._stream = text, 0, stream
        self._decode = _DECODER.raw_decode

    def skip(self, char: str) -> bool:
        """Step over spaces and, when it is next, `char`; say whether it was."""
        self._step_over_spaces()
        found = self._text.startswith(char, self._at)
        self._at += found
        return found

    def value(self, row: int) -> Any:
        """Return the next value, reading on for as long as it is not whole."""
        self._step_over_spaces()
        while True:
            try:
                start = self._at
                value, self._at = self._decode(self._text, start)
                return _readable(value, self._text[start : self._at])
            except (ValueError, RecursionError) as error:
                _refuse_endless(self._text, row)
                if isinstance(error, RecursionError) or not self._read_on():
                    raise BrokenJsonError(row=row) from error

    def is_at_end(self) -> bool:
        """Say whether only spaces are left."""
        self._step_over_spaces()
        return self._at >= len(self._text)

    def _step_over_spaces(self) -> None:
        while True:
            spaces = _SPACES.match(self._text, self._at)
            self._at = spaces.end() if spaces else self._at
            if self._at < len(self._text) or not self._read_on():
                return

    def _read_on(self) -> bool:
        self._text, self._at = self._text[self._at :], 0
        # A long element is tried again each time, so what is read doubles: twice the work at most, not its square.
        piece = self._stream.read(max(_PIECE_CHARACTERS, len(self._text)))
        self._text += piece
        return bool(piece)


def _refuse_endless(text: str, row: int) -> None:
    if len(text) > _LONGEST_ELEMENT_CHARACTERS:
        raise BrokenJsonError(row=row)
