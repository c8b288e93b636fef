import pytest

from outreach.register import queries
from outreach.register.municipalities import Municipalities

KNOWN = queries.municipalities(("3316", "3047", "0623"))


@pytest.mark.parametrize("number", ["0623", "3047", "3316"])
def test_modum_is_modum_whatever_the_number(number: str) -> None:
    assert KNOWN.fold(number) == KNOWN.own == "3316"


@pytest.mark.parametrize(("number", "folded"), [("0602", "3301"), ("1201", "4601"), ("1601", "5001"), ("9999", "9999")])
def test_folds_renumbered_municipalities(number: str, folded: str) -> None:
    assert KNOWN.fold(number) == folded


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("Modum", "3316"),
        ("modum kommune", "3316"),
        ("623", "3316"),
        ("3301 Drammen", "3301"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_reads_a_cell(cell: str, number: str) -> None:
    assert KNOWN.number_of(cell) == number


@pytest.mark.parametrize(
    ("number", "titled"), [("3316", "Modum (3316)"), ("0602", "Drammen (0602)"), ("9998", "9998"), ("", "")]
)
def test_says_the_name_beside_the_number(number: str, titled: str) -> None:
    assert KNOWN.titled(number) == titled


def test_a_split_municipality_is_its_own() -> None:
    known = Municipalities.parse(
        "nr\tnavn\tfra\ttil\tny\tny navn\n1850\tTysfjord\t\t2019\tRest\t\n", own_numbers=["3316"]
    )
    assert known.fold("1850") == "1850"


def test_knows_the_student_towns() -> None:
    assert [KNOWN.study_city(number) for number in ("0301", "1201", "5001", "3316")] == [
        "oslo",
        "bergen",
        "trondheim",
        "",
    ]


def test_knows_the_postcodes() -> None:
    postcodes = queries.postcodes()
    assert len(postcodes.places) == 5_137
    assert (postcodes.place("3370"), postcodes.municipality("3370"), postcodes.place("0000")) == (
        "VIKERSUND",
        "3316",
        "",
    )
