"""The list of households to reach, each with who they are, where the register has them, and how else they can be told.

A household to which no letter may be written now has no name and no address here: only why, in the words that other
causes share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outreach.formats.short_code import grouped
from outreach.invitations.letters import queries as letters
from outreach.invitations.letters.composing.service import Household, decided
from outreach.invitations.letters.queries import LetterRow
from outreach.invitations.letters.returning import queries
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.letters.returning.returned import ReturnReason
from outreach.invitations.listing.answered import Answered
from outreach.invitations.listing.queries import answers_of
from outreach.invitations.queries import code_of
from outreach.outbox.states import Reason
from outreach.people.postal_address import PostalAddress


@dataclass(frozen=True)
class ToReach:
    """One household. `names` is empty, and `stopped` says why, when nobody may be written to now."""

    row: ReturnedLetter
    code: str
    names: str
    address: PostalAddress | None
    stopped: Reason | None
    contact: Answered

    @property
    def may_get_letter(self) -> bool:
        """Say whether a letter can be sent to another address. Never to somebody whom the post says is dead."""
        has_died = self.row.reason == ReturnReason.DECEASED.value
        return not has_died and (self.address is not None or self.stopped is Reason.NO_ADDRESS)


def page_of(event_id: int, *, page: int, today: date) -> tuple[list[ToReach], int]:
    """Return one page (from 1, `queries.PAGE_SIZE` long) of those to reach, the oldest first, and how many in all."""
    rows = queries.to_reach(event_id)
    chosen = rows[(page - 1) * queries.PAGE_SIZE : page * queries.PAGE_SIZE]
    return _shown(chosen, today), len(rows)


def one(event_id: int, returned_id: int, *, today: date) -> ToReach:
    """Return one returned letter of the event. Raises NotFoundError."""
    return _shown([queries.of_event(event_id, returned_id)], today)[0]


def _shown(rows: Sequence[ReturnedLetter], today: date) -> list[ToReach]:
    if not rows:
        return []
    contacts = answers_of(rows[0].event_id)
    known = letters.invitations([row.invitation_id for row in rows])
    found = {
        letter.message_id: household
        for letter, household in decided([LetterRow(row.message_id, row.invitation_id) for row in rows], today=today)
    }
    return [
        _line(
            row,
            grouped(code_of(known[row.invitation_id].selector, known[row.invitation_id].generation)),
            found.get(row.message_id),
            contacts.get(row.invitation_id, Answered()),
        )
        for row in rows
    ]


def _line(row: ReturnedLetter, code: str, found: Household | Reason | None, contact: Answered) -> ToReach:
    if isinstance(found, Household):
        names = ", ".join(guest.name.full for guest in found.guests)
        return ToReach(row, code, names, found.address, None, contact)
    return ToReach(row, code, "", None, found or Reason.PROTECTED, Answered())
