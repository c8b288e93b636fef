import pytest

from outreach.people.protection import Grading, grading_of, grading_of_cell, protects


@pytest.mark.parametrize(
    ("code", "grading"),
    [
        ("ugradert", Grading.UNGRADED),
        ("UGRADERT", Grading.UNGRADED),
        ("STRENGT_FORTROLIG", Grading.STRICTLY_CONFIDENTIAL),
        ("strengtFortrolig", Grading.STRICTLY_CONFIDENTIAL),
        ("KLIENTADRESSE", Grading.CLIENT_ADDRESS),
        ("fortrolig", Grading.CONFIDENTIAL),
        ("superhemmelig", Grading.UNKNOWN),
        ("", Grading.UNKNOWN),
        (None, Grading.UNKNOWN),
        (6, Grading.UNKNOWN),
    ],
)
def test_reads_codes_in_any_case_and_never_guesses(code: object, grading: Grading) -> None:
    assert grading_of(code) == grading


@pytest.mark.parametrize("cell", ["", " ", "-", "Nei", "0", "ugradert", "Ingen"])
def test_an_empty_or_negative_cell_is_ungraded(cell: str) -> None:
    assert not protects([grading_of_cell(cell)])


@pytest.mark.parametrize("cell", ["ja", "x", "Kode 6", "7", "strengt fortrolig", "fortrolig", "1", "se merknad"])
def test_every_other_cell_protects(cell: str) -> None:
    assert protects([Grading.UNGRADED, grading_of_cell(cell)])
