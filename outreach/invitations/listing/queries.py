"""The invitations of one event as staff look through them, in the order of surnames.

Names are sealed, so sorting and searching open them in the process: a few µs each. Nothing here asks who is protected:
a protected person has no row to be found. What households answered is told by a later capability (`answers_by`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select

from outreach.audience.name_search import is_match
from outreach.database import db, unseal
from outreach.errors import N_, NotFoundError
from outreach.events.models import Event
from outreach.formats.norwegian_order import order_key
from outreach.invitations.invitation import State
from outreach.invitations.listing.answered import Answered
from outreach.invitations.listing.household_name import called, household_name
from outreach.invitations.listing.kept_order import KeptOrders, Rows
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import LETTER_STANDING, code_of
from outreach.messages.recipients import RecipientWords
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.web.headers import settings_of_app

PAGE_SIZE = 100
MOST_FOUND = 50
_LETTER = "invitation_letter"
_NAME_COLUMNS = ("given_name_sealed", "middle_name_sealed", "family_name_sealed")
_EXTENSION = "treffpunkt.answers"
_ORDERS = "treffpunkt.invitation_orders"


class Shown(StrEnum):
    """Which invitations a list shows: all, or those of households that come or wait and that neither e-mail nor SMS can
    tell anything."""

    ALL = "alle"
    TO_CALL = "ringes"


@dataclass(frozen=True)
class ListedInvitation:
    """One line of the staff's list: reference, code as printed, who is asked and where they live, letter and answer.

    `surname` is that of the first person; another's first name is followed by the surname when it is another.
    """

    invitation: Invitation
    code: str
    surname: str
    first_names: tuple[str, ...]
    address: str
    letter_state: str
    answered: Answered

    def named(self, and_word: str) -> str:
        """Return the household on one line, with "and" in the reader's language; "" when nobody is named any more."""
        return household_name(self.surname, self.first_names, and_word)


AnswersOf = Callable[[int], Mapping[int, Answered]]


def answers_by(app: Flask, answered: AnswersOf) -> None:
    """Have `answered(event_id)`, answers by invitation, tell in `app` what households answered."""
    app.extensions[_EXTENSION] = answered


def keep_orders(app: Flask) -> None:
    """Let `app` keep the orders of its lists."""
    app.extensions[_ORDERS] = KeptOrders()


def listed(
    event_id: int, answers: Mapping[int, Answered], *, page: int, shown: Shown = Shown.ALL
) -> tuple[list[ListedInvitation], int]:
    """Return one page (from 1, PAGE_SIZE long) of the event's invitations by surname, and how many there are in all.

    `answers`: of `answers_of`. Those whose people are erased come last.
    """
    has_sms, ids = settings_of_app().is_sms_set_up, _by_surname(event_id)
    if shown is Shown.TO_CALL:
        ids = [id_ for id_ in ids if id_ in answers and answers[id_].must_be_called(has_sms=has_sms)]
    chosen = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return _lines(chosen, answers), len(ids)


def answer_counts(event_id: int, answers: Mapping[int, Answered]) -> Counter[str]:
    """Return how many of the invitations in force have been answered how, by `answer_words`; "" is not at all."""
    in_force = select(Invitation.id).where(Invitation.event_id == event_id, Invitation.state == State.ACTIVE.value)
    ids = db.session.scalars(in_force.order_by(Invitation.id))
    return Counter(answers[id_].state if id_ in answers else "" for id_ in ids)


def among(event_id: int, wanted: Collection[int], *, page: int) -> tuple[list[ListedInvitation], int]:
    """Return one page of those of the event's invitations whose id is `wanted`, by surname, and how many there are."""
    ids = [id_ for id_ in _by_surname(event_id) if id_ in wanted]
    chosen = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return _lines(chosen, answers_of(event_id)), len(ids)


def named(event_id: int, wanted: tuple[str, ...]) -> tuple[list[ListedInvitation], int]:
    """Return at most MOST_FOUND invitations with somebody whose name has the `wanted` words (of `name_search`), by
    surname, and how many there are in all."""
    found = {id_ for id_, _position, *name in _names(event_id) if is_match(wanted, " ".join(filter(None, name)))}
    ids = [id_ for id_ in _by_surname(event_id) if id_ in found]
    return _lines(ids[:MOST_FOUND], answers_of(event_id)), len(ids)


