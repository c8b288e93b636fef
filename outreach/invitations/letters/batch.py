"""A print batch: what identifies its content, and its reference. Pure.

A release is of this set of letters with these facts: another household more, a new code or a changed event makes
another hash, and needs a release of its own.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from outreach.formats.short_code import ALPHABET
from outreach.invitations.letters.languages.choice import USUAL, stored
from outreach.outbox.message import FIRST_WAVE

_REFERENCE_LENGTH = 6
_NONE: Mapping[int, tuple[str, ...]] = MappingProxyType({})


def content_hash(
    letters: Iterable[tuple[int, int]],
    *,
    event_sequence: int,
    is_reprint: bool,
    wave: int = FIRST_WAVE,
    languages: Mapping[int, tuple[str, ...]] = _NONE,
    choice: Sequence[str] = (),
) -> str:
    """Return the SHA-256 of a batch of `letters`, (invitation id, generation) in any order, of one wave.

    `languages`: those of each letter by its invitation; one that is missing has the usual two. `choice`: the revisions
    of the meetups that the letters offer, none outside a series.
    """
    lines = [
        f"{invitation}:{generation}{_said(languages.get(invitation))}" for invitation, generation in sorted(letters)
    ]
    waves = [] if wave == FIRST_WAVE else [f"wave {wave}"]
    text = "\n".join([f"sequence {event_sequence}", "reprint" if is_reprint else "first", *waves, *choice, *lines])
    return hashlib.sha256(text.encode()).hexdigest()


def new_reference() -> str:
    """Return a random reference such as "B-7KX4PT", short enough to read aloud, unlike any code on a letter."""
    return "B-" + "".join(secrets.choice(ALPHABET) for _ in range(_REFERENCE_LENGTH))


def worker_name(batch_id: int) -> str:
    """Return the name under which a batch holds its outbox rows."""
    return f"letters-{batch_id}"


def _said(languages: tuple[str, ...] | None) -> str:
    """Return nothing for the usual two languages: batches from before there were others stay what they were."""
    return "" if languages in (None, USUAL) else f" {stored(languages or ())}"
