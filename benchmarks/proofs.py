"""Every proof that is too long for a test, on both databases, and with its protection taken away: `make proofs`.

`python -m benchmarks.proofs [--quick] [--database sqlite|postgresql] [--only NAME]`

A proof holds when it ends well and its control does not: a control that holds means that the proof could not fail.
Whole it takes hours; `--quick` runs each in small, to see that all can be run. Exits 1 when one does not hold.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.site import DATABASES


@dataclass(frozen=True)
class _Proof:
    """A module of this folder, its options, and those that make it small."""

    module: str
    options: str = ""
    quick: str = ""

    @property
    def name(self) -> str:
        return f"{self.module} {self.options}".strip()


_PROOFS = (
    _Proof("rsvp_rush", quick="--parallel 60 --seats 20 --repeats 2"),
    _Proof("city_swaps", quick="--swaps 600"),
    _Proof("kill_send", "--transport keyed", quick="--n 600 --kills 10"),
    _Proof("kill_send", "--transport smtp", quick="--n 600 --kills 10"),
    _Proof("door_converge", quick="--scans 400 --orders 10"),
    _Proof("door_browsers", quick="--seconds 15"),
    _Proof("guesses", quick="--guesses 4000 --addresses 1,50"),
)


def main() -> None:
    """Run the proofs that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--only", choices=sorted({proof.module for proof in _PROOFS}), action="append")
    asked = parser.parse_args()
    wanted = [proof for proof in _PROOFS if not asked.only or proof.module in asked.only]
    faults = [fault for each in asked.database or DATABASES for fault in _faults(wanted, each, is_quick=asked.quick)]
    print("\n".join(faults) or "all proofs hold, and no control does")
    sys.exit(1 if faults else 0)


def _faults(proofs: list[_Proof], database: str, *, is_quick: bool) -> Iterator[str]:
    for proof in proofs:
        for is_control in (False, True):
            what = f"{proof.name}, {database}{', control' if is_control else ''}"
            print(f"== {what}", flush=True)
            started = time.monotonic()
            holds = _holds(proof, database, is_quick=is_quick, is_control=is_control)
            print(f"   {time.monotonic() - started:.0f} s", flush=True)
            if holds == is_control:
                yield f"{what}: {'holds, so the proof could not fail' if is_control else 'DOES NOT HOLD'}"


def _holds(proof: _Proof, database: str, *, is_quick: bool, is_control: bool) -> bool:
    command = [sys.executable, "-m", f"benchmarks.{proof.module}", "--database", database, *proof.options.split()]
    command += proof.quick.split() if is_quick else []
    command += ["--control"] if is_control else []
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    main()
