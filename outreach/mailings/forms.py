"""The forms by which staff make a mailing, write its texts and choose when it is sent."""

import re
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from outreach.audience.forms import DAY, DayField
from outreach.audience.interest import INTEREST_WORDS, Interest
from outreach.events.event import oslo_moment, text_block
from outreach.events.study_place import PLACE_WORDS, StudyPlace
from outreach.mailings.languages import MORE_LANGUAGES, language_name
from outreach.mailings.mailing import KIND_WORDS, OF_AN_EVENT, Kind, Text
from outreach.mailings.models import Mailing
from outreach.mailings.newsletters.choice import Choice
from outreach.mailings.service import Draft
from outreach.outbox.states import Channel
from outreach.web.forms import PageForm

_CHANNEL_CHOICES = {
    "email,sms": _l("E-post. SMS til dem som bare har mobil"),
    "sms,email": _l("SMS. E-post til dem som bare har e-post"),
    "email": _l("Bare e-post"),
    "sms": _l("Bare SMS"),
}
# Of the contact point each has chosen one way, so there is nothing to fall back on.
_NEWSLETTER_CHOICES = {
    "email,sms": _l("Slik hver enkelt har valgt"),
    "email": _l("Bare til dem som har valgt e-post"),
    "sms": _l("Bare til dem som har valgt SMS"),
}
_CLOCK = re.compile(r"(\d{1,2})[.:]?(\d{2})\Z")
_LONGEST = 20_000


class KindForm(PageForm):
    """What a new mailing is for."""

    kind = RadioField(
        _l("Hva skal du sende?"),
        choices=[SelectChoice(kind.value, _l(KIND_WORDS[kind])) for kind in OF_AN_EVENT],
        validators=[InputRequired(_l("Velg hva du skal sende."))],
    )


class NewsletterForm(PageForm):
    """There is one kind of newsletter, so nothing is filled in."""

    kind = HiddenField(default=Kind.NEWSLETTER.value, validators=[AnyOf([Kind.NEWSLETTER.value])])


class VersionForm(Form):
    """One language version."""

    language = HiddenField()
    subject = StringField(_l("Emne i e-posten"), filters=[lambda typed: " ".join((typed or "").split())])
    body = TextAreaField(_l("Tekst i e-posten"), filters=[lambda typed: text_block(typed or "")])
    sms = TextAreaField(_l("SMS"), filters=[lambda typed: text_block(typed or "")])
    remove = BooleanField(_l("Ta bort dette språket"))

    def validate_language(self, field: Any) -> None:
        """Refuse what is no language code."""
        if not language_name(field.data or ""):
            raise ValidationError(_l("Velg et språk fra lista."))

    def validate_subject(self, field: Any) -> None:
        """Refuse a subject that mail readers cut."""
        _refuse_longer(field, 150)

    def validate_body(self, field: Any) -> None:
        """Refuse a book."""
        _refuse_longer(field, _LONGEST)

    def validate_sms(self, field: Any) -> None:
        """Refuse more than any phone takes."""
        _refuse_longer(field, 1_000)


