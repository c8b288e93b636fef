"""A million rows in the browser: what cannot be used is said in words and leaves nothing; what can is a job."""

import io
import zipfile

import pytest
import xlsxwriter
from flask.testing import FlaskClient

from outreach.register.jobs.commands import work_due
from outreach.register.models import RegisterJob, StagedChunk, StagedExtract, UploadChunk
from outreach.register.staging import service as staging
from tests.factories.accounts import sign_in
from tests.factories.people import HEADER, table_row
from tests.register.formats.test_xlsx_table import repacked
from tests.register.test_routes import NUMBER, count, upload

ROW = [table_row(NUMBER)[name] for name in HEADER]
WIDE = ";".join([*HEADER, *(f"felt {number}" for number in range(16_384 - len(HEADER)))])


def workbook(extra: bytes = b"", *, columns: int = 0) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Uttrekk")
    sheet.write_row(0, 0, [*HEADER, *(f"felt {number}" for number in range(len(HEADER), columns))])
    sheet.write_row(1, 0, ROW)
    book.close()
    stream.seek(0)
    end = b"</sheetData>"
    return repacked(stream, lambda xml: xml.replace(end, extra + end)).getvalue() if extra else stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(30_000_000))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook(columns=16_384), "Tabellen har for mange kolonner. Den kan ha høyst 400."),
        (WIDE.encode() + b"\r\n", "Tabellen har for mange kolonner. Den kan ha høyst 200."),
        (workbook(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "noe skrevet langt utenfor tabellen"),
        (bomb(), "Regnearket er for stort når det pakkes ut."),
    ],
    ids=["wide workbook", "wide table", "far cell", "bomb"],
)
def test_what_is_too_large_is_said_in_words_and_leaves_nothing(client: FlaskClient, content: bytes, words: str) -> None:
    sign_in(client)
    answer = upload(client, content, name="uttrekk", as_of="2026-11-02")
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert [count(model) for model in (StagedExtract, StagedChunk, UploadChunk, RegisterJob)] == [0, 0, 0, 0]


def test_a_worker_says_so_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the size that a request reads is first looked at by the worker."""
    monkeypatch.setattr(staging, "SMALL_BYTES", dict.fromkeys(staging.SMALL_BYTES, 0))
    sign_in(client)
    answer = upload(client, workbook(columns=16_384), name="uttrekk.xlsx", as_of="2026-11-02")
    assert answer.status_code == 303
    work_due()
    assert "Tabellen har for mange kolonner." in client.get(answer.location).get_data(as_text=True)
    assert [count(model) for model in (StagedChunk, RegisterJob)] == [0, 0]


def test_the_control_workbook_is_taken(client: FlaskClient) -> None:
    sign_in(client)
    assert upload(client, workbook(), name="uttrekk.xlsx", as_of="2026-11-02").status_code == 303
    assert (count(StagedExtract), count(StagedChunk)) == (1, 1)
