"""How fast extracts are read, as ratios to baselines of the same run: `python -m benchmarks.register_import`.

Checking 13,000 person documents ≤ 8 × `json.loads` of the same lines; storing ≤ 5 × a bare bulk insert of the same
rows; 200,000 rows of a workbook ≤ 8 × python-calamine reading them; 1,000,000 CSV rows under 200 MB of memory (in a
process of its own) and ≤ 40 × `csv.reader`. Exit 1 when a figure does not hold. Seed 1. Times are of the processor,
since other work on the machine is none of ours.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select

from benchmarks.measure import Figure, Limit, conclude, costs
from outreach import create_app
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.people.models import Household, Person
from outreach.register.checking import CheckSummary, FileFacts, check
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.person_record import PersonRecord
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, context_for, finish, store, storing_for
from outreach.settings import Settings
from tests.postgresql import database_url

AS_OF = date(2026, 11, 2)
ACT = Act(as_of=AS_OF, actor=COMMAND, now=datetime(2026, 11, 2, 11, tzinfo=UTC))
CHECK_LIMIT, STORE_LIMIT, XLSX_LIMIT, CSV_LIMIT, MEMORY_LIMIT_MB = 8, 5, 8, 40, 200
TABLES = (Household.__table__, Person.__table__)
HEADER = (
    "Fødselsnummer;Etternavn;Fornavn;Fødselsdato;Bostedsadresse;Bolignr;Postnr;Poststed;Kommunenr;Flyttedato;"
    "Fraflyttet kommunenr;Status;Gradering"
)


def main() -> None:
    """Run every figure; exit 1 when one does not hold."""
    options = _options()
    if options.check_file:
        _check_alone(Path(options.check_file))
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder), options.database)
        app = create_app(settings)
        with app.app_context():
            db.create_all()
            file = _extract(app, Path(folder), options.people)
            context = context_for(settings, as_of=AS_OF, today=AS_OF)
            figures: list[Figure | Limit] = [
                _checking(file, context, options.rounds),
                _storing(file, context, options.rounds),
                _workbook(Path(folder), context, options.sheet_rows, options.rounds),
            ]
            db.session.remove()
            db.engine.dispose()
        figures += _table(Path(folder), options.rows)
    conclude(figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=13_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--check-file", help="for the benchmark's own use: check one file and tell time and memory")
    return parser.parse_args()


def _settings(folder: Path, database: str) -> Settings:
    environ = {"INSTANCE_DIR": str(folder / "instance")}
    return Settings.from_env({**environ, "DATABASE_URL": database_url()} if database == "postgresql" else environ)


def _extract(app: Flask, folder: Path, people: int) -> Path:
    file = folder / "extract.ndjson"
    arguments = ["demo", "extract", "--people", str(people), "--seed", "1", "--format", "ndjson"]
    result = app.test_cli_runner().invoke(args=[*arguments, "--as-of", AS_OF.isoformat(), "--out", str(file)])
    if result.exit_code:
        sys.exit(result.output)
    return file


def _seconds(act: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    act()
    return clock() - start


def _checked(file: Path, context: ExtractContext) -> list[PersonRecord]:
    with file.open("rb") as stream:
        return list(check(open_extract(stream, ReadOptions(), context), context, CheckSummary()))


def _load_lines(file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)


def _checking(file: Path, context: ExtractContext, rounds: int) -> Figure:
    return costs(
        "checking person documents against json.loads",
        lambda: _seconds(lambda: _check_only(file, context, CheckSummary())),
        lambda: _seconds(lambda: _load_lines(file)),
        limit=CHECK_LIMIT,
        rounds=rounds,
    )


def _storing(file: Path, context: ExtractContext, rounds: int) -> Figure:
    records = _checked(file, context)

    def import_all() -> None:
        storing = storing_for(FileFacts("", "freg", "utf-8", {}), ACT)
        store(storing, records)
        finish(storing, CheckSummary(rows=len(records), accepted=len(records)))
        db.session.commit()

    _empty()
    import_all()
    rows = [[dict(row) for row in db.session.execute(select(table)).mappings()] for table in TABLES]

    def insert_all() -> None:
        for table, values in zip(TABLES, rows, strict=True):
            db.session.execute(insert(table), values)
        db.session.commit()

    return costs(
        "storing against a bare bulk insert of the same rows",
        lambda: _after_emptying(import_all),
        lambda: _after_emptying(insert_all),
        limit=STORE_LIMIT,
        rounds=rounds,
    )


def _after_emptying(act: Callable[[], None]) -> float:
    _empty()
    # The database's own work counts too, and with PostgreSQL that happens in another process.
    return _seconds(act, time.perf_counter)


def _empty() -> None:
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()


def _workbook(folder: Path, context: ExtractContext, rows: int, rounds: int) -> Figure:
    file = folder / "extract.xlsx"
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("Uttrekk")
    for at, line in enumerate((HEADER, *_csv_lines(rows))):
        sheet.write_row(at, 0, line.rstrip("\n").split(";"))
    book.close()
    if len(_checked(file, context)) != rows:
        sys.exit("the workbook was not read whole")
    return costs(
        f"checking {rows} rows of a workbook against python-calamine",
        lambda: _seconds(lambda: _check_only(file, context, CheckSummary())),
        lambda: _seconds(lambda: _read_workbook(file)),
        limit=XLSX_LIMIT,
        rounds=rounds,
    )


def _read_workbook(file: Path) -> None:
    with file.open("rb") as stream:
        for _ in CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).iter_rows():
            pass


def _table(folder: Path, rows: int) -> list[Figure | Limit]:
    file = folder / "extract.csv"
    with file.open("w", encoding="utf-8") as target:
        target.write(HEADER + "\n")
        target.writelines(_csv_lines(rows))
    told: dict[str, Any] = {}

    def alone() -> float:
        command = [sys.executable, "-m", "benchmarks.register_import", "--check-file", str(file)]
        environ = {**os.environ, "INSTANCE_DIR": str(folder / "instance")}
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        told.update(json.loads(done.stdout))
        return float(told["seconds"])

    name = f"checking {rows} CSV rows against csv.reader"
    figure = costs(name, alone, lambda: _seconds(lambda: _read_csv(file)), limit=CSV_LIMIT, rounds=1)
    if told["accepted"] != rows:
        sys.exit(f"only {told['accepted']} of {rows} rows were accepted")
    return [figure, Limit(f"memory while checking {rows} CSV rows", told["megabytes"], MEMORY_LIMIT_MB, "MB")]


def _check_alone(file: Path) -> None:
    context = context_for(Settings.from_env(), as_of=AS_OF, today=AS_OF)
    summary = CheckSummary()

    seconds = _seconds(lambda: _check_only(file, context, summary))
    print(json.dumps({"accepted": summary.accepted, "seconds": seconds, "megabytes": _peak_megabytes()}))


def _check_only(file: Path, context: ExtractContext, summary: CheckSummary) -> None:
    with file.open("rb") as stream:
        for _ in check(open_extract(stream, ReadOptions(), context), context, summary):
            pass


def _peak_megabytes() -> float:
    """Return the peak of this process's own memory; `getrusage` would tell the parent's when that was larger."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _read_csv(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream, delimiter=";"):
            pass


def _csv_lines(rows: int) -> Iterator[str]:
    numbers = _numbers()
    for row in range(rows):
        number = next(numbers)
        street = f"Eksempelveien {row % 4000};H{row % 9 + 1:02}01;3370;VIKERSUND;3316"
        yield f"{number};Bråthen{row % 700};Åse{row % 900};;{street};01.03.2026;3301;bosatt;\n"


def _numbers() -> Iterator[str]:
    """Yield valid synthetic numbers, at most forty for each day of a century: 1.3 million."""
    for year in range(100):
        for month in range(1, 13):
            for day in range(1, 29):
                yield from _numbers_of(f"{day:02}{month + 80:02}{year:02}")


def _numbers_of(start: str) -> Iterator[str]:
    found = 0
    for individual in range(1000):
        body = [int(digit) for digit in f"{start}{individual:03}"]
        first = -sum(digit * weight for digit, weight in zip(body, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
        weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
        second = -sum(digit * weight for digit, weight in zip([*body, first], weights, strict=True)) % 11
        if first < 10 and second < 10:
            found += 1
            yield f"{start}{individual:03}{first}{second}"
        if found == 40:
            return


if __name__ == "__main__":
    main()