class TextsForm(PageForm):
    """All texts of a mailing, and by which channel they go."""

    channels = RadioField(
        _l("Hvordan skal den sendes?"),
        choices=[SelectChoice(value, words) for value, words in _CHANNEL_CHOICES.items()],
        validators=[AnyOf(_CHANNEL_CHOICES, message=_l("Velg hvordan den skal sendes."))],
        validate_choice=False,
    )
    survey_url = StringField(
        _l("Adressen til en annen undersøkelse"),
        filters=[lambda typed: (typed or "").strip()],
        validators=[Length(max=500, message=_l("Adressen er for lang."))],
    )
    asks_register = BooleanField(
        _l("Slå opp i kontakt- og reservasjonsregisteret for dem som ikke har gitt oss e-post eller mobil")
    )
    cities = SelectMultipleField(
        _l("Hvor studerer de?"),
        choices=[SelectChoice(place.value, _l(words)) for place, words in PLACE_WORDS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    interests = SelectMultipleField(
        _l("Hva vil de høre om?"),
        choices=[SelectChoice(one.value, _l(words)) for one, words in INTEREST_WORDS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    versions = FieldList(FormField(VersionForm), max_entries=12)
    add = SelectField(_l("Legg til et språk"), choices=[], validate_choice=False, validators=[Optional()])

    def validate_survey_url(self, field: Any) -> None:
        """Take only a secure address without blanks."""
        if field.data and not re.fullmatch(r"https://[^\s<>\"]+", field.data):
            raise ValidationError(_l("Skriv hele adressen. Den må begynne med https://"))

    def offer_languages(self) -> None:
        """Offer the languages that the mailing does not have."""
        here = {entry.language.data for entry in self.versions}
        more = [SelectChoice(code, language_name(code)) for code in MORE_LANGUAGES if code not in here]
        self.add.choices = [SelectChoice("", _l("Velg et språk")), *more]

    def draft(self) -> Draft:
        """Return what was written, without the versions that were to be taken away; the first one stays."""
        kept = [entry for number, entry in enumerate(self.versions) if number == 0 or not entry.remove.data]
        texts = {
            entry.language.data: Text(entry.language.data, entry.subject.data, entry.body.data, entry.sms.data)
            for entry in kept
        }
        channels = tuple(Channel(name) for name in self.channels.data.split(","))
        choice = Choice(
            tuple(StudyPlace(city) for city in self.cities.data or ()),
            tuple(Interest(one) for one in self.interests.data or ()),
        )
        asks_register = bool(self.asks_register.data)
        return Draft(tuple(texts.values()), channels, self.survey_url.data, asks_register, choice)

    def added(self) -> str:
        """Return the language that is to be added, or ""."""
        here = {entry.language.data for entry in self.versions}
        return self.add.data if self.add.data in MORE_LANGUAGES and self.add.data not in here else ""


class ScheduleForm(PageForm):
    """When it is to be sent, in Europe/Oslo; nothing means as soon as it may."""

    day = DayField(_l("Dag"), format=DAY, validators=[Optional()])
    clock = StringField(_l("Klokkeslett"), filters=[lambda typed: (typed or "").strip()])

    def validate_clock(self, field: Any) -> None:
        """Take "18", "18.30" and "18:30", and a day with it."""
        if bool(field.data) != bool(self.day.data):
            raise ValidationError(_l("Fyll ut både dag og klokkeslett, eller la begge stå tomme."))
        if field.data and self._time() is None:
            raise ValidationError(_l("Skriv klokkeslettet slik: 18.30"))

    def moment(self) -> datetime | None:
        """Return the chosen moment in UTC, None for as soon as it may. Raises SkippedHourError."""
        day: Any = self.day.data
        at = self._time() if day else None
        return None if at is None else oslo_moment(datetime.combine(day, at))

    def _time(self) -> time | None:
        typed = self.clock.data or ""
        found = _CLOCK.match(typed if len(typed) > 2 else f"{typed}.00")
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            return None
        return time(int(found[1]), int(found[2]))


def texts_form(draft: Draft, *, is_newsletter: bool = False) -> TextsForm:
    """Return the form with what is written, or with what was sent."""
    form = TextsForm(
        channels=",".join(channel.value for channel in draft.channels),
        survey_url=draft.survey_url,
        asks_register=draft.asks_register,
        cities=list(draft.choice.cities),
        interests=list(draft.choice.interests),
        versions=[vars(text) | {"remove": False} for text in draft.texts],
    )
    form.offer_languages()
    if is_newsletter:
        form.channels.choices = [SelectChoice(value, words) for value, words in _NEWSLETTER_CHOICES.items()]
    return form


def choice_words(mailing: Mailing) -> tuple[list[str], list[str]]:
    """Return what the cities and interests that a newsletter is for are called; nothing for all."""
    choice = Choice.of(mailing.cities, mailing.interests)
    return [_(PLACE_WORDS[city]) for city in choice.cities], [_(INTEREST_WORDS[one]) for one in choice.interests]


def _refuse_longer(field: Any, most: int) -> None:
    if len(field.data or "") > most:
        raise ValidationError(_l("Teksten er for lang. Den kan ha høyst %(most)s tegn.", most=most))
