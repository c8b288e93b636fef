"""The same made-up people in each format are the same people with the same verdicts."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from outreach.demo.extract_writers import ExtractFormat, write_extract
from outreach.demo.population import households
from outreach.register.checking import CheckSummary, check
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.register_row import ExtractContext

AS_OF = date(2026, 11, 2)
PEOPLE = 1_200


def written(kind: ExtractFormat, encoding: str = "utf-8") -> bytes:
    stream = io.BytesIO()
    write_extract(households(people=PEOPLE, seed=11, as_of=AS_OF), stream, kind=kind, as_of=AS_OF, encoding=encoding)
    return stream.getvalue()


def documents() -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(ExtractFormat.NDJSON).splitlines()]


def rewritten(delimiter: str) -> bytes:
    cells = csv.reader(io.StringIO(written(ExtractFormat.CSV).decode(), newline=""), delimiter=";")
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(cells)
    return text.getvalue().encode()


def records(content: bytes, context: ExtractContext) -> dict[str, PersonRecord]:
    summary = CheckSummary()
    extract = open_extract(io.BytesIO(content), ReadOptions(), context)
    found = {record.national_ids[0]: record for record in check(extract, context, summary)}
    assert (summary.rejected, summary.accepted) == (0, PEOPLE)
    return found


@pytest.mark.parametrize(
    "make",
    [
        lambda: json.dumps(documents(), ensure_ascii=False).encode(),
        lambda: json.dumps(documents(), indent=2).encode("utf-16"),
        lambda: json.dumps({"oppslag": documents()}).encode(),
        lambda: written(ExtractFormat.NDJSON).replace(b"\n", b"\r\n"),
    ],
    ids=["array", "indented", "bulkoppslag", "crlf"],
)
def test_documents_are_the_same_in_each_wrapping(context: ExtractContext, make: Any) -> None:
    assert records(make(), context) == records(written(ExtractFormat.NDJSON), context)


@pytest.mark.parametrize(
    "make",
    [
        lambda: written(ExtractFormat.XLSX),
        lambda: written(ExtractFormat.CSV, "utf-8-sig"),
        lambda: written(ExtractFormat.CSV).decode().encode("utf-16"),
        lambda: rewritten("\t"),
        lambda: rewritten(","),
        lambda: rewritten("|"),
    ],
    ids=["xlsx", "bom", "utf-16", "tsv", "comma", "bar"],
)
def test_tables_are_the_same_in_each_form(context: ExtractContext, make: Any) -> None:
    assert records(make(), context) == records(written(ExtractFormat.CSV), context)


def test_a_table_says_the_same_as_the_documents_but_for_what_it_cannot_know(context: ExtractContext) -> None:
    by_document = records(written(ExtractFormat.NDJSON), context)
    by_table = records(written(ExtractFormat.CSV), context)
    assert by_document.keys() == by_table.keys()
    differing = 0
    for number, one in by_document.items():
        other = by_table[number]
        assert (one.fate is Fate.PROTECT) == (other.fate is Fate.PROTECT)
        if one.fate is Fate.PROTECT:
            continue
        # Capitals, as the documents have them, leave open how a name is written.
        assert one.weak_key == other.weak_key
        assert one.is_resident == other.is_resident
        if one.moved_in_on != other.moved_in_on:
            # Who came and then moved within has no trace of the first move in a table.
            assert other.moved_in_on is None
            differing += 1
    assert differing < PEOPLE / 5
