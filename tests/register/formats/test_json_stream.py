"""JSON one value after another: the same as reading it whole, in pieces of any size."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.register.formats import json_stream
from outreach.register.formats.encoding import LOSSY
from outreach.register.problems import BrokenJsonError, EmptyFileError, NoRowsError
from tests.thoroughness import WHOLE

# Values of any width and depth, or small ones of the same kinds, in pieces as much smaller.
_LEAVES, _WIDTH, _ROWS, _LONGEST_PIECE = (100, None, 6, 400) if WHOLE else (5, 3, 3, 100)
texts = st.text(max_size=9 if WHOLE else 4)
values = st.lists(
    st.dictionaries(
        texts,
        st.recursive(st.integers() | texts, lambda inner: st.lists(inner, max_size=_WIDTH), max_leaves=_LEAVES),
        min_size=1,
        max_size=_WIDTH,
    ),
    min_size=1,
    max_size=_ROWS,
)
pieces = st.integers(16, _LONGEST_PIECE)


def read(text: str) -> list[Any]:
    return [value for _, value in json_stream.values(io.StringIO(text))]


@settings(deadline=None)
@given(values, pieces, st.sampled_from([None, 1]))
def test_reads_an_array_in_pieces(rows: list[Any], piece: int, indent: int | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_PIECE_CHARACTERS", piece)
        assert read(json.dumps(rows, indent=indent)) == rows


@settings(deadline=None)
@given(values, pieces)
def test_reads_lines_in_pieces(rows: list[Any], piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_PIECE_CHARACTERS", piece)
        assert read("\n".join(json.dumps(row) for row in rows)) == rows


def test_reads_one_object_over_many_lines() -> None:
    assert read(json.dumps({"oppslag": [{"a": 1}]}, indent=2)) == [{"oppslag": [{"a": 1}]}]


def test_counts_rows_as_the_file_does() -> None:
    lines = '{"a": 1}\n\n{"a": 2}\n'
    assert [row for row, _ in json_stream.values(io.StringIO(lines))] == [1, 3]
    assert [row for row, _ in json_stream.values(io.StringIO('[{"a": 1}, {"a": 2}]'))] == [1, 2]


@settings(deadline=None)
@given(values, st.data())
def test_an_array_that_is_cut_anywhere_is_broken(rows: list[Any], data: st.DataObject) -> None:
    text = json.dumps(rows)
    cut = text[: data.draw(st.integers(1, len(text) - 1))]
    with pytest.raises(BrokenJsonError):
        read(cut)


@pytest.mark.parametrize("text", ["[1 2]", "[1,]", "[1]]", '[1]{"a": 1}', "{}{}x", "[" * 5_000])
def test_refuses_what_is_not_json(text: str) -> None:
    with pytest.raises(BrokenJsonError):
        read(text)


def test_tells_empty_from_nobody() -> None:
    with pytest.raises(EmptyFileError):
        read(" \n \n")
    with pytest.raises(NoRowsError):
        read("[ ]")


@pytest.mark.parametrize("half", ["\\ud800", "\\uDFFF", "\\udc00\\ud800"])
@pytest.mark.parametrize("whole", ["{}", "[{}]", "{}\n{}"])
def test_half_a_surrogate_pair_is_a_character_that_could_not_be_read(half: str, whole: str) -> None:
    document = '{"navn": [{"fornavn": "Åse' + half + '", "etternavn": "\\ud83d\\ude00"}]}'
    for found in read(whole.replace("{}", document)):
        (name,) = found["navn"]
        assert name["fornavn"].rstrip(LOSSY) == "Åse"
        assert (LOSSY in name["fornavn"], name["etternavn"]) == (True, "\U0001f600")
        assert name["fornavn"].encode()