def line_of(event_id: int, invitation_id: int) -> ListedInvitation:
    """Return one invitation of the event. Raises NotFoundError, also for an invitation to another event."""
    wanted = select(Invitation.id).where(Invitation.id == invitation_id, Invitation.event_id == event_id)
    lines = _lines(db.session.scalars(wanted.order_by(Invitation.id)).all(), answers_of(event_id))
    if not lines:
        raise NotFoundError(N_("Vi finner ikke invitasjonen."))
    return lines[0]


def recipient_words(invitation_ids: Collection[int]) -> dict[int, RecipientWords]:
    """Return the names behind invitations, and where staff see more; nothing for those whose people are erased."""
    rows = db.session.execute(
        select(Invitation.id, Event.slug).join(Event).where(Invitation.id.in_(invitation_ids)).order_by(Invitation.id)
    )
    people, own = people_of(invitation_ids), _own_names(invitation_ids)
    return {
        id_: RecipientWords(
            household_name("", own[id_], _("og")) if id_ in own else _names_of(people[id_]),
            f"/admin/arrangementer/{slug}/invitasjoner/{id_}",
        )
        for id_, slug in rows
        if id_ in people or id_ in own
    }


def invitation_of(event_id: int, invitation_id: int) -> Invitation:
    """Return the row of one invitation of the event, without opening a name. Raises NotFoundError as `line_of`."""
    wanted = select(Invitation).where(Invitation.id == invitation_id, Invitation.event_id == event_id)
    found: Invitation | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke invitasjonen."))
    return found


def answers_of(event_id: int) -> Mapping[int, Answered]:
    """Return what the event's households answered, by invitation."""
    known: AnswersOf | None = current_app.extensions.get(_EXTENSION)
    return known(event_id) if known else {}


def _by_surname(event_id: int) -> list[int]:
    """Return the ids of the event's invitations in the order of the first person's surname and given name."""
    ids = select(Invitation.id).where(Invitation.event_id == event_id)
    everybody = db.session.execute(ids.order_by(Invitation.created_at_utc, Invitation.id)).all()
    first, own = db.session.execute(_first_asked(event_id)).all(), _own_rows(Invitee.event_id == event_id)
    orders: KeptOrders = current_app.extensions[_ORDERS]
    return orders.order(event_id, (everybody, first, own), lambda: _sorted([id_ for (id_,) in everybody], first, own))


def _sorted(ids: list[int], first: Rows, own: Rows) -> list[int]:
    keys = {}
    for id_, person_id, *sealed in first:
        given, family = (
            unseal(part, column=f"person.{column}", row_id=person_id) or ""
            for part, column in zip(sealed, ("given_name_sealed", "family_name_sealed"), strict=True)
        )
        keys[id_] = (False, order_key(family or given), order_key(given))
    for id_, _position, name in _opened(own):
        keys.setdefault(id_, (False, order_key(name), order_key(name)))
    return sorted(ids, key=lambda id_: keys.get(id_, (True, "", "")))


