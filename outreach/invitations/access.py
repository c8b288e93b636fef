"""The guard of a household's own pages: a code in the path or typed, and the slowing of those who guess.

An address that has failed once is never made to wait, so a guest with the right code comes in even while somebody else
is guessing. After that, guessing at this code or guessing all over makes this address wait; at twenty failures it waits
whatever the others do (web/throttle.py doubles the wait, up to a minute). What cannot be a code is not counted: the
check character told it before the database was asked.

Behind one address may be a whole town (mobile networks share them). So an address that has to wait is still let in with
a right code, unless its selector was guessed at: then a right one may be a guess as well. Wrong ones count against
their selector also while the address waits, so that nobody gets more than a few tries at one code out of this.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import g

from outreach import clock
from outreach.errors import N_, OutreachError
from outreach.formats.short_code import INVITATION, Code, MistypedCodeError, read
from outreach.invitations import queries
from outreach.invitations.invitation import OpenedInvitation, State
from outreach.invitations.queries import InvitationGoneError, UnknownCodeError
from outreach.web.access import View, guarded
from outreach.web.languages import told_language
from outreach.web.throttle import (
    Limit,
    TooManyAttemptsError,
    client_address,
    counted,
    failures_of,
    note_failure,
    wait_seconds,
)

_SCOPE = "invitation-address"
# From a code, and the failures to sum up (`throttle.counted`): the invitation if the code is right, and the sum.
Look = Callable[[Code, Mapping[str, Any]], tuple[OpenedInvitation | None, int]]
WATCHFUL = Limit(_SCOPE, 2)
PATIENT = Limit(_SCOPE, 20)
ONE_CODE = Limit("invitation-selector", 10)
# Of 148 million secrets of a selector. Who has read all 13,000 selectors in a stolen database, and guesses at each of
# them day and night, hits one in 40 days.
_TRIES_FROM_A_WAITING_ADDRESS = 3
EVERYBODY = Limit("invitation-all", 300)
_ALL = "all"


class InvitationErasedError(OutreachError):
    """The code is right, and the people behind it have been erased."""

    message = N_("Arrangementet er over, og opplysningene om deg er slettet.")
    http_status = 410


class UnknownLinkError(OutreachError):
    """The path holds nothing that can be an invitation."""

    message = N_("Vi finner ikke invitasjonen. Sjekk lenken, eller skriv inn koden fra brevet.")
    http_status = 404


def personal_link(view: View, look: Look = queries.opened) -> Callable[..., Any]:
    """Let in who has the code in the path (`token`), and keep their invitation as `g.invitation`.

    `look` finds it, with more that a later capability needs, so that one statement asks for everything.
    Answers 404 for a code that is none, 410 for one that is not in force, 429 for who guesses.
    """

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            g.invitation = invitation_of(kwargs["token"], look)
        except MistypedCodeError as error:
            raise UnknownLinkError from error
        told_language(g.invitation.language)
        return view(*args, **kwargs)

    return guarded("personal-link")(checked)


def invitation_of(typed: str, look: Look = queries.opened) -> OpenedInvitation:
    """Return the active invitation that has the code `typed`.

    Raises MistypedCodeError, UnknownCodeError, InvitationGoneError, InvitationErasedError or TooManyAttemptsError.
    """
    code = read(INVITATION, typed)
    now, address = clock.now_utc(), client_address()
    invitation, failures = look(code, counted(WATCHFUL, address, now))
    if failures >= WATCHFUL.free_attempts:
        _slow_down(code.selector, is_right=invitation is not None)
    if invitation is None:
        note_failure((PATIENT, address), (ONE_CODE, code.selector), (EVERYBODY, _ALL), now=now)
        raise UnknownCodeError
    if invitation.state == State.ERASED:
        raise InvitationErasedError
    if invitation.state != State.ACTIVE:
        raise InvitationGoneError
    return invitation


def _slow_down(selector: str, *, is_right: bool) -> None:
    now, address = clock.now_utc(), client_address()
    seconds = wait_seconds(WATCHFUL, address, now)
    if not seconds or not any(wait_seconds(limit, subject, now) for limit, subject in _pressures(selector, address)):
        return
    is_guessed_at = failures_of(ONE_CODE, selector, now) >= _TRIES_FROM_A_WAITING_ADDRESS
    if is_right and not is_guessed_at:
        return
    if not is_guessed_at:
        note_failure((ONE_CODE, selector), now=now)
    raise TooManyAttemptsError(seconds)


def _pressures(selector: str, address: str) -> tuple[tuple[Limit, str], ...]:
    return (PATIENT, address), (ONE_CODE, selector), (EVERYBODY, _ALL)
