"""What staff fill in to ask guests something. What fits together is decided by own_question.check."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from outreach.errors import OutreachError
from outreach.rsvp.own_questions.own_question import (
    ASKED_OF_WORDS,
    KIND_WORDS,
    AskedOf,
    OwnQuestion,
    OwnQuestionError,
    QuestionKind,
    Wording,
    choices_of,
)
from outreach.rsvp.plain_text import plain_text
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm


class QuestionForm(PageForm):
    """One question to the guests of an event."""

    text = StringField(_l("Spørsmål"))
    hint = StringField(_l("Forklaring under spørsmålet"))
    kind = RadioField(
        _l("Hvordan svarer gjestene?"),
        choices=[SelectChoice(kind.value, _l(words)) for kind, words in KIND_WORDS.items()],
        validators=[InputRequired(_l("Velg hvordan gjestene svarer."))],
    )
    choices = TextAreaField(_l("Svaralternativer"))
    asked_of = RadioField(
        _l("Hvem svarer?"),
        choices=[SelectChoice(one.value, _l(words)) for one, words in ASKED_OF_WORDS.items()],
        validators=[InputRequired(_l("Velg hvem som svarer."))],
    )
    is_required = BooleanField(_l("Gjestene må svare"))

    def wording(self) -> Wording:
        """Return what stands in the valid form."""
        return Wording(
            text=plain_text(self.text.data or ""),
            hint=plain_text(self.hint.data or ""),
            kind=QuestionKind(self.kind.data),
            asked_of=AskedOf(self.asked_of.data),
            is_required=bool(self.is_required.data),
            choices=choices_of(self.choices.data or ""),
        )

    def take(self, error: OutreachError) -> None:
        """Show `error` at the fields that it concerns, or above the form."""
        if not isinstance(error, OwnQuestionError):
            self.form_errors.append(message_of(error))
            return
        for fault in error.faults:
            field: Any = self[fault.field]
            field.errors = [*field.errors, gettext(fault.message, **fault.values)]


def form_of(question: OwnQuestion | None) -> QuestionForm:
    """Return the form of a question that is there, or of a new one, with what was sent over it."""
    if question is None:
        return QuestionForm(kind=QuestionKind.TEXT.value, asked_of=AskedOf.HOUSEHOLD.value)
    return QuestionForm(
        text=question.text,
        hint=question.hint,
        kind=question.kind.value,
        choices="\n".join(question.choices),
        asked_of=question.asked_of.value,
        is_required=question.is_required,
    )
