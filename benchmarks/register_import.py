"""How fast extracts are read, as ratios to a baseline of the same run: `python -m benchmarks.register_import`.

Checking 13,000 person documents ≤ 10 × `json.loads` of the same lines; storing ≤ 5 × a bare bulk insert of the same
rows; 1,000,000 CSV rows checked under 200 MB of memory (in a process of its own). Exit 1 when a figure does not hold.
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

from sqlalchemy import insert, select

from outreach import create_app
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.people.models import Household, Person
from outreach.people.national_id import fault_of
from outreach.register.checking import CheckSummary, check
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.service import Act, context_for, import_extract
from outreach.settings import Settings

AS_OF = date(2026, 11, 2)
ACT = Act(as_of=AS_OF, actor=COMMAND, now=datetime(2026, 11, 2, 11, tzinfo=UTC))
MOST_CHECK_RATIO, MOST_STORE_RATIO, MOST_CSV_RATIO, MOST_MEGABYTES = 10, 5, 40, 200
HEADER = (
    "Fødselsnummer;Etternavn;Fornavn;Fødselsdato;Bostedsadresse;Bolignr;Postnr;Poststed;Kommunenr;Flyttedato;"
    "Fraflyttet kommunenr;Status;Gradering"
)


def main() -> int:
    """Run every figure and return the exit code."""
    options = _options()
    if options.check_file:
        return _check_in_this_process(Path(options.check_file))
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(_settings(Path(folder), options.database))
        with app.app_context():
            db.create_all()
            extract = _extract(app, Path(folder), options.people)
            held = [_check_figure(extract), _store_figure(extract)]
        held.append(_csv_figure(Path(folder), options.rows))
    print("holds" if all(held) else "does not hold")
    return 0 if all(held) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=13_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--check-file", help="used by the benchmark itself: check one file and tell the memory")
    return parser.parse_args()


def _settings(folder: Path, database: str) -> Settings:
    environ = {"INSTANCE_DIR": str(folder / "instance")}
    if database == "postgresql":
        environ["DATABASE_URL"] = os.environ["DATABASE_URL"]
    return Settings.from_env(environ)


def _extract(app: object, folder: Path, people: int) -> Path:
    file = folder / "extract.ndjson"
    arguments = ["demo", "extract", "--people", str(people), "--seed", "1", "--format", "ndjson"]
    runner = app.test_cli_runner()  # type: ignore[attr-defined]
    result = runner.invoke(args=[*arguments, "--as-of", AS_OF.isoformat(), "--out", str(file)])
    if result.exit_code:
        raise SystemExit(result.output)
    return file


def _best(act: Callable[[], object], rounds: int = 3) -> float:
    return min(_seconds(act) for _ in range(rounds))


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _check(file: Path) -> int:
    context = context_for(_settings_now(), as_of=AS_OF, today=AS_OF)
    with file.open("rb") as stream:
        return sum(1 for _ in check(open_extract(stream, ReadOptions(), context), context, CheckSummary()))


def _settings_now() -> Settings:
    return Settings.from_env({"INSTANCE_DIR": os.environ.get("INSTANCE_DIR") or tempfile.mkdtemp()})


def _check_figure(file: Path) -> bool:
    def load() -> None:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                json.loads(line)

    baseline, ours = _best(load), _best(lambda: _check(file))
    ratio = ours / baseline
    print(f"check: {ours:.2f} s, json.loads {baseline:.2f} s, ratio {ratio:.1f} (at most {MOST_CHECK_RATIO})")
    return ratio <= MOST_CHECK_RATIO


def _store_figure(file: Path) -> bool:
    context = context_for(_settings_now(), as_of=AS_OF, today=AS_OF)

    def whole() -> None:
        with file.open("rb") as stream:
            import_extract(stream, options=ReadOptions(), context=context, act=ACT)
        db.session.commit()

    checking = _best(lambda: _check(file))
    storing = _seconds(whole) - checking
    again = _seconds(whole) - checking
    baseline = _bare_insert()
    ratio = storing / baseline
    print(f"store: {storing:.2f} s, bare insert {baseline:.2f} s, ratio {ratio:.1f} (at most {MOST_STORE_RATIO})")
    print(f"the same file again: {again:.2f} s, ratio {again / baseline:.1f}")
    return ratio <= MOST_STORE_RATIO


def _bare_insert() -> float:
    """Return the seconds of inserting the stored rows once more, as they are, into the emptied tables."""
    tables = (Household.__table__, Person.__table__)
    rows = [[dict(row) for row in db.session.execute(select(table)).mappings()] for table in tables]
    for table in reversed(tables):
        db.session.execute(table.delete())
    db.session.commit()

    def fill() -> None:
        for table, values in zip(tables, rows, strict=True):
            db.session.execute(insert(table), values)
        db.session.commit()

    return _seconds(fill)


def _csv_figure(folder: Path, rows: int) -> bool:
    file = folder / "extract.csv"
    with file.open("w", encoding="utf-8") as target:
        target.write(HEADER + "\n")
        target.writelines(_csv_lines(rows))
    environ = {**os.environ, "INSTANCE_DIR": str(folder / "instance")}
    command = [sys.executable, "-m", "benchmarks.register_import", "--check-file", str(file)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    count, seconds, megabytes = (float(value) for value in done.stdout.split())
    baseline = _seconds(lambda: _read_csv(file))
    ratio = seconds / baseline
    print(f"csv: {count:.0f} rows in {seconds:.1f} s, {megabytes:.0f} MB (at most {MOST_MEGABYTES}),", end=" ")
    print(f"csv.reader {baseline:.1f} s, ratio {ratio:.1f} (at most {MOST_CSV_RATIO})")
    return count == rows and megabytes <= MOST_MEGABYTES and ratio <= MOST_CSV_RATIO


def _check_in_this_process(file: Path) -> int:
    context = context_for(_settings_now(), as_of=AS_OF, today=AS_OF)
    summary = CheckSummary()
    start = time.process_time()
    with file.open("rb") as stream:
        for _ in check(open_extract(stream, ReadOptions(), context), context, summary):
            pass
    seconds = time.process_time() - start
    print(summary.accepted, seconds, _peak_megabytes())
    return 0


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
        street = f"Eksempelveien {row % 400};H{row % 9 + 1:02}01;3370;VIKERSUND;3316"
        yield f"{number};Bråthen{row % 700};Åse{row % 900};;{street};01.03.2026;3301;bosatt;\n"


def _numbers() -> Iterator[str]:
    """Yield valid synthetic numbers, some for each day, without end in practice."""
    for year in range(100):
        for month in range(1, 13):
            for day in range(1, 29):
                yield from _numbers_of(f"{day:02}{month + 80:02}{year:02}")


def _numbers_of(start: str) -> Iterator[str]:
    found = 0
    for individual in range(1000):
        body = [int(digit) for digit in f"{start}{individual:03}"]
        first = -sum(a * b for a, b in zip(body, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
        second = -sum(a * b for a, b in zip([*body, first], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if first < 10 and second < 10:
            number = f"{start}{individual:03}{first}{second}"
            assert fault_of(number, synthetic_allowed=True) is None
            found += 1
            yield number
        if found == 40:
            return


if __name__ == "__main__":
    raise SystemExit(main())
