"""Letters a second, set as `flask letters build` sets them, against reportlab drawing the same words and pictures.

`python -m benchmarks.letters [--letters N] [--rounds N] [--processes N]`. As many processes for both: two, as the
product has them; with `--processes 1` one against one. QR codes are made beforehand for both. Ours is tagged and fit
for archives (PDF/UA-1, PDF/A-2a), reportlab's is not (`drawn_letters.py`). reportlab's processes have started and
loaded their fonts beforehand; ours start within the time.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.drawn_letters import INK, draw_file, prepare
from benchmarks.measure import Figure, conclude, rates
from outreach.events.event import Kind
from outreach.formats.qr import png
from outreach.invitations.letters.building.typesetters.service import Typesetters
from outreach.invitations.letters.languages.choice import USUAL
from outreach.invitations.letters.sheet import LETTERS_A_FILE, PAGES_A_LETTER, Letter, common_part, own_part, parts
from outreach.invitations.letters.wording import Occasion

_LOGO = {"svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>'}
_PROCESSES = 2
LIMIT = 2.0


@dataclass(frozen=True)
class _Job:
    """What all letters share, what each has of its own, and its QR code as PNG."""

    common: dict[str, Any]
    own: Sequence[dict[str, Any]]
    pictures: Sequence[bytes]


def figures(*, letters: int = 2 * LETTERS_A_FILE, rounds: int = 4, processes: int = _PROCESSES) -> list[Figure]:
    """Return the ratio of pages a second, both sides with `processes` processes."""
    # Other letters each time: the typesetter remembers what it has set, and a mailing has no two letters alike.
    ours, theirs = (_jobs(letters, start) for start in (0, 1_000_000))
    with ProcessPoolExecutor(processes, get_context("spawn"), prepare) as pool:
        for warm in (lambda: _set(next(ours), processes), lambda: _draw(next(theirs), pool)):
            warm()
        return [
            rates(
                f"pages/s of letters against reportlab drawing the same, {processes} processes each",
                lambda: _pages_a_second(next(ours), lambda job: _set(job, processes)),
                lambda: _pages_a_second(next(theirs), lambda job: _draw(job, pool)),
                limit=LIMIT,
                rounds=rounds,
            )
        ]


def _pages_a_second(job: _Job, make: Callable[[_Job], list[bytes]]) -> float:
    started = time.perf_counter()
    starts = make(job)
    seconds = time.perf_counter() - started
    if len(starts) != len(parts(job.own)) or any(start != b"%PDF" for start in starts):
        raise RuntimeError("a PDF is missing")
    return len(job.own) * PAGES_A_LETTER / seconds


def _set(job: _Job, processes: int) -> list[bytes]:
    """Return the first four bytes of each file that the typesetters' own processes made of the letters."""
    with tempfile.TemporaryDirectory() as folder, Typesetters(processes) as typesetters:
        for number, letters in enumerate(parts(job.own)):
            data = {"common": job.common, "letters": letters, "is_trial": False}
            typesetters.set(data, Path(folder, f"{number}.pdf"))
        return [_start(Path(folder, name)) for name, _count in typesetters.finished(wait=True)]


def _draw(job: _Job, pool: ProcessPoolExecutor) -> list[bytes]:
    """Return the first four bytes of each file that reportlab made, as many letters a file as ours."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.pdf") for number, _ in enumerate(parts(job.own))]
        for done in [
            pool.submit(draw_file, job.common, own, pictures, file)
            for file, own, pictures in zip(files, parts(job.own), parts(job.pictures), strict=True)
        ]:
            done.result()
        return [_start(file) for file in files]


def _start(file: Path) -> bytes:
    return file.read_bytes()[:4]


def _jobs(count: int, start: int) -> Iterator[_Job]:
    about = _occasion()
    for first in range(start, start + 1_000 * count, count):
        letters = [_letter(number) for number in range(first, first + count)]
        own = [own_part(about, letter) for letter in letters]
        yield _Job(common_part(about, logo=_LOGO, ink=INK, choices=[USUAL]), own, [letter.qr_png for letter in letters])


def _letter(number: int) -> Letter:
    code = f"C2D3-{number // 10_000:04}-{number % 10_000:04}"
    return Letter(
        reference=number,
        window=(f"Åse{number} Oppdiktet", f"Oppdiktaveien {number + 1}", "3370 VIKERSUND"),
        first_names=(f"Åse{number}", "Bjørn"),
        code=code,
        languages=USUAL,
        qr_png=png(f"HTTPS://TREFFPUNKT.MODUM.KOMMUNE.NO/I/{code.replace('-', '')}", 1),
    )


def _occasion() -> Occasion:
    starts = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
    return Occasion(
        kind=Kind.NY_I_MODUM,
        title="Ny i Modum-kveld",
        starts_at_utc=starts,
        ends_at_utc=starts.replace(hour=20),
        venue="Kulturhuset",
        venue_address="Oppdiktaveien 1, 3370 Vikersund",
        access_information="Heis og trinnfri inngang.",
        answer_by=date(2026, 11, 22),
        organisation="Modum kommune",
        organisation_number="970491589",
        organisation_address="Postboks 38, 3371 Vikersund",
        municipality="Modum",
        phone="32 78 93 00",
        hours="mandag til fredag kl. 9.00–15.00",
        email="servicetorget@modum.example",
        public_url="https://treffpunkt.modum.kommune.no",
        today=date(2026, 11, 2),
        erased_on=date(2027, 2, 24),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=2 * LETTERS_A_FILE)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--processes", type=int, default=_PROCESSES)
    asked = parser.parse_args()
    conclude(figures(letters=asked.letters, rounds=asked.rounds, processes=asked.processes))
