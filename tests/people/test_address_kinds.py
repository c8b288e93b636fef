"""Each kind of address of the register, filled into the sample that has every field, and its lines in the window."""

import json
from pathlib import Path
from typing import Any

import pytest

from outreach.people.postal_address import PostalAddress
from outreach.register.formats.freg_addresses import postal_address_of, residence_of
from outreach.register.queries import postcodes

SAMPLE = json.loads((Path(__file__).parents[1] / "extracts" / "vtfk-alle-felter.json").read_text(encoding="utf-8"))
TOWN = {"postnummer": "3370", "poststedsnavn": "VIKERSUND"}
STREET = {
    "adressenavn": "Eksempelveien", "adressenummer": {"husnummer": "12", "husbokstav": "B"}, "poststed": TOWN,
    "adressetilleggsnavn": "", "coAdressenavn": "", "bruksenhetsnummer": "H0101", "kommunenummer": "3316",
}  # fmt: skip
FARM = {
    "matrikkelnummer": {"kommunenummer": "3316", "gaardsnummer": 12, "bruksnummer": 3, "festenummer": 0},
    "undernummer": 0, "adressetilleggsnavn": "", "coAdressenavn": "", "bruksenhetsnummer": "", "poststed": TOWN,
}  # fmt: skip
ABROAD = {
    "coAdressenavn": "c/o Jensen", "adressenavn": "Prøvevej 4", "bygning": "Bygning B", "etasjenummer": "3",
    "boenhet": "2", "postboks": "", "region": "Midtjylland", "distriktsnavn": "Nord", "postkode": "8000",
    "byEllerStedsnavn": "Aarhus", "landkode": "DK",
}  # fmt: skip
LONDON = {
    "adresselinje": ["4 Sample Street"],
    "postkode": "AB1 2CD",
    "byEllerStedsnavn": "London",
    "landkode": "GB",
}


def sample(kind: str, part: str, **values: Any) -> dict[str, Any]:
    """Return the sample's entry of `kind` with `part` alone of its alternatives, filled with `values`."""
    found = SAMPLE[0] if isinstance(SAMPLE, list) else SAMPLE
    [entry] = found.get("folkeregisterperson", found)[kind]
    assert part in entry
    parts = {name for name, value in entry.items() if isinstance(value, dict)}
    kept = {name: value for name, value in entry.items() if name not in parts}
    return {**kept, part: {**entry[part], **values}}


@pytest.mark.parametrize(
    ("part", "values", "lines"),
    [
        ("vegadresse", STREET, ("Eksempelveien 12B", "3370 VIKERSUND")),
        (
            "vegadresse",
            {**STREET, "coAdressenavn": "Kari Lien"},
            ("c/o Kari Lien", "Eksempelveien 12B", "3370 VIKERSUND"),
        ),
        ("vegadresse", {**STREET, "coAdressenavn": "v/ Lien"}, ("v/ Lien", "Eksempelveien 12B", "3370 VIKERSUND")),
        (
            "vegadresse",
            {**STREET, "adressetilleggsnavn": "Solbakken"},
            ("Solbakken", "Eksempelveien 12B", "3370 VIKERSUND"),
        ),
        ("matrikkeladresse", FARM, ("Gnr./bnr. 12/3", "3370 VIKERSUND")),
        ("matrikkeladresse", {**FARM, "undernummer": 2}, ("Gnr./bnr. 12/3-2", "3370 VIKERSUND")),
        ("matrikkeladresse", {**FARM, "adressetilleggsnavn": "Nordgård"}, ("Nordgård", "3370 VIKERSUND")),
    ],
)
def test_a_residence_is_written_as_the_post_reads_it(part: str, values: dict[str, Any], lines: tuple[str, ...]) -> None:
    residence = residence_of(sample("bostedsadresse", part, **values))
    assert residence.address is not None
    assert residence.address.letter_lines() == lines
    assert residence.municipality == "3316"
    assert residence.dwelling is not None


@pytest.mark.parametrize(
    ("kind", "part", "values", "lines"),
    [
        ("postadresse", "vegadresse", STREET, ("Eksempelveien 12B", "3370 VIKERSUND")),
        ("postadresse", "postboksadresse", {"postbokseier": "", "postboks": "Postboks 38", "poststed": TOWN},
         ("Postboks 38", "3370 VIKERSUND")),
        ("postadresse", "postboksadresse", {"postbokseier": "Firma AS", "postboks": "Postboks 38", "poststed": TOWN},
         ("Firma AS", "Postboks 38", "3370 VIKERSUND")),
        ("postadresse", "postadresseIFrittFormat", {"adresselinje": ["En", "To", "Tre"], "poststed": TOWN},
         ("En", "To", "Tre", "3370 VIKERSUND")),
        ("postadresse", "postadresseIFrittFormat",
         {"adresselinje": ["En", "To", "Tre", "En ganske lang linje"], "poststed": TOWN},
         ("En, To", "Tre", "En ganske lang linje", "3370 VIKERSUND")),
        ("postadresseIUtlandet", "utenlandskAdresseIFrittFormat", LONDON, ("4 Sample Street", "AB1 2CD London", "GB")),
    ],
)  # fmt: skip
def test_a_postal_address_is_written_as_the_post_reads_it(
    kind: str, part: str, values: dict[str, Any], lines: tuple[str, ...]
) -> None:
    address = postal_address_of(sample(kind, part, **values))
    assert address is not None
    assert address.letter_lines() == lines


def test_a_foreign_address_with_every_field_loses_nothing_and_fits() -> None:
    address = postal_address_of(sample("postadresseIUtlandet", "utenlandskAdresse", **ABROAD))
    assert address is not None
    lines = address.letter_lines()
    assert len(lines) <= 4
    assert lines[-1] == "DK"
    written = " ".join(lines)
    assert all(value in written for value in ABROAD.values())


def test_an_unknown_residence_has_a_municipality_and_no_address() -> None:
    residence = residence_of(sample("bostedsadresse", "ukjentBosted", bostedskommune="3316"))
    assert (residence.municipality, residence.address, residence.dwelling) == ("3316", None, None)


@pytest.mark.parametrize(
    ("postcode", "is_known"), [("3370", True), ("0001", True), ("3371", True), ("9999", False), ("337", False)]
)
def test_postcodes_are_those_of_the_table(postcode: str, is_known: bool) -> None:
    assert postcodes().knows(postcode) == is_known


@pytest.mark.parametrize("count", range(12))
def test_the_window_never_holds_more_than_four_lines_below_the_name(count: int) -> None:
    address = PostalAddress(tuple(f"linje {number}" for number in range(count)), "3370", "VIKERSUND", "Danmark")
    lines = address.letter_lines()
    assert len(lines) <= 4
    assert all(any(f"linje {number}" in line for line in lines) for number in range(count))
