"""Has processes of their own set letters, as many at a time as there are processors, two at most for the memory.

In: jobs for `typesetting.py`. Out: finished files in the order in which they were handed in.
"""

import json
from base64 import b64decode
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import structlog

from outreach.errors import N_, OutreachError
from outreach.invitations.letters import picturing, single_sheets, typesetting
from outreach.printing.service import MOST_AT_ONCE, PROCESSORS, run_alone

_FULL = b"SHEET IS FULL"
log = structlog.get_logger()


class TypesettingError(OutreachError):
    """The typesetter gave up; nothing was handed over."""

    message = N_("Brevene i %(file)s kunne ikke settes. Ingen brev er levert til utskrift.")


class SheetFullError(OutreachError):
    """The event's text is too long for the sheet."""

    message = N_(
        "Teksten får ikke plass på arket. Gjør arrangementets navn, sted eller adkomst kortere, eller velg færre språk."
    )


class Typesetters:
    """Sets files side by side, `most_at_once` at most. Used as a context: leaving it waits for what is at work."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE) -> None:
        self._at_once = min(PROCESSORS, most_at_once)
        self._threads = ThreadPoolExecutor(self._at_once)
        self._working: deque[tuple[str, int, Future[bytes]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)

    def set(self, job: dict[str, Any], out: Path) -> None:
        """Begin on the file `out`; waits while more files are waiting than there are typesetters."""
        self._working.append((out.name, len(job["letters"]), self._threads.submit(typeset, job, out)))
        if len(self._working) > self._at_once:
            self._working[-1 - self._at_once][2].exception()

    def finished(self, *, wait: bool = False) -> Iterator[tuple[str, int]]:
        """Yield (name, letters) of files that are done, in order; with `wait`, of all. Raises what `typeset` raises."""
        while self._working and (wait or self._working[0][2].done()):
            name, letters, future = self._working.popleft()
            future.result()
            yield name, letters


def typeset(job: dict[str, Any], out: Path | None) -> bytes:
    """Set `job` in a process of its own, into the file `out`, or return the PDF when None.

    Raises SheetFullError for a trial that does not fit, else TypesettingError.
    """
    return _run(typesetting.__file__, job, str(out or "-"), name=out.name if out else "preview")


def typeset_singly(common: dict[str, Any], letters: Sequence[dict[str, Any]]) -> list[bytes]:
    """Return a PDF for each of `letters`, in their order. Raises SheetFullError or TypesettingError."""
    job = {"common": common, "letters": list(letters), "is_trial": True}
    return [b64decode(pdf) for pdf in json.loads(_run(single_sheets.__file__, job, "-", name="single letters"))]


def picture(job: dict[str, Any], folder: Path) -> None:
    """Write a picture of the front of each letter of `job` into `folder`, named by its `picture`.

    Raises TypesettingError.
    """
    _run(picturing.__file__, job, str(folder), name="pictures")


def _run(script: str, job: dict[str, Any], out: str, *, name: str) -> bytes:
    done = run_alone(script, job, out)
    if done.returncode == 0:
        return done.stdout
    if _FULL in done.stderr:
        raise SheetFullError
    # The typesetter's own words may quote a letter, so they go nowhere.
    log.error("typesetting failed", file=name, exit_code=done.returncode)
    raise TypesettingError(file=name)
