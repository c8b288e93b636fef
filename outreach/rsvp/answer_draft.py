"""What a guest typed, before it is known to be an answer: kept word for word, so that no error loses anything.

The draft travels from page to page in hidden fields, never in a cookie and never in an address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.rsvp.answer import Answer, Band, Guest, NeedKind
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.own_questions.reply_checks import asked_positions, fields_of

YES, NO = "yes", "no"
PARTY = 0
"""The position of what is the party's together, or of whom they bring along."""
_TYPED_LIMIT = 1_000


# Whose need, by position or PARTY, and of which kind.
NeedKey = tuple[int, NeedKind]


@dataclass(frozen=True)
class AnswerDraft:
    """Raw field values. `coming` is by position: YES, NO, or "" when nothing is chosen. `replies` by field name.

    `asking`: positions of those who were ticked as needing something, before it is known what.
    """

    coming: Mapping[int, str] = field(default_factory=dict)
    brought: Mapping[Band, str] = field(default_factory=dict)
    asking: frozenset[int] = frozenset()
    needs: frozenset[NeedKey] = frozenset()
    texts: Mapping[NeedKey, str] = field(default_factory=dict)
    email: str = ""
    mobile: str = ""
    replies: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_need(self) -> frozenset[int]:
        """Return the positions of those who need something, or were ticked as such."""
        return self.asking | {position for position, _ in self.needs | self.texts.keys()}

    @property
    def brings(self) -> bool:
        """Say whether somebody comes along who is not on the list."""
        return any(text.strip() not in ("", "0") for text in self.brought.values())

    def with_needs_of_the_one(self) -> "AnswerDraft":
        """Return the draft in which the needs of a party of one are that person's: of all others the same draft."""
        coming = [position for position, said in self.coming.items() if said == YES]
        if len(coming) != 1 or self.brings or PARTY not in self.in_need:
            return self
        (own,) = coming
        # A number of wheelchairs is about a party; a person needs one.
        moved = {kind: (PARTY, kind) for kind in NeedKind if kind is not NeedKind.WHEELCHAIR}
        words = {kind: [self.texts.get(key, ""), self.texts.get((own, kind), "")] for kind, key in moved.items()}
        others = {key: text for key, text in self.texts.items() if key[0] not in (PARTY, own)}
        joined = {(own, kind): ", ".join(filter(None, dict.fromkeys(texts))) for kind, texts in words.items()}
        return replace(
            self,
            asking=frozenset(position or own for position in self.asking),
            needs=frozenset((position or own, kind) for position, kind in self.needs),
            texts={**others, **{key: text for key, text in joined.items() if text}},
        )

    def fields(self) -> list[tuple[str, str]]:
        """Return (name, value) of each form field that is filled in; `from_fields` reads them back."""
        found = [(person_field(position), value) for position, value in sorted(self.coming.items())]
        found += [(brought_field(band), self.brought.get(band, "")) for band in Band]
        found += sorted(self.replies.items())
        found += [("email", self.email), ("mobile", self.mobile)]
        found += [(asking_field(position), YES) for position in sorted(self.asking)]
        keys = [(position, kind) for position in sorted(self.in_need) for kind in NeedKind]
        found += [(need_field(kind, position), YES) for position, kind in keys if (position, kind) in self.needs]
        found += [(need_text_field(kind, position), self.texts.get((position, kind), "")) for position, kind in keys]
        return [(name, value) for name, value in found if value]


def person_field(position: int) -> str:
    """Return the name of the field with a person's yes or no."""
    return f"person_{position}"


def brought_field(band: Band) -> str:
    """Return the name of the field with how many of a kind come along."""
    return f"extra_{band}"


def asking_field(position: int) -> str:
    """Return the name of the box that says that a person needs something; position 0: the party, or who is brought."""
    return f"asking_{position}"


def need_field(kind: NeedKind, position: int = 0) -> str:
    """Return the name of the tick box of a need, of the party or of the person at `position`."""
    return f"need_{position}_{kind}" if position else f"need_{kind}"


def need_text_field(kind: NeedKind, position: int = 0) -> str:
    """Return the name of the field with the words on a need."""
    return f"{need_field(kind, position)}_text"


def from_fields(
    fields: Mapping[str, str], guests: tuple[Guest, ...], questions: Sequence[OwnQuestion] = ()
) -> AnswerDraft:
    """Read a draft for `guests` from posted `fields`; unknown ones are ignored, long ones cut."""

    def typed(name: str) -> str:
        return fields.get(name, "")[:_TYPED_LIMIT]

    # Most who answer need nothing: then there is nothing to look for, person by person.
    has_needs = any(name.startswith(("need_", "asking_")) for name in fields)
    positions = (0, *(guest.position for guest in guests)) if has_needs else ()
    keys = [(position, kind) for position in positions for kind in NeedKind]
    return AnswerDraft(
        coming={guest.position: _choice(typed(person_field(guest.position))) for guest in guests},
        brought={band: text for band in Band if (text := typed(brought_field(band)))},
        asking=frozenset(position for position in positions if typed(asking_field(position))),
        needs=frozenset(key for key in keys if typed(need_field(key[1], key[0]))),
        texts={key: text for key in keys if (text := typed(need_text_field(key[1], key[0])))},
        email=typed("email"),
        mobile=typed("mobile"),
        replies={name: text for name in _reply_fields(questions, guests) if (text := typed(name))},
    )


def from_answer(answer: Answer, questions: Sequence[OwnQuestion] = ()) -> AnswerDraft:
    """Return the draft that fills the form with a stored `answer`."""
    draft = AnswerDraft(
        coming={choice.position: YES if choice.is_coming else NO for choice in answer.choices},
        brought={band: str(number) for band in Band if (number := answer.brought.of(band))},
        asking=frozenset(need.position for need in answer.needs),
        needs=frozenset((need.position, need.kind) for need in answer.needs),
        texts={(need.position, need.kind): need.text for need in answer.needs if need.text},
        email=answer.email or "",
        mobile=answer.mobile or "",
        replies=fields_of(answer.replies, questions),
    )
    return draft.with_needs_of_the_one()


def _reply_fields(questions: Sequence[OwnQuestion], guests: tuple[Guest, ...]) -> list[str]:
    return [
        name
        for question in questions
        for position in asked_positions(question, guests)
        for name in question.fields(position)
    ]


def _choice(value: str) -> str:
    return value if value in (YES, NO) else ""
