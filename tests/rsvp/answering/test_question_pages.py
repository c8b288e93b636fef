from dataclasses import replace

import pytest

from outreach.rsvp.answer import Band, Guest, NeedKind
from outreach.rsvp.answer_draft import AnswerDraft
from outreach.rsvp.answering.question_pages import Asking, QuestionPage, filled_in, page_of
from outreach.rsvp.own_questions.own_question import AskedOf, OwnQuestion, QuestionKind

GUESTS = (Guest(11, 1, "Åse"), Guest(12, 2, "Bjørn"), Guest(13, 3, None))
QUESTION = OwnQuestion("Hvilket lag?", "", QuestionKind.TEXT, AskedOf.HOUSEHOLD, is_required=True, id=7)
WHO, NEEDS, HELP, QUESTIONS, CONTACT = QuestionPage


def _asking(coming: str, *, asking: tuple[int, ...] = (), brought: str = "", questions: tuple = ()) -> Asking:
    """Return what is typed when those at the positions in `coming` come and the others do not."""
    said = {guest.position: "yes" if str(guest.position) in coming else "no" for guest in GUESTS}
    draft = AnswerDraft(coming=said, brought={Band.SMALL: brought} if brought else {}, asking=frozenset(asking))
    return Asking(draft, GUESTS, questions)


@pytest.mark.parametrize(
    ("asking", "pages"),
    [
        (_asking(""), (WHO,)),
        (_asking("", questions=(QUESTION,)), (WHO,)),
        (_asking("1"), (WHO, HELP, CONTACT)),
        (_asking("1", brought="2"), (WHO, NEEDS, CONTACT)),
        (_asking("1", brought="0"), (WHO, HELP, CONTACT)),
        (_asking("12"), (WHO, NEEDS, CONTACT)),
        (_asking("12", asking=(2,)), (WHO, NEEDS, HELP, CONTACT)),
        (_asking("12", asking=(3,)), (WHO, NEEDS, CONTACT)),
        (_asking("12", asking=(2,), questions=(QUESTION,)), (WHO, NEEDS, HELP, QUESTIONS, CONTACT)),
    ],
)
def test_a_household_meets_only_the_pages_that_are_about_it(asking: Asking, pages: tuple[QuestionPage, ...]) -> None:
    assert asking.pages == pages
    steps = [asking.after(page) for page in pages]
    assert steps == [*pages[1:], None]
    assert [asking.before(page) for page in pages] == [pages[0], *pages[:-1]]


def test_a_page_that_is_not_met_is_asked_for_on_the_one_before_it() -> None:
    assert _asking("12").nearest(HELP) is NEEDS
    assert _asking("1").nearest(NEEDS) is WHO
    assert _asking("").nearest(CONTACT) is WHO


def test_what_other_pages_asked_travels_and_what_this_page_asks_does_not() -> None:
    draft = AnswerDraft(
        coming={1: "yes", 2: "yes"},
        brought={Band.TEENS: "1"},
        asking=frozenset({1}),
        needs=frozenset({(1, NeedKind.DIET)}),
        texts={(1, NeedKind.DIET): "halal"},
        email="a@b.no",
        replies={"reply_7": "IL Modum"},
    )
    asking = Asking(draft, GUESTS, (QUESTION,))
    for page in QuestionPage:
        carried = [name for name, _value in asking.carried(page)]
        here = [name for name, _value in draft.fields() if name not in carried]
        assert here
        assert {page_of(name) for name in here} == {page}


def test_who_is_said_to_need_nothing_after_all_needs_nothing() -> None:
    draft = AnswerDraft(
        coming={1: "yes", 2: "yes"},
        asking=frozenset({2}),
        needs=frozenset({(1, NeedKind.DIET), (2, NeedKind.ALLERGY)}),
        texts={(1, NeedKind.DIET): "halal", (2, NeedKind.ALLERGY): "egg"},
    )
    kept = filled_in(Asking(draft, GUESTS), NEEDS)
    assert (kept.needs, dict(kept.texts)) == ({(2, NeedKind.ALLERGY)}, {(2, NeedKind.ALLERGY): "egg"})
    assert filled_in(Asking(draft, GUESTS), CONTACT) == draft


def test_what_the_party_needed_is_needed_by_the_one_who_comes_and_is_never_dropped() -> None:
    draft = AnswerDraft(
        coming={1: "yes", 2: "no"},
        asking=frozenset({0}),
        needs=frozenset({(0, NeedKind.DIET), (0, NeedKind.WHEELCHAIR), (1, NeedKind.DIET)}),
        texts={(0, NeedKind.DIET): "halal", (0, NeedKind.WHEELCHAIR): "2", (1, NeedKind.DIET): "uten egg"},
    )
    own = filled_in(Asking(draft, GUESTS), WHO)
    assert own.needs == {(1, NeedKind.DIET), (1, NeedKind.WHEELCHAIR)}
    assert (own.asking, own.texts) == ({1}, {(1, NeedKind.DIET): "halal, uten egg"})
    more = replace(draft, coming={1: "yes", 2: "yes"})
    brings = replace(draft, brought={Band.SMALL: "1"})
    nobody = replace(draft, coming={1: "no", 2: "no"})
    assert [filled_in(Asking(one, GUESTS), WHO) for one in (more, brings, nobody)] == [more, brings, nobody]


def test_that_all_need_the_same_means_nothing_when_nobody_needs_anything() -> None:
    draft = AnswerDraft(coming={1: "no", 2: "no"})
    assert filled_in(Asking(draft, GUESTS), HELP, is_alike=True) == draft


def test_all_can_need_the_same_as_the_first() -> None:
    draft = AnswerDraft(
        coming={1: "yes", 2: "yes", 3: "yes"},
        asking=frozenset({1, 3}),
        needs=frozenset({(1, NeedKind.DIET), (1, NeedKind.WHEELCHAIR), (3, NeedKind.ALLERGY)}),
        texts={(1, NeedKind.DIET): "halal", (3, NeedKind.ALLERGY): "egg"},
    )
    alike = filled_in(Asking(draft, GUESTS), HELP, is_alike=True)
    both = {(position, kind) for position in (1, 3) for kind in (NeedKind.DIET, NeedKind.WHEELCHAIR)}
    assert alike.needs == both
    assert alike.texts == {(1, NeedKind.DIET): "halal", (3, NeedKind.DIET): "halal"}
