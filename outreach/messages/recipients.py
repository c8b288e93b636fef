"""Whom a message is for, in words: a later capability tells it for the recipients that it knows ("rsvp:<id>").

In: the application's `extensions`. Out: a name as staff may see it and the page where they see more. Whoever is not
known any more has none.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from outreach.formats.whole_numbers import is_row_number
from outreach.messages.composers import Extensible

_EXTENSION = "treffpunkt.recipients"


@dataclass(frozen=True)
class RecipientWords:
    """A recipient's names, and the path of the page that shows more."""

    name: str
    path: str


Tell = Callable[[Collection[int]], Mapping[int, RecipientWords]]


def tell_recipients(app: Extensible, prefix: str, tell: Tell) -> None:
    """Have `tell(ids)` say who the recipients "`prefix`:<id>" are. Raises ValueError when another does already."""
    known = app.extensions.setdefault(_EXTENSION, {})
    if prefix in known:
        raise ValueError(f"{prefix} is told already")
    known[prefix] = tell


def words_of(app: Extensible, recipients: Collection[str]) -> dict[str, RecipientWords]:
    """Return the words of those `recipients` that are known, by recipient."""
    ids: dict[str, list[int]] = defaultdict(list)
    for recipient in recipients:
        prefix, _, number = recipient.partition(":")
        if is_row_number(number):
            ids[prefix].append(int(number))
    tellers: dict[str, Tell] = app.extensions.get(_EXTENSION, {})
    return {
        f"{prefix}:{id_}": words
        for prefix, numbers in ids.items()
        if prefix in tellers
        for id_, words in tellers[prefix](numbers).items()
    }
