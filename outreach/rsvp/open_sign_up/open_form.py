"""What somebody who was not asked fills in: first names, what the party needs, an e-mail address. Pure.

In: what was typed. Out: a party and its answer, or every fault at once. The answer is checked as everybody's is; only
that everybody named comes, and that an address is needed, is different. First names are enough: they are there so that
the party knows its own page again, and the door lets in by number.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from outreach.errors import N_
from outreach.events.event import Brings
from outreach.rsvp.answer import Answer, Brought, Guest, NeedKind, NeedWish, PersonChoice, party_seats
from outreach.rsvp.answer_checks import check
from outreach.rsvp.answer_draft import YES, AnswerDraft, from_fields, person_field
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.own_questions.own_question import OwnQuestion, Reply
from outreach.rsvp.plain_text import plain_text
from outreach.rsvp.seats.seat_kinds import Seats

MOST_NAMED = 8
FIRST_ROWS = 2
LONGEST_NAME = 40
_TYPED_LIMIT = 1_000


@dataclass(frozen=True)
class OpenDraft:
    """What was typed, word for word. `names` by row; `rows`: how many are shown; `rest`: the other fields."""

    names: tuple[str, ...] = ("",) * FIRST_ROWS
    rest: AnswerDraft = field(default_factory=AnswerDraft)

    @property
    def rows(self) -> int:
        """Return how many rows for names are shown."""
        return len(self.names)

    def fields(self) -> list[tuple[str, str]]:
        """Return (name, value) of each form field that is filled in; `read` reads them back."""
        named = [(name_field(position), name) for position, name in enumerate(self.names, start=1) if name]
        others = [one for one in self.rest.fields() if one[0] not in _coming(self.rows)]
        return [("rows", str(self.rows)), *named, *others]


@dataclass(frozen=True)
class Party:
    """A sign-up that holds together: who comes by first name, what they answer, and how to reach them."""

    names: tuple[str, ...]
    brought: Brought
    needs: tuple[NeedWish, ...]
    replies: tuple[Reply, ...]
    email: str
    mobile: str | None
    language: str

    @property
    def persons(self) -> int:
        """Return how many seats the party takes."""
        return len(self.names) + self.brought.persons

    @property
    def seats(self) -> Seats:
        """Return the seats that the party takes, by kind."""
        return party_seats(self.answer([0] * len(self.names)), ())

    def answer(self, invitee_ids: Sequence[int]) -> Answer:
        """Return the party's answer, everybody coming; `invitee_ids`: those of `names`, in order."""
        choices = (PersonChoice(id_, position, is_coming=True) for position, id_ in enumerate(invitee_ids, start=1))
        ids = dict(enumerate(invitee_ids, start=1))
        replies = (Reply(one.question_id, one.words, one.position, ids.get(one.position)) for one in self.replies)
        return Answer(
            choices=tuple(choices),
            brought=self.brought,
            needs=self.needs,
            email=self.email,
            mobile=self.mobile,
            replies=tuple(replies),
        )

    def to_json(self) -> str:
        """Return the party as it waits, sealed, for a confirmation."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class CheckedParty:
    """Either a party, or at least one fault, in the order of the form."""

    party: Party | None
    faults: tuple[FieldFault, ...] = ()


def party_from_json(text: str) -> Party:
    """Return what `Party.to_json` wrote."""
    told = json.loads(text)
    brought = Brought(**told["brought"])
    needs = tuple(NeedWish(**{**need, "kind": NeedKind(need["kind"])}) for need in told["needs"])
    replies = tuple(Reply(**{**reply, "words": tuple(reply["words"])}) for reply in told["replies"])
    parts = {"names": tuple(told["names"]), "brought": brought, "needs": needs, "replies": replies}
    return Party(**{**told, **parts})


def name_field(position: int) -> str:
    """Return the name of the field with a person's first name."""
    return f"name_{position}"


def guests_of(names: Sequence[str]) -> tuple[Guest, ...]:
    """Return the persons of the rows of a form, named or not, as guests who have no place yet."""
    return tuple(Guest(0, position, name or None) for position, name in enumerate(names, start=1))


def read(fields: Mapping[str, str], questions: Sequence[OwnQuestion] = (), *, more: bool = False) -> OpenDraft:
    """Read a draft from posted `fields`; unknown ones are ignored, long ones cut. `more`: with another row."""
    typed_rows = fields.get("rows", "")
    rows = int(typed_rows) if typed_rows.isascii() and typed_rows.isdecimal() and len(typed_rows) < 3 else FIRST_ROWS
    rows = min(max(rows, FIRST_ROWS) + more, MOST_NAMED)
    names = tuple(fields.get(name_field(position), "")[:_TYPED_LIMIT] for position in range(1, rows + 1))
    return OpenDraft(names, from_fields({**fields, **_coming(rows)}, guests_of(names), questions))


def check_party(
    draft: OpenDraft, questions: Sequence[OwnQuestion], *, language: str, brings: Brings = Brings.CHILDREN
) -> CheckedParty:
    """Return the party that `draft` is, or all that is wrong with it. Rows without a name are nobody.

    `brings`: whom the event lets guests bring along. Adults are named, so only children come without a name.
    """
    faults: list[FieldFault] = []
    named = _named(draft, faults)
    unnamed = Brings.NOBODY if brings is Brings.NOBODY else Brings.CHILDREN
    checked = check(draft.rest, named, questions, unnamed)
    faults += checked.faults
    if not draft.rest.email.strip():
        faults.append(FieldFault("email", N_("Skriv e-postadressen din, som navn@eksempel.no.")))
    if faults or checked.answer is None or checked.answer.email is None:
        return CheckedParty(None, tuple(faults))
    given = checked.answer
    by_row = {guest.position: number for number, guest in enumerate(named, start=1)}
    replies = tuple(Reply(one.question_id, one.words, by_row.get(one.position, 0)) for one in given.replies)
    names = tuple(guest.first_name or "" for guest in named)
    party = Party(names, given.brought, given.needs, replies, checked.answer.email, given.mobile, language)
    return CheckedParty(party)


def _named(draft: OpenDraft, faults: list[FieldFault]) -> tuple[Guest, ...]:
    kept = [plain_text(name) for name in draft.names]
    if not any(kept):
        faults.append(FieldFault(name_field(1), N_("Skriv fornavnet på minst én voksen som kommer.")))
    for position, name in enumerate(kept, start=1):
        if len(name) > LONGEST_NAME:
            faults.append(FieldFault(name_field(position), N_("Skriv kortere, høyst %(most)s tegn."), _most()))
    guests = guests_of(kept)
    # With nobody named the rest is checked as if somebody were, so that all is told at once.
    return tuple(guest for guest in guests if guest.first_name) or guests[:1]


def _most() -> dict[str, int]:
    return {"most": LONGEST_NAME}


def _coming(rows: int) -> dict[str, str]:
    return {person_field(position): YES for position in range(1, rows + 1)}
