"""Address protection: which gradings mean that nobody may see or write to a person. Pure: a code in, a grading out.

Source: folkeregisterloven § 10-4; Skatteetaten's `spm-og-svar/sos-adresser.md` and `sos-spesreg.md`. The mark sits on
the person (`adressebeskyttelse`) and on each address (`adressegradering`); both count. What we do not know protects.
"""

import re
from collections.abc import Iterable
from enum import StrEnum


class Grading(StrEnum):
    """How an address or a person is graded. Every value but UNGRADED protects."""

    UNGRADED = "ugradert"
    CONFIDENTIAL = "fortrolig"
    STRICTLY_CONFIDENTIAL = "strengtFortrolig"
    CLIENT_ADDRESS = "klientadresse"
    UNKNOWN = "ukjent"


_CODES = {
    "ugradert": Grading.UNGRADED,
    "fortrolig": Grading.CONFIDENTIAL,
    "fortroleg": Grading.CONFIDENTIAL,
    "7": Grading.CONFIDENTIAL,
    "kode7": Grading.CONFIDENTIAL,
    "strengtfortrolig": Grading.STRICTLY_CONFIDENTIAL,
    "strengtfortroleg": Grading.STRICTLY_CONFIDENTIAL,
    "6": Grading.STRICTLY_CONFIDENTIAL,
    "kode6": Grading.STRICTLY_CONFIDENTIAL,
    "klientadresse": Grading.CLIENT_ADDRESS,
    "4": Grading.CLIENT_ADDRESS,
}
# What people write in a table's column for "not protected".
_UNGRADED_CELLS = frozenset({"", "0", "n", "nei", "no", "nn", "ingen", "ikke", "ikkje", "false", "usann", "ugradert"})
_NOISE = re.compile(r"[\W_]+")


def grading_of(code: object) -> Grading:
    """Return the grading that a register code means, in any case; a code that we do not know is UNKNOWN."""
    if not isinstance(code, str):
        return Grading.UNKNOWN
    return _CODES.get(code) or _CODES.get(_NOISE.sub("", code).casefold(), Grading.UNKNOWN)


def grading_of_cell(cell: str) -> Grading:
    """Return the grading that a cell of a table means: empty, "nei" and the like are ungraded, other words protect."""
    word = _NOISE.sub("", cell).casefold()
    return Grading.UNGRADED if word in _UNGRADED_CELLS else _CODES.get(word, Grading.UNKNOWN)


def protects(gradings: Iterable[Grading]) -> bool:
    """Say whether any of `gradings` protects the person."""
    return any(grading is not Grading.UNGRADED for grading in gradings)
