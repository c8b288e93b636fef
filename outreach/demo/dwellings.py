"""Which dwelling a household lives in: each household number has another one, so households never merge by accident."""

from dataclasses import replace
from random import Random

from outreach.demo.person import Address
from outreach.demo.places import (
    ELSEWHERE_STREETS,
    FARMS,
    LONG_STREET,
    MODUM,
    STREETS,
    Municipality,
)

_FARM_EVERY = 25
_CARE_OF_EVERY = 41
_LONG_EVERY = 307
_FLATS_IN_A_BLOCK = 8


def home_of(number: int) -> Address:
    """Return the dwelling in Modum of household `number`: a street, a flat, or a farm known by its land number."""
    if number % _FARM_EVERY == 7:
        address = _farm(number // _FARM_EVERY)
    elif number % _LONG_EVERY == 11:
        address = _long(number // _LONG_EVERY)
    else:
        address = _in_street(number)
    if number % _CARE_OF_EVERY == 5:
        address = replace(address, care_of="Nabo Oppdiktet")
    return replace(address, register_id=900_000_000 + number)


def earlier_home(random: Random) -> Address:
    """Return a dwelling in Modum where somebody lived before; others may live there now."""
    return home_of(random.randrange(4_000))


def dwelling_in(random: Random, municipality: Municipality) -> Address:
    """Return a dwelling somewhere in `municipality`."""
    postcode, place = random.choice(municipality.post_offices)
    return Address(
        municipality=municipality,
        postcode=postcode,
        place=place,
        street=random.choice(ELSEWHERE_STREETS),
        house_number=random.randint(1, 180),
        dwelling=f"H0{random.randint(1, 4)}0{random.randint(1, 3)}",
        register_id=random.randint(100_000_000, 899_999_999),
    )


def _post_office(street: int) -> tuple[str, str]:
    """Most streets lie in the three villages; every fiftieth bears the postcode of a neighbour's village."""
    offices = MODUM.post_offices
    return offices[3 + street % 2] if street % 50 == 49 else offices[street % 3]


def _in_street(number: int) -> Address:
    row, street = divmod(number, len(STREETS))
    postcode, place = _post_office(street)
    address = Address(municipality=MODUM, postcode=postcode, place=place, street=STREETS[street])
    if street % 5 == 0:
        block, flat = divmod(row, _FLATS_IN_A_BLOCK)
        return replace(address, house_number=2 * block + 1, dwelling=f"H0{1 + flat // 2}0{1 + flat % 2}")
    house, entrance = divmod(row, 3) if street % 7 == 0 else (row, 0)
    return replace(address, house_number=house + 1, house_letter=("", "A", "B")[entrance])


def _farm(number: int) -> Address:
    postcode, place = _post_office(number)
    return Address(
        municipality=MODUM,
        postcode=postcode,
        place=place,
        farm=FARMS[number % len(FARMS)],
        farm_number=1 + number % 200,
        holding_number=1 + number // 200,
        dwelling="H0101" if number % 3 else "",
    )


def _long(number: int) -> Address:
    return Address(
        municipality=MODUM,
        postcode="3360",
        place="GEITHUS",
        street=LONG_STREET,
        house_number=1000 + number,
        house_letter="Å",
        farm="Nedre Prøvegård på Sletta ved Fløterbrua",
        care_of="Familien Langnavn-Dobbel v/ Prøvesen",
    )
