import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.events.event import Brings
from outreach.rsvp.answer import Band, Brought, Guest, NeedKind, NeedWish
from outreach.rsvp.answer_checks import check
from outreach.rsvp.answer_draft import AnswerDraft, from_answer, from_fields
from outreach.rsvp.plain_text import plain_text

GUESTS = (Guest(11, 1, "Åse"), Guest(12, 2, "Bjørn"), Guest(13, 3, None))
ALL_COME = {1: "yes", 2: "yes", 3: "yes"}
NOBODY = {1: "no", 2: "no", 3: "no"}


def _faults(draft: AnswerDraft) -> dict[str, str]:
    return {fault.field: fault.message % fault.values for fault in check(draft, GUESTS).faults}


def test_everything_filled_in_becomes_an_answer() -> None:
    checked = check(
        AnswerDraft(
            coming={1: "yes", 2: "no", 3: "yes"},
            brought={Band.SMALL: " 2 ", Band.TEENS: ""},
            needs=frozenset({(3, NeedKind.ALLERGY), (1, NeedKind.WHEELCHAIR), (2, NeedKind.DIET)}),
            texts={(3, NeedKind.ALLERGY): "  nøtter \n og egg "},
            email=" ase@example.no ",
            mobile="912 34 567",
        ),
        GUESTS,
    )
    answer = checked.answer
    assert checked.faults == ()
    assert answer is not None
    assert [choice.is_coming for choice in answer.choices] == [True, False, True]
    assert answer.persons == 4
    assert answer.brought == Brought(small=2)
    # By person; who stays at home needs nothing.
    assert answer.needs == (NeedWish(NeedKind.WHEELCHAIR, "", 1), NeedWish(NeedKind.ALLERGY, "nøtter og egg", 3))
    assert (answer.email, answer.mobile) == ("ase@example.no", "+4791234567")


def test_each_person_must_be_answered_for_and_all_faults_come_at_once_in_the_order_of_the_form() -> None:
    draft = AnswerDraft(
        coming={1: "yes"},
        brought={Band.SMALL: "mange", Band.TEENS: "-1"},
        needs=frozenset({(0, NeedKind.INTERPRETER), (1, NeedKind.OTHER)}),
        texts={(0, NeedKind.OTHER): "stol"},
        email="ase@",
        mobile="12",
    )
    faults = _faults(draft)
    assert list(faults) == [
        "person_2", "person_3", "extra_small", "extra_teens", "need_interpreter_text", "need_other_text",
        "need_1_other_text", "email", "mobile",
    ]  # fmt: skip
    assert faults["person_2"] == "Velg om Bjørn kommer eller ikke."
    assert faults["person_3"] == "Velg om person nummer 3 kommer eller ikke."


def test_when_nobody_comes_needs_and_contact_are_not_kept() -> None:
    draft = AnswerDraft(
        coming=NOBODY, needs=frozenset({(0, NeedKind.DIET)}), texts={(0, NeedKind.DIET): "halal"}, email="x", mobile="y"
    )
    answer = check(draft, GUESTS).answer
    assert answer is not None
    assert (answer.persons, answer.needs, answer.email, answer.mobile) == (0, (), None, None)


@pytest.mark.parametrize("band", [Band.SMALL, Band.SCHOOL, Band.TEENS])
def test_children_alone_do_not_come(band: Band) -> None:
    assert list(_faults(AnswerDraft(coming=NOBODY, brought={band: "1"}))) == [f"extra_{band}"]


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("0", 0), ("9", 9), (" 3", 3), ("٣", 3)])
def test_a_number_of_children_from_0_to_9_is_taken(typed: str, count: int) -> None:
    answer = check(AnswerDraft(coming=ALL_COME, brought={Band.SCHOOL: typed}), GUESTS).answer
    assert answer is not None
    assert answer.brought == Brought(school=count)
    assert answer.persons == 3 + count


@pytest.mark.parametrize("typed", ["10", "-1", "1.5", "to", "9" * 200, "²"])
def test_any_other_number_of_children_is_a_fault(typed: str) -> None:
    assert list(_faults(AnswerDraft(coming=ALL_COME, brought={Band.SCHOOL: typed}))) == ["extra_school"]


def test_nobody_brings_more_than_9_in_all() -> None:
    assert _faults(AnswerDraft(coming=ALL_COME, brought={Band.SMALL: "5", Band.TEENS: "4"})) == {}
    assert list(_faults(AnswerDraft(coming=ALL_COME, brought={Band.SMALL: "5", Band.TEENS: "5"}))) == ["extra_small"]


