"""Writes one letter for SvarUt: judged by what is true now, set as a PDF of its own, addressed to one adult.

The adult is told by national number only where SvarUt is to go digital first and the number is kept; else by the postal
address alone, and SvarUt prints. A letter is set for a household as it was read; when it leaves, the household is read
again, and any other one is set anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from outreach import clock
from outreach.database import db
from outreach.database.downward import listen
from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.events.queries import by_id as event_by_id
from outreach.invitations.letters.building.typesetters.service import typeset_singly
from outreach.invitations.letters.composing import service as composing
from outreach.invitations.letters.composing.service import Household
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.posting.service import take_back
from outreach.invitations.letters.queries import KIND, LetterRow
from outreach.invitations.letters.sheet import own_part
from outreach.invitations.personal_link import invitation_url
from outreach.invitations.queries import code_of
from outreach.messages.composers import (
    Composed,
    MessageRow,
    Postponed,
    Preparation,
    Redirected,
    Withheld,
    register_composer,
)
from outreach.messages.posted_letter import PostedLetter
from outreach.outbox.states import Channel, Reason
from outreach.people.numbers.queries import numbers_of
from outreach.web.headers import settings_of_app

_RECIPIENT = "invitation:"


@dataclass(frozen=True)
class Drafted:
    """A letter that can leave now, with what its typesetter needs: what all share, and what is its own."""

    content: tuple[object, ...]
    common: dict[str, Any]
    own: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A letter that is set: with the household's content as it was read, and no other."""

    content: tuple[object, ...]
    pdf: bytes


def install(app: Flask) -> None:
    """Have this module write letters for SvarUt, and have them taken back when SvarUt is switched off."""
    setting = Preparation(gather=draft, work=set_letters, compose=compose_set)
    register_composer(app, KIND, compose_unset, words=N_("Invitasjonsbrev"), preparation=setting)
    listen(app, "sending_begins", take_back)


def draft(rows: Sequence[MessageRow]) -> dict[int, Drafted]:
    """Return what the typesetter needs for those of `rows` that can leave now."""
    found: dict[int, Drafted] = {}
    for event_id in sorted({row.event_id for row in rows if row.event_id is not None}):
        about = composing.occasion(event_by_id(event_id), clock.now_utc())
        mine = [_letter(row) for row in rows if row.event_id == event_id]
        now = [household for _row, household in composing.decided(mine, today=about.today)]
        households = [each for each in now if isinstance(each, Household) and not each.unprintable()]
        if households:
            common = composing.common(about, {household.languages for household in households})
        for household in households:
            own = own_part(about, composing.letter(household))
            found[household.row.message_id] = Drafted(household.content, common, own)
    return found


def set_letters(drafted: Mapping[int, Drafted]) -> dict[int, Sheet]:
    """Return the PDF of each letter. Raises TypesettingError, or SheetFullError for one that needs another sheet."""
    made: dict[int, Sheet] = {}
    commons: list[dict[str, Any]] = []
    for one in drafted.values():
        if one.common not in commons:
            commons.append(one.common)
    for common in commons:
        mine = {message: one for message, one in drafted.items() if one.common == common}
        pdfs = typeset_singly(common, [one.own for one in mine.values()])
        made |= {message: Sheet(one.content, pdf) for (message, one), pdf in zip(mine.items(), pdfs, strict=True)}
    return made


def compose_unset(row: MessageRow) -> Composed:
    """Return what becomes of a letter that was not set: it must not leave, or waits for print; else it is set soon."""
    found = _now(row)
    if isinstance(found, Reason):
        return Withheld(found)
    return Redirected(Channel.LETTER) if found is None or found.unprintable() else Postponed()


def compose_set(row: MessageRow, sheet: Sheet) -> Composed:
    """Return the letter that was set, when it is still a letter to that household and may leave."""
    found = _now(row)
    if not isinstance(found, Household):
        return compose_unset(row)
    assert row.event_id is not None
    event = event_by_id(row.event_id)
    try:
        planning.refuse(event, clock.now_utc())
    except OutreachError:
        # The register is too old, say: the page for letters tells why they wait, and they are not lost from sight.
        return Redirected(Channel.LETTER)
    return _posted(row, event, found, sheet.pdf) if found.content == sheet.content else Postponed()


def _posted(row: MessageRow, event: Event, household: Household, pdf: bytes) -> PostedLetter:
    site = settings_of_app()
    svarut = site.services.svarut
    assert svarut is not None
    place = next((at for at, guest in enumerate(household.guests) if guest.is_adult), 0)
    person_id = household.person_ids[place]
    code = code_of(household.invitation.selector, household.invitation.generation)
    with force_locale(household.languages[0]):
        title, answer = _("Invitasjon: %(title)s", title=event.title), _("Svar på invitasjonen")
    return PostedLetter(
        title=title,
        name=household.guests[place].name.full,
        address=household.address,
        pdf=pdf,
        group=f"{event.slug} {row.purpose}",
        national_id=numbers_of([person_id]).get(person_id, "") if svarut.is_digital else "",
        answer_url=invitation_url(site.public_url, code),
        answer_words=answer,
        cost_code=svarut.cost_code,
    )


def _now(row: MessageRow) -> Household | Reason | None:
    # Other processes may have protected, revoked or answered since the row was read for its typesetter.
    db.session.expire_all()
    today = composing.today(clock.now_utc())
    return next(found for _row, found in composing.decided([_letter(row)], today=today))


def _letter(row: MessageRow) -> LetterRow:
    return LetterRow(row.id, int(row.recipient.removeprefix(_RECIPIENT)))
