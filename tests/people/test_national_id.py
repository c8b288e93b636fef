import csv
from datetime import date
from pathlib import Path

import pytest

from outreach.people.national_id import NumberFault, fault_of, parts_of

VECTORS = Path(__file__).parent / "data" / "skatteetaten-foedselsnummer.csv"


def vectors() -> list[dict[str, str]]:
    lines = VECTORS.read_text(encoding="utf-8").splitlines()[1:]
    return list(csv.DictReader(lines))


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["fødselsnummer"])
def test_agrees_with_skatteetaten(vector: dict[str, str]) -> None:
    fault = fault_of(vector["fødselsnummer"], synthetic_allowed=True)
    assert (fault is None) == (vector["erGyldig"] == "true")
    assert parts_of(vector["fødselsnummer"]).is_synthetic == (vector["erSyntetisk"] == "true")


def test_has_all_ten_vectors() -> None:
    assert len(vectors()) == 10


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("20036914700", None),
        ("20036914701", NumberFault.WRONG_CHECK_DIGIT),
        ("2003691470", NumberFault.NOT_ELEVEN_DIGITS),
        ("200369147000", NumberFault.NOT_ELEVEN_DIGITS),
        ("2003691470x", NumberFault.NOT_ELEVEN_DIGITS),
        ("٢٠٠٣٦٩١٤٧٠٠", NumberFault.NOT_ELEVEN_DIGITS),
        ("00000000000", NumberFault.IMPOSSIBLE_DATE),
        ("32010112345", NumberFault.IMPOSSIBLE_DATE),
        ("30026914700", NumberFault.IMPOSSIBLE_DATE),
        ("72010112345", NumberFault.IMPOSSIBLE_DATE),
        ("01130112345", NumberFault.IMPOSSIBLE_DATE),
    ],
)
def test_tells_what_is_wrong(number: str, fault: NumberFault | None) -> None:
    assert fault_of(number, synthetic_allowed=True) == fault


def test_refuses_synthetic_numbers_unless_allowed() -> None:
    assert fault_of("03851598730", synthetic_allowed=False) == NumberFault.SYNTHETIC
    assert fault_of("03851598730", synthetic_allowed=True) is None
    assert fault_of("20036914700", synthetic_allowed=False) is None


def test_reads_a_nav_number_as_synthetic() -> None:
    assert parts_of("01410112345").month == 1
    assert parts_of("01410112345").is_synthetic


def test_knows_the_day_but_not_the_century() -> None:
    parts = parts_of("41819077906")
    assert parts.is_d_number
    assert parts.may_be_born_on(date(1990, 1, 1))
    assert parts.may_be_born_on(date(2090, 1, 1))
    assert not parts.may_be_born_on(date(1990, 1, 2))