def _first_asked(event_id: int) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of invitation id, person id, sealed given and family name of the first person of each."""
    place = func.row_number().over(partition_by=Invitee.invitation_id, order_by=(Invitee.position, Invitee.id))
    mine = (Invitee.event_id == event_id, Invitee.person_id.is_not(None))
    asked = select(Invitee.invitation_id, Invitee.person_id, place.label("place")).where(*mine).subquery()
    first = select(asked.c.invitation_id, Person.id, Person.given_name_sealed, Person.family_name_sealed)
    rows = first.join(Person, Person.id == asked.c.person_id).where(asked.c.place == 1)
    return rows.order_by(asked.c.invitation_id)


def _names(event_id: int) -> Iterator[tuple[Any, ...]]:
    """Yield (invitation id, position, given, middle, family name) of each person asked, first persons first; of who
    signed up without being asked, the name that they gave."""
    columns = [Invitee.invitation_id, Invitee.position, Person.id, *(getattr(Person, name) for name in _NAME_COLUMNS)]
    asked = select(*columns).join(Person, Person.id == Invitee.person_id).where(Invitee.event_id == event_id)
    for invitation_id, position, person_id, *sealed in db.session.execute(asked.order_by(Invitee.position, Invitee.id)):
        opened = (
            unseal(part, column=f"person.{column}", row_id=person_id)
            for part, column in zip(sealed, _NAME_COLUMNS, strict=True)
        )
        yield invitation_id, position, *opened
    for invitation_id, position, name in _self_given(Invitee.event_id == event_id):
        yield invitation_id, position, name, None, None


def _lines(ids: Sequence[int], answers: Mapping[int, Answered]) -> list[ListedInvitation]:
    rows = db.session.scalars(select(Invitation).where(Invitation.id.in_(ids)).order_by(Invitation.id)).unique()
    invitations = {invitation.id: invitation for invitation in rows}
    people, own, states = people_of(ids), _own_names(ids), _letter_states(ids)
    return [
        _line(
            invitations[id_],
            people.get(id_, []),
            own.get(id_, ()),
            states.get(f"invitation:{id_}", ""),
            answers.get(id_, Answered()),
        )
        for id_ in ids
    ]


def _line(
    invitation: Invitation, people: list[Person], own: tuple[str, ...], letter_state: str, answered: Answered
) -> ListedInvitation:
    is_erased = invitation.state == State.ERASED
    surname = (people[0].family_name or "") if people else ""
    return ListedInvitation(
        invitation=invitation,
        code=code_of(invitation.selector, invitation.generation),
        surname=surname,
        first_names=own
        or tuple(called(person.given_name or "", person.family_name or "", surname) for person in people),
        address=people[0].address_line if people else "",
        letter_state=letter_state,
        answered=Answered() if is_erased else answered,
    )


def _names_of(people: list[Person]) -> str:
    surname = people[0].family_name or ""
    return household_name(
        surname, [called(person.given_name or "", person.family_name or "", surname) for person in people], _("og")
    )


def people_of(invitation_ids: Collection[int]) -> dict[int, list[Person]]:
    """Return the persons of each of the invitations, by position; an invitation without any is left out."""
    rows = db.session.execute(
        select(Invitee.invitation_id, Person)
        .join(Person, Person.id == Invitee.person_id)
        .where(Invitee.invitation_id.in_(invitation_ids))
        .order_by(Invitee.invitation_id, Invitee.position)
    )
    people: dict[int, list[Person]] = {}
    for invitation_id, person in rows:
        people.setdefault(invitation_id, []).append(person)
    return people


def _own_names(invitation_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return what those of the invitations who signed up without being asked call themselves."""
    names: dict[int, tuple[str, ...]] = {}
    for invitation_id, _position, name in _self_given(Invitee.invitation_id.in_(invitation_ids)):
        names[invitation_id] = (*names.get(invitation_id, ()), name)
    return names


def _self_given(mine: ColumnElement[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield (invitation id, position, name) of `mine` who told their name themselves."""
    return _opened(_own_rows(mine))


def _own_rows(mine: ColumnElement[bool]) -> Rows:
    columns = (Invitee.invitation_id, Invitee.position, Invitee.id, Invitee.name_sealed)
    wanted = select(*columns).where(mine, Invitee.name_sealed.is_not(None)).order_by(Invitee.position, Invitee.id)
    return db.session.execute(wanted).all()


def _opened(own: Rows) -> Iterator[tuple[int, int, str]]:
    for invitation_id, position, invitee_id, sealed in own:
        yield invitation_id, position, unseal(sealed, column="invitee.name_sealed", row_id=invitee_id) or ""


def _letter_states(invitation_ids: Sequence[int]) -> dict[str, str]:
    recipients = [f"invitation:{invitation_id}" for invitation_id in invitation_ids]
    rows = db.session.execute(
        select(OutboxMessage.recipient, LETTER_STANDING)
        .where(OutboxMessage.recipient.in_(recipients), OutboxMessage.kind == _LETTER)
        .order_by(OutboxMessage.created_at_utc, OutboxMessage.id)
    )
    return dict(rows.all())
