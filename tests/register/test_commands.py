"""`flask register import`: what it prints, when it refuses, and that nothing is stored then."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from outreach.database import db
from outreach.people.models import Person
from outreach.register.models import RegisterImport
from tests.factories.people import HEADER, national_number, ndjson, person_document, residence, table, table_row

EXTRACTS = Path(__file__).parent.parent / "extracts"
NUMBER = national_number(date(1990, 4, 12))
KEYS = {
    "import_id", "format", "encoding", "rows", "accepted", "rejected", "protected", "new", "changed", "moved_in",
    "moved_out", "deceased", "unchanged", "errors",
}  # fmt: skip


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Any:
    def invoke(content: str | bytes | Path, *options: str) -> Result:
        file = content if isinstance(content, Path) else tmp_path / "extract"
        if not isinstance(content, Path):
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return app.test_cli_runner().invoke(args=["register", "import", str(file), "--as-of", "2026-11-02", *options])

    return invoke


def is_empty() -> bool:
    return not db.session.scalar(select(func.count(Person.id))) and not db.session.scalar(
        select(func.count(RegisterImport.id))
    )


def test_prints_one_json_object(run: Any) -> None:
    result = run(EXTRACTS / "persondokumenter.ndjson", "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert printed.keys() >= KEYS
    assert (printed["format"], printed["encoding"], printed["rows"]) == ("freg", "utf-8", 24)
    assert (printed["accepted"], printed["rejected"], printed["protected"]) == (24, 0, 3)
    assert not is_empty()


def test_a_feed_of_events_is_an_update_told_in_the_same_shape(run: Any) -> None:
    result = run(EXTRACTS / "hendelser-feed.json", "--json")
    assert result.exit_code == 0, result.stderr
    printed = json.loads(result.stdout)
    assert printed.keys() >= KEYS
    assert (printed["import_id"], printed["format"], printed["new"]) == (None, "feed", 0)
    assert printed["rows"] == printed["accepted"] + printed["rejected"] > 0
    assert is_empty()


def test_an_encoding_can_be_said(run: Any) -> None:
    content = table([table_row(NUMBER, Etternavn="Bråthen")]).encode("mac-roman")
    printed = json.loads(run(content, "--json", "--encoding", "mac-roman").stdout)
    assert (printed["encoding"], printed["accepted"]) == ("mac-roman", 1)
    assert run(content, "--encoding", "ebcdic").exit_code == 2


def test_tells_row_column_and_reason(run: Any) -> None:
    bad = table_row(NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), Flyttedato="31.02.2026")
    printed = json.loads(run(table([table_row(NUMBER), bad]), "--json").stdout)
    assert (printed["accepted"], printed["rejected"]) == (1, 1)
    assert [(one["row"], one["column"], one["code"]) for one in printed["errors"]] == [
        (3, "Flyttedato", "date_invalid"),
        (3, "Fødselsnummer", "national_id_invalid"),
    ]
    assert all(one["message"].endswith(".") for one in printed["errors"])


def test_a_trial_stores_nothing(run: Any) -> None:
    result = run(EXTRACTS / "persondokumenter.ndjson", "--dry-run", "--json")
    assert json.loads(result.stdout)["import_id"] is None
    assert is_empty()


def test_a_table_without_grading_needs_somebody_to_answer_for_it(run: Any) -> None:
    content = table([table_row(NUMBER)], header=HEADER[:-1])
    refused = run(content)
    assert refused.exit_code == 1
    assert "gradering" in refused.stderr
    assert is_empty()
    accepted = run(content, "--protection-checked-by", "Kari Nordmann", "--json")
    assert accepted.exit_code == 0
    stored = db.session.scalars(select(RegisterImport)).one()
    assert stored.protection_checked_by == "Kari Nordmann"


def test_a_mapping_file_goes_before_recognition(run: Any, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"family_name": "Kolonne X"}), encoding="utf-8")
    header = [name.replace("Etternavn", "Kolonne X") for name in HEADER]
    content = table([{**table_row(NUMBER), "Kolonne X": "Kanel"}], header=header)
    assert run(content).exit_code == 1
    assert run(content, "--mapping", str(mapping)).exit_code == 0
    assert db.session.scalars(select(Person)).one().family_name == "Kanel"
    mapping.write_text(json.dumps({"family_name": "Finnes ikke"}), encoding="utf-8")
    wrong = run(content, "--mapping", str(mapping))
    assert (wrong.exit_code, "Finnes ikke" in wrong.stderr) == (1, True)
    mapping.write_text("ikke json", encoding="utf-8")
    assert run(content, "--mapping", str(mapping)).exit_code == 2


def test_a_file_of_which_no_row_can_be_used_is_refused_with_its_problems(run: Any) -> None:
    result = run(table([table_row("12345678901")]), "--json")
    assert result.exit_code == 1
    printed = json.loads(result.stdout)
    assert (printed["import_id"], printed["rejected"]) == (None, 1)
    assert printed["errors"][0]["code"] == "national_id_invalid"
    assert "ingenting er lagret" in result.stderr
    assert is_empty()


GOOD = ndjson([person_document(NUMBER, residence("2026-03-01"))])
UNUSABLE = {
    "empty": (b"", "tom"),
    "only spaces": (b" \n\n", "tom"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "filtypen"),
    "a pdf": (b"%PDF-1.7\n", "filtypen"),
    "a web page": (b"<!doctype html><html></html>", "filtypen"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(64), ".xlsx"),
    "zeros": (b"a\x00b\x01" * 32, "lese"),
    "a zip that is no workbook": (b"PK\x03\x04" + bytes(64), "Regnearket"),
    "half a line": (GOOD[:300].encode(), "ikke hel"),
    "half a line after a whole one": ((GOOD + GOOD[:300]).encode(), "rad 2"),
    "half an array": (f"[{GOOD.strip()},{GOOD[:300]}".encode(), "ikke hel"),
    "an array without its end": (f"[{GOOD.strip()}".encode(), "ikke hel"),
    "an empty array": (b"[]", "ingen personer"),
    "a batch of numbers": ((EXTRACTS / "uttrekk-batch-0.json").read_bytes(), "bare fødselsnumre"),
    "the last batch": ((EXTRACTS / "uttrekk-batch-1-tom.json").read_bytes(), "ingen personer"),
    "other json": (b'{"hei": 1}', "persondokumenter"),
    "numbers": (b"[1, 2]", "persondokumenter"),
    "unknown columns": (b"a;b;c\n1;2;3\n", "kolonnene"),
    "missing columns": ("Fornavn;Etternavn;Gradering\nÅse;Lien;\n".encode(), "fødselsnummer, adresse"),
    "a header alone": (table([]).encode(), "ingen personer"),
    "a quotation without end": ((table([table_row(NUMBER)]) + '"12').encode(), "ikke hel"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_file_is_refused_in_words_and_nothing_is_stored(run: Any, name: str) -> None:
    content, words = UNUSABLE[name]
    result = run(content, "--json")
    assert result.exit_code == 1, result.output
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    assert is_empty()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-1", "utf-16"])
def test_reads_every_usual_encoding(run: Any, encoding: str) -> None:
    result = run(table([table_row(NUMBER, Etternavn="Ærøskøbing-Bråthen")]).encode(encoding), "--json")
    shown = {"cp1252": "windows-1252", "iso-8859-1": "windows-1252"}.get(encoding, encoding)
    assert json.loads(result.stdout)["encoding"] == shown
    assert db.session.scalars(select(Person)).one().family_name == "Ærøskøbing-Bråthen"


def test_a_lossy_character_is_a_warning(run: Any) -> None:
    content = table(
        [table_row(NUMBER, Etternavn="Bråthen"), table_row(national_number(date(1991, 1, 1)), Etternavn="Æøåæøåæøåæøå")]
    )
    broken = content.encode().replace("å".encode(), b"\xc3", 1)
    printed = json.loads(run(broken, "--json").stdout)
    assert (printed["encoding"], printed["rejected"]) == ("utf-8", 0)
    assert [(one["row"], one["column"], one["code"]) for one in printed["warnings"] if one["row"]] == [
        (2, "Etternavn", "lossy_character")
    ]


def test_prints_words_without_json(run: Any) -> None:
    result = run(EXTRACTS / "persondokumenter.ndjson")
    assert "24 rader" in result.stdout


def test_wrong_usage_ends_with_two(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["register", "import", "/finnes/ikke"]).exit_code == 2
    assert runner.invoke(args=["register", "import", __file__, "--as-of", "i går"]).exit_code == 2