@pytest.mark.parametrize(
    ("brings", "band", "may_come"),
    [
        (Brings.NOBODY, Band.SMALL, False),
        (Brings.NOBODY, Band.ADULTS, False),
        (Brings.CHILDREN, Band.TEENS, True),
        (Brings.CHILDREN, Band.ADULTS, False),
        (Brings.ANYBODY, Band.SCHOOL, True),
        (Brings.ANYBODY, Band.ADULTS, True),
    ],
)
def test_the_event_decides_whom_guests_bring(brings: Brings, band: Band, may_come: bool) -> None:
    checked = check(AnswerDraft(coming=ALL_COME, brought={band: "1"}), GUESTS, (), brings)
    assert [fault.field for fault in checked.faults] == ([] if may_come else [f"extra_{band}"])
    nobody = check(AnswerDraft(coming=ALL_COME, brought={band: "0"}), GUESTS, (), brings)
    assert nobody.answer is not None


@pytest.mark.parametrize("kind", [NeedKind.INTERPRETER, NeedKind.OTHER])
def test_some_needs_need_words(kind: NeedKind) -> None:
    assert list(_faults(AnswerDraft(coming=ALL_COME, needs=frozenset({(0, kind)})))) == [f"need_{kind}_text"]


@pytest.mark.parametrize("kind", [kind for kind in NeedKind if kind not in (NeedKind.INTERPRETER, NeedKind.OTHER)])
def test_other_needs_do_not(kind: NeedKind) -> None:
    assert _faults(AnswerDraft(coming=ALL_COME, needs=frozenset({(0, kind)}))) == {}


@pytest.mark.parametrize(("length", "is_fault"), [(200, False), (201, True)])
def test_words_on_a_need_have_a_limit(length: int, is_fault: bool) -> None:
    draft = AnswerDraft(
        coming=ALL_COME, needs=frozenset({(2, NeedKind.DIET)}), texts={(2, NeedKind.DIET): "a" * length}
    )
    assert bool(_faults(draft)) is is_fault


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb", "ab"),
        ("a\x00b", "ab"),
        ("linje\r\nto", "linje to"),
        ("A\u030as", "Ås"),
        ("Ŋ đ ŧ č á", "Ŋ đ ŧ č á"),
        ("\ud800", ""),
    ],
)
def test_words_are_kept_on_one_line_without_hidden_characters(typed: str, kept: str) -> None:
    assert plain_text(typed) == kept


_TEXTS = st.text(max_size=60)
_KEYS = st.tuples(st.integers(0, 3), st.sampled_from(list(NeedKind)))
_DRAFTS = st.builds(
    AnswerDraft,
    coming=st.fixed_dictionaries({}, optional={n: st.sampled_from(["yes", "no", ""]) for n in (1, 2, 3)}),
    brought=st.dictionaries(st.sampled_from(list(Band)), st.one_of(_TEXTS, st.text(string.digits, max_size=3))),
    asking=st.frozensets(st.integers(0, 3)),
    needs=st.frozensets(_KEYS),
    texts=st.dictionaries(_KEYS, _TEXTS),
    email=_TEXTS,
    mobile=_TEXTS,
)


@given(_DRAFTS)
def test_any_draft_gives_an_answer_or_faults_and_never_both(draft: AnswerDraft) -> None:
    checked = check(draft, GUESTS, (), Brings.ANYBODY)
    assert (checked.answer is None) == bool(checked.faults)
    if checked.answer is not None:
        again = check(from_answer(checked.answer), GUESTS, (), Brings.ANYBODY).answer
        assert again is not None
        # Only the needs of a party of one are told as that person's from then on.
        assert check(from_answer(again), GUESTS, (), Brings.ANYBODY).answer == again
        assert (again.choices, again.brought, again.email) == (
            checked.answer.choices, checked.answer.brought, checked.answer.email,
        )  # fmt: skip
        if sum(choice.is_coming for choice in again.choices) != 1 or again.brought.persons:
            assert again == checked.answer


@given(_DRAFTS)
def test_nothing_typed_is_lost_between_the_pages(draft: AnswerDraft) -> None:
    again = from_fields(dict(draft.fields()), GUESTS)
    assert again.fields() == draft.fields()
    assert check(again, GUESTS) == check(draft, GUESTS)
