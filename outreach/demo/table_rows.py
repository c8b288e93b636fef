"""A made-up person as one row of a table extract, with the Norwegian headers of common register systems.

A table has no history: the previous municipality stands for it, so a person who came and then moved inside the
municipality cannot be recognised as a newcomer from a table.
"""

from outreach.demo.person import Address, DemoPerson, Residence

HEADER = (
    "Fødselsnummer",
    "Etternavn",
    "Fornavn",
    "Mellomnavn",
    "Fødselsdato",
    "Bostedsadresse",
    "Bruksenhetsnummer",
    "C/O",
    "Postnr",
    "Poststed",
    "Kommunenr",
    "Flyttedato",
    "Fraflyttet kommunenr",
    "Fraflyttingsland",
    "Status",
    "Adressegradering",
)


def table_row(person: DemoPerson) -> tuple[str, ...]:
    """Return the cells of `person` in the order of HEADER. Dates are dd.mm.yyyy, unknown cells empty."""
    names = (person.family, person.given, person.middle)
    home = None if _home_is_not_shown(person) else person.residences[-1]
    return (
        person.national_id,
        *names,
        person.birth.strftime("%d.%m.%Y"),
        *_address_cells(home.address if home else person.stay if person.is_d_number else None),
        *(_move_cells(person, home) if home else ("", "", "")),
        _status(person),
        _grading(person),
    )


def _home_is_not_shown(person: DemoPerson) -> bool:
    return not person.residences or bool(person.left_on) or person.protection.lower().startswith("strengt")


def _address_cells(address: Address | None) -> tuple[str, str, str, str, str, str]:
    if address is None:
        return ("", "", "", "", "", "")
    number = address.municipality.numbers[-1][1]
    if address.is_unknown:
        return ("", "", "", "", "", number)
    return (street_line(address), address.dwelling, address.care_of, address.postcode, address.place, number)


def street_line(address: Address) -> str:
    """Return the address as one line: street and number, or farm with its land number."""
    if address.farm_number:
        return f"{address.farm} {address.farm_number}/{address.holding_number}"
    house = f"{address.house_number}{address.house_letter}"
    return f"{address.farm}, {address.street} {house}" if address.farm else f"{address.street} {house}"


def _move_cells(person: DemoPerson, home: Residence) -> tuple[str, str, str]:
    if home.cause == "Fødsel":
        moved = "" if home.since.toordinal() % 2 else home.since.strftime("%d.%m.%Y")
        return (moved, "", "")
    moved = home.since.strftime("%d.%m.%Y")
    if home.cause == "Innvandring":
        return (moved, "", person.arrived_from)
    return (moved, person.residences[-2].address.municipality.number_on(home.since), "")


def _status(person: DemoPerson) -> str:
    if person.died_on:
        return "død"
    if person.left_on:
        return "utflyttet"
    return "midlertidig" if person.is_d_number else "bosatt"


def _grading(person: DemoPerson) -> str:
    return person.protection or person.grading
