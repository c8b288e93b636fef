"""Every header word of the contract, and the shapes in which people write them."""

import pytest

from outreach.register.formats import headers
from outreach.register.problems import MappingError, MissingColumnsError, MissingGradingError, UnknownColumnsError

WORDS = {
    "national_id": "fødselsnummer|fødselsnr|fnr|personnummer|f.nr",
    "family_name": "etternavn|slektsnavn|etternamn",
    "given_name": "fornavn|førenamn",
    "middle_name": "mellomnavn|mellomnamn",
    "name": "navn|fullt navn|namn",
    "birth_date": "fødselsdato|født|f.dato|fødd",
    "street_address": "adresse|gateadresse|bostedsadresse|vegadresse",
    "dwelling_number": "bolignr|bolignummer|bruksenhet|bruksenhetsnummer|H-nummer",
    "care_of": "c/o",
    "postcode": "postnr|postnummer",
    "place": "poststed|sted|poststad",
    "municipality": "kommunenr|kommunenummer|kommune",
    "moved_on": "flyttedato|innflyttet|flyttet dato|innflytta",
    "previous_municipality": "fraflyttet kommune|fraflyttet kommunenr|fraflyttet kommune(nr)|fraflyttingskommune|"
    "forrige kommune|flyttet fra|fråflyttingskommune|førre kommune|flytta frå",
    "previous_country": "fraflyttingsland|fråflyttingsland",
    "status": "status|personstatus",
    "grading": "gradering|adressegradering|adressebeskyttelse|beskyttelse|skjermet",
}
CASES = [(field, word) for field, words in WORDS.items() for word in words.split("|")]


@pytest.mark.parametrize(("field", "word"), CASES)
@pytest.mark.parametrize(
    "write",
    [str, str.upper, str.title, lambda word: f" {word.replace(' ', '_')}: ", lambda word: word.replace("ø", "oe")],
)
def test_recognises(field: str, word: str, write: object) -> None:
    assert callable(write)
    assert headers.recognised([write(word)]) == {field: 0}


def test_the_first_of_two_columns_counts() -> None:
    assert headers.recognised(["Navn", "Adresse", "navn"]) == {"name": 0, "street_address": 1}


def test_a_mapping_goes_before_recognition_and_takes_the_column() -> None:
    found = headers.mapped(["Navn", "Adresse", "Kode"], {"grading": "kode", "given_name": "Navn"})
    assert found == {"given_name": 0, "street_address": 1, "grading": 2}


@pytest.mark.parametrize("mapping", [{"finnes_ikke": "Navn"}, {"grading": "Finnes ikke"}])
def test_a_mapping_to_what_is_not_there_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(MappingError):
        headers.mapped(["Navn"], mapping)


def test_says_what_is_missing() -> None:
    with pytest.raises(UnknownColumnsError):
        headers.refuse_incomplete({}, protection_is_checked=True)
    with pytest.raises(MissingColumnsError, match="navn, adresse"):
        headers.refuse_incomplete({"national_id": 0}, protection_is_checked=True)
    whole = {"national_id": 0, "name": 1, "street_address": 2}
    with pytest.raises(MissingGradingError):
        headers.refuse_incomplete(whole, protection_is_checked=False)
    headers.refuse_incomplete(whole, protection_is_checked=True)
    headers.refuse_incomplete({**whole, "grading": 3}, protection_is_checked=False)
