"""Every detail that the code writes into the audit trail has words on its page, and so have the values of each kind."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from outreach.accounts.roles import Role
from outreach.audience.exclusions import Inclusion, Reason
from outreach.checkin.choices.door_choices import DOOR_NEEDS
from outreach.checkin.evening.desk import Settlement
from outreach.contact_point.sign_up import Purpose
from outreach.events.event import EventDetails, State
from outreach.invitations.letters.making.stages import JobKind
from outreach.mailings.mailing import Note
from outreach.messages.deciding.doubt import Doubt
from outreach.messages.suppression import PURPOSE_WORDS, Source
from outreach.partners import opportunity, participation
from outreach.register.diff import FEED_CHANGE_WORDS, Change
from outreach.retention.schedule import Rule
from outreach.retention.trail.detail_words import DETAIL_WORDS, VALUE_WORDS, VALUES_OF
from outreach.retention.trail.trail_words import details_in_words
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.desk.desk import LateReason, Way
from outreach.rsvp.needs_list.needs import Provider
from outreach.rsvp.replies.judging import Aside, Outcome
from outreach.rsvp.waitlist import override
from outreach.rsvp.waitlist.offer_times import ToldBy
from outreach.rsvp.waitlist.queue_order import Why

PACKAGE = Path(__file__).parent.parent.parent.parent / "outreach"
NO_DETAILS = {"subject_kind", "subject_id", "actor", "now", "user_id", "is_export", "household_id"}
# Spread from counts that code puts together: rows by table, and people by what a feed says of them.
COUNTED = {
    "rejected",
    "new",
    "changed",
    "person_answer",
    "need",
    "question_reply",
    "rsvp",
    *map(str, FEED_CHANGE_WORDS),
}


def _name(part: ast.expr) -> str:
    return getattr(part, "attr", "") or getattr(part, "id", "")


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _records(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield each call that records an act, or prepares one by `partial`."""
    for call in _calls(tree):
        names = [_name(part) for part in (call.func, *call.args[:1])]
        if names[:1] == ["record"] or names == ["partial", "record"]:
            yield call


def _names_in(path: Path) -> Iterator[str]:
    """Yield the names of details that the file records, also through a function that hands them on."""
    tree = ast.parse(path.read_text("utf-8"))
    for call in _records(tree):
        yield from (keyword.arg for keyword in call.keywords if keyword.arg)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            spread = [keyword.value for call in _records(function) for keyword in call.keywords if not keyword.arg]
            if spread:
                yield from _spread(tree, function, {_name(value) for value in spread})


def _spread(tree: ast.Module, function: ast.FunctionDef, spread: set[str]) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and spread & {_name(part) for one in node.targets for part in ast.walk(one)}:  # type: ignore[arg-type]
            for part in ast.walk(node.value):
                if isinstance(part, ast.Dict):
                    yield from (key.value for key in part.keys if isinstance(key, ast.Constant))  # type: ignore[misc]
    if function.args.kwarg and function.args.kwarg.arg in spread:
        for call in _calls(tree):
            if _name(call.func) == function.name:
                yield from (keyword.arg for keyword in call.keywords if keyword.arg)


def _recorded() -> set[str]:
    return {name for path in PACKAGE.rglob("*.py") for name in _names_in(path)} - NO_DETAILS


def test_the_code_is_read() -> None:
    """The control of the test below: what is known to be recorded is found, in each of the ways it is handed on."""
    assert {"sheets", "needs", "on", "new_id", "provider", "last_sequence", "was", "state", "way"} <= _recorded()


def test_every_detail_has_words() -> None:
    assert (_recorded() | COUNTED) - set(DETAIL_WORDS) == set()


@pytest.mark.parametrize(
    ("detail", "values"),
    [
        ("channel", ("email", "sms", "letter")),
        ("fields", [field.name for field in fields(EventDetails)]),
        ("kind", JobKind),
        ("needs", DOOR_NEEDS),
        ("note", [note for note in Note if note]),
        ("on", ("True", "False")),
        ("outcome", Outcome),
        ("provider", Provider),
        ("purpose", [*Purpose, *PURPOSE_WORDS]),
        ("reason", [*Reason, *Inclusion, "in", "out", *LateReason, *override.Reason, *Aside]),
        ("role", Role),
        ("rule", Rule),
        ("settlement", Settlement),
        ("source", Source),
        ("state", [*State, *RsvpState, *participation.State, *opportunity.State]),
        ("was", Doubt),
        ("way", [*Way, *ToldBy]),
        ("why", Why),
    ],
)
def test_every_value_has_words(detail: str, values: Iterable[str | StrEnum]) -> None:
    words = VALUES_OF.get(detail, VALUE_WORDS)
    assert [str(value) for value in values if not words.get(str(value))] == []


def test_what_a_feed_says_is_counted_in_words() -> None:
    assert DETAIL_WORDS[Change.DIED.value] == "Døde"


def test_details_are_said_in_words() -> None:
    details = {"persons": 3, "revision": 1, "state": "attending", "fields": ["title", "venue"], "unknown": None}
    assert list(details_in_words(details)) == [
        ("persons", "Personer", ["3"]),
        ("revision", "Svar nummer", ["1"]),
        ("state", "Tilstand", ["Kommer"]),
        ("fields", "Felter", ["Tittel", "Sted"]),
        ("unknown", "unknown", []),
    ]
    assert [values for *_words, values in details_in_words({"needs": "wheelchair,interpreter", "on": True})] == [
        ["Plass til rullestol", "Tolk"],
        ["Ja"],
    ]


def test_what_came_of_an_answer_is_said_in_words_and_a_look_at_one_row_has_no_page() -> None:
    details = {"outcome": "set_aside", "reason": "closed", "page": 0}
    assert [words for _name, *words in details_in_words(details)] == [
        ["Utfall", ["Lagt til side"]],
        ["Grunn", ["Fristen for å svare har gått ut."]],
    ]
