"""The pages on which a household answers, one question each: which ones it meets, in which order. Pure.

In: what was typed so far. Out: the page that comes next, what travels unseen past a page, and which page a fault is on.
What is asked depends on what was said: nobody who stays at home is asked for needs or an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from outreach.rsvp.answer import Guest, NeedKind
from outreach.rsvp.answer_draft import PARTY, YES, AnswerDraft
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.own_questions.own_question import OwnQuestion


class QuestionPage(StrEnum):
    """Who comes; who needs something; what they need; the organiser's questions; how to reach them."""

    WHO = "who"
    NEEDS = "needs"
    HELP = "help"
    QUESTIONS = "questions"
    CONTACT = "contact"


_PAGE_OF = {
    "person": QuestionPage.WHO,
    "extra": QuestionPage.WHO,
    "asking": QuestionPage.NEEDS,
    "need": QuestionPage.HELP,
    "reply": QuestionPage.QUESTIONS,
    "email": QuestionPage.CONTACT,
    "mobile": QuestionPage.CONTACT,
}


@dataclass(frozen=True)
class Asking:
    """What was typed so far, with who is asked and what the organiser asks them."""

    draft: AnswerDraft
    guests: tuple[Guest, ...]
    questions: Sequence[OwnQuestion] = ()

    @property
    def coming(self) -> tuple[Guest, ...]:
        """Return who comes, by position."""
        return tuple(guest for guest in self.guests if self.draft.coming.get(guest.position) == YES)

    @property
    def may_need(self) -> tuple[int, ...]:
        """Return the positions of who is asked for needs: of those who come, and PARTY where others come along."""
        own = tuple(guest.position for guest in self.coming)
        return (*own, PARTY) if self.draft.brings or (PARTY in self.draft.in_need and len(own) > 1) else own

    def asks_more(self, page: QuestionPage, asked: Sequence[str]) -> bool:
        """Say whether `page`, looked at again from the check page, leads on instead of back: somebody was just said to
        need something, or to come. `asked`: the positions of who was asked before, as a form has them."""
        if page is QuestionPage.WHO:
            return any(str(position) not in asked for position in self.may_need)
        return page is QuestionPage.NEEDS and self.after(page) is QuestionPage.HELP

    @property
    def helped(self) -> tuple[int, ...]:
        """Return the positions of who is asked what they need: of one alone without asking whether."""
        may_need = self.may_need
        return may_need if len(may_need) == 1 else tuple(one for one in may_need if one in self.draft.in_need)

    @property
    def pages(self) -> tuple[QuestionPage, ...]:
        """Return the pages that this household meets, in order."""
        if not self.coming:
            return (QuestionPage.WHO,)
        meets = {
            QuestionPage.WHO: True,
            QuestionPage.NEEDS: len(self.may_need) > 1,
            QuestionPage.HELP: bool(self.helped),
            QuestionPage.QUESTIONS: bool(self.questions),
            QuestionPage.CONTACT: True,
        }
        return tuple(page for page in QuestionPage if meets[page])

    def after(self, page: QuestionPage) -> QuestionPage | None:
        """Return the page that follows `page`; None: all is asked."""
        order = list(QuestionPage)
        return next((one for one in self.pages if order.index(one) > order.index(page)), None)

    def before(self, page: QuestionPage) -> QuestionPage:
        """Return the page before `page`; that of who comes has none before it."""
        order = list(QuestionPage)
        return next((one for one in reversed(self.pages) if order.index(one) < order.index(page)), QuestionPage.WHO)

    def nearest(self, page: QuestionPage) -> QuestionPage:
        """Return `page`, or the one that asks about it where this household does not meet it."""
        return page if page in self.pages else self.before(page)

    def carried(self, page: QuestionPage) -> list[tuple[str, str]]:
        """Return (name, value) of what was typed on other pages than `page`, to travel unseen."""
        return [(name, value) for name, value in self.draft.fields() if page_of(name) is not page]


def page_of(field: str) -> QuestionPage:
    """Return the page that the form field `field` is on."""
    return _PAGE_OF[field.partition("_")[0]]


def faults_on(page: QuestionPage, faults: Sequence[FieldFault]) -> tuple[FieldFault, ...]:
    """Return those of `faults` that are about `page`."""
    return tuple(fault for fault in faults if page_of(fault.field) is page)


def filled_in(asking: Asking, page: QuestionPage, *, is_alike: bool = False) -> AnswerDraft:
    """Return the draft after `page` was filled in: what a party needed, the one who comes after all needs; who was said
    to need nothing, needs nothing.

    `is_alike`: all who need something need what the first of them does.
    """
    if page is QuestionPage.WHO:
        return asking.draft.with_needs_of_the_one()
    if page is QuestionPage.NEEDS:
        return _without_needs(asking.draft, keep=asking.draft.asking)
    if page is QuestionPage.HELP and is_alike and asking.helped:
        return _alike(asking.draft, asking.helped)
    return asking.draft


def _without_needs(draft: AnswerDraft, *, keep: frozenset[int]) -> AnswerDraft:
    return replace(
        draft,
        needs=frozenset(key for key in draft.needs if key[0] in keep),
        texts={key: text for key, text in draft.texts.items() if key[0] in keep},
    )


def _alike(draft: AnswerDraft, helped: tuple[int, ...]) -> AnswerDraft:
    first = helped[0]
    kinds = [kind for kind in NeedKind if (first, kind) in draft.needs]
    # A number of wheelchairs is about a party; a person needs one.
    texts = {kind: draft.texts.get((first, kind), "") for kind in NeedKind if kind is not NeedKind.WHEELCHAIR}
    return replace(
        draft,
        needs=frozenset((one, kind) for one in helped for kind in kinds),
        texts={(one, kind): text for one in helped for kind, text in texts.items() if text},
    )
