"""Lists and numbers of the contact point. Nobody who is unlisted stands in any of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from outreach.audience.interest import INTEREST_WORDS
from outreach.contact_point.models import SignUp, SignUpInterest
from outreach.contact_point.queries import has_yes
from outreach.contact_point.sign_up import Purpose
from outreach.database import db
from outreach.events.study_place import PLACE_WORDS
from outreach.formats.norwegian_order import order_key

PAGE_SIZE = 100
_LISTED = SignUp.is_unlisted.is_(False)


@dataclass(frozen=True)
class Line:
    """One person as staff see them, opened."""

    id: int
    name: str
    city: str
    school: str
    programme: str
    finishing_year: int | None
    interests: tuple[str, ...]
    purposes: frozenset[str]
    channel: str
    contact: str
    confirmed_at_utc: datetime


@dataclass(frozen=True)
class Numbers:
    """How many there are: in all, with a yes to each purpose, by city, finishing year (None: not told), interest and
    link that brought them."""

    everybody: int
    purposes: dict[str, int]
    cities: dict[str, int]
    years: dict[int | None, int]
    interests: dict[str, int]
    heard_by: dict[str, int]


def numbers() -> Numbers:
    """Return how many of those who may be listed there are, of what sort."""
    interests = select(SignUpInterest.interest, func.count()).join(SignUp, SignUp.id == SignUpInterest.sign_up_id)
    by_interest = interests.where(_LISTED).group_by(SignUpInterest.interest).order_by(SignUpInterest.interest)
    found = {row[0]: row[1] for row in db.session.execute(by_interest)}
    cities, years = _by(SignUp.city), _by(SignUp.finishing_year)
    return Numbers(
        everybody=sum(cities.values()),
        purposes={purpose.value: _count(has_yes(purpose)) for purpose in Purpose},
        cities={place.value: cities.get(place.value, 0) for place in PLACE_WORDS},
        years=dict(sorted(years.items(), key=lambda one: (one[0] is None, one[0] or 0))),
        interests={one.value: found.get(one.value, 0) for one in INTEREST_WORDS},
        heard_by={name: number for name, number in _by(SignUp.heard_by).items() if name},
    )


def listed(city: str, *, page: int) -> tuple[list[Line], int]:
    """Return one page (from 1) of those who study in `city` ("" for all), by name, and how many there are."""
    chosen = SignUp.city == city if city else SignUp.id.is_not(None)
    return _paged(list(_lines(chosen)), page)


def listed_among(ids: Collection[int], *, page: int) -> tuple[list[Line], int]:
    """Return one page (from 1) of those with `ids`, by name, and how many there are."""
    wanted = set(ids)
    return _paged([line for line in _lines(SignUp.id.is_not(None)) if line.id in wanted], page)


def everybody() -> list[Line]:
    """Return all, by name, for an export."""
    return _sorted(list(_lines(SignUp.id.is_not(None))))


def _paged(lines: list[Line], page: int) -> tuple[list[Line], int]:
    return _sorted(lines)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], len(lines)


def _sorted(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (order_key(line.name), line.id))


def _lines(chosen: ColumnElement[bool]) -> Iterator[Line]:
    wanted = select(SignUp).where(_LISTED, chosen).order_by(SignUp.id)
    options = (selectinload(SignUp.interests), selectinload(SignUp.consents))
    for row in db.session.scalars(wanted.options(*options)):
        yield Line(
            id=row.id,
            name=row.name or "",
            city=row.city,
            school=row.school or "",
            programme=row.programme or "",
            finishing_year=row.finishing_year,
            interests=tuple(one.interest for one in row.interests),
            purposes=frozenset(one.purpose for one in row.consents if one.withdrawn_at_utc is None),
            channel=row.channel,
            contact=row.contact or "",
            confirmed_at_utc=row.confirmed_at_utc,
        )


def _by(column: Any) -> dict[Any, int]:
    rows = db.session.execute(select(column, func.count()).where(_LISTED).group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(SignUp).where(_LISTED, condition)) or 0
