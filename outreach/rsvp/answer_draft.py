"""What a guest typed, before it is known to be an answer: kept word for word, so that no error loses anything.

The draft travels from the form to the check page in hidden fields, never in a cookie and never in an address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outreach.rsvp.answer import Answer, Guest, NeedKind
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.own_questions.reply_checks import asked_positions, fields_of

YES, NO = "yes", "no"
_TYPED_LIMIT = 1_000


@dataclass(frozen=True)
class AnswerDraft:
    """Raw field values. `coming` is by position: YES, NO, or "" when nothing is chosen. `replies` by field name."""

    coming: Mapping[int, str] = field(default_factory=dict)
    extra_children: str = ""
    needs: frozenset[NeedKind] = frozenset()
    texts: Mapping[NeedKind, str] = field(default_factory=dict)
    email: str = ""
    mobile: str = ""
    replies: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> list[tuple[str, str]]:
        """Return (name, value) of each form field that is filled in; `from_fields` reads them back."""
        found = [(person_field(position), value) for position, value in sorted(self.coming.items())]
        found += sorted(self.replies.items())
        found += [("extra_children", self.extra_children), ("email", self.email), ("mobile", self.mobile)]
        found += [(need_field(kind), "yes") for kind in NeedKind if kind in self.needs]
        found += [(need_text_field(kind), self.texts.get(kind, "")) for kind in NeedKind]
        return [(name, value) for name, value in found if value]


def person_field(position: int) -> str:
    """Return the name of the field with a person's yes or no."""
    return f"person_{position}"


def need_field(kind: NeedKind) -> str:
    """Return the name of the tick box of a need."""
    return f"need_{kind}"


def need_text_field(kind: NeedKind) -> str:
    """Return the name of the field with the words on a need."""
    return f"need_{kind}_text"


def from_fields(
    fields: Mapping[str, str], guests: tuple[Guest, ...], questions: Sequence[OwnQuestion] = ()
) -> AnswerDraft:
    """Read a draft for `guests` from posted `fields`; unknown ones are ignored, long ones cut."""

    def typed(name: str) -> str:
        return fields.get(name, "")[:_TYPED_LIMIT]

    return AnswerDraft(
        coming={guest.position: _choice(typed(person_field(guest.position))) for guest in guests},
        extra_children=typed("extra_children"),
        needs=frozenset(kind for kind in NeedKind if typed(need_field(kind))),
        texts={kind: text for kind in NeedKind if (text := typed(need_text_field(kind)))},
        email=typed("email"),
        mobile=typed("mobile"),
        replies={name: text for name in _reply_fields(questions, guests) if (text := typed(name))},
    )


def from_answer(answer: Answer, questions: Sequence[OwnQuestion] = ()) -> AnswerDraft:
    """Return the draft that fills the form with a stored `answer`."""
    return AnswerDraft(
        coming={choice.position: YES if choice.is_coming else NO for choice in answer.choices},
        extra_children=str(answer.extra_children) if answer.extra_children else "",
        needs=frozenset(need.kind for need in answer.needs),
        texts={need.kind: need.text for need in answer.needs if need.text},
        email=answer.email or "",
        mobile=answer.mobile or "",
        replies=fields_of(answer.replies, questions),
    )


def _reply_fields(questions: Sequence[OwnQuestion], guests: tuple[Guest, ...]) -> list[str]:
    return [
        name
        for question in questions
        for position in asked_positions(question, guests)
        for name in question.fields(position)
    ]


def _choice(value: str) -> str:
    return value if value in (YES, NO) else ""
