"""The code of a letter from whatever a hand, a camera or a hand-held scanner put into one field. Pure.

A hand-held scanner acts as a keyboard. One that is set to another layout than the computer types other signs than it
reads ("HTTPSØ++"), but letters and digits stay, and the code stands last: so the last twelve are tried. The check
character, and after it the secret part, tell whether they are a code of ours.
"""

from outreach.errors import N_, OutreachError
from outreach.formats.short_code import INVITATION, TICKET, Code, MistypedCodeError, MistypedLengthError, read


class ForeignCodeError(OutreachError):
    """The scanned text is no code of a letter of ours: a poster, a parcel, a business card."""

    message = N_("Dette er ikke koden på et av brevene våre. Skann QR-koden ved siden av svarkoden i brevet.")


class TicketCodeError(OutreachError):
    """The scanned text is a ticket."""

    message = N_("Dette er koden på en billett, ikke på et brev.")


def letter_code(text: str) -> Code:
    """Return the code that `text` holds.

    Raises TicketCodeError, ForeignCodeError, MistypedCodeError or MistypedLengthError.
    """
    if _is_ticket(text):
        raise TicketCodeError
    try:
        return read(INVITATION, text)
    except MistypedLengthError:
        kept = [char for char in text if char.isalnum()]
        if len(kept) <= INVITATION.length:
            raise
    try:
        return read(INVITATION, "".join(kept[-INVITATION.length :]))
    except MistypedCodeError as error:
        raise ForeignCodeError from error


def _is_ticket(text: str) -> bool:
    try:
        read(TICKET, text)
    except MistypedCodeError:
        return False
    return True
