"""The form in which staff compose a rule: a box to tick for each condition, and its fields.

Field names are the kind and part of `rule.py` ("age_youngest"), so that a fault of the pure checks finds its field.
What stands under a box that is not ticked counts for nothing.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from outreach.audience.areas import areas_text, read_areas
from outreach.audience.forms import DAY, DayField
from outreach.audience.interest import INTEREST_WORDS
from outreach.audience.rule import KINDS, Condition, Invited, Rule, Who, kind_of
from outreach.audience.rule_checks import CITIES, faults_of
from outreach.audience.rule_words import CITY_NAMES, WHO_WORDS
from outreach.audience.saved.service import NameTakenError, SegmentNameError
from outreach.errors import OutreachError
from outreach.people.person import clean_text
from outreach.register.municipalities import Postcodes
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField

_MUST = [SelectChoice("", _l("Det må gjelde")), SelectChoice("not", _l("Det må ikke gjelde"))]
_HOW_INVITED = [
    SelectChoice("never", _l("Aldri invitert før")),
    SelectChoice("not_within", _l("Ikke invitert de siste månedene")),
    SelectChoice("before", _l("Har vært invitert før")),
    SelectChoice("within", _l("Invitert de siste månedene")),
]
_IS_NEGATED = {"never": True, "not_within": True, "before": False, "within": False}
_SEVERAL = frozenset({"cities", "interests"})
_NEEDS_MONTHS = frozenset({"not_within", "within"})


class _CountField(WholeField):
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            super().process_formdata([text.strip() for text in valuelist if text.strip()])
        except ValueError as error:
            raise ValueError(_l("Skriv et helt tall.")) from error


def _number(label: Any) -> Any:
    return _CountField(label, validators=[Optional()])


def _must() -> Any:
    # Not shown for what is not ticked, so nothing sent means the first.
    return RadioField(_l("Skal dette gjelde?"), choices=_MUST, default="", validate_choice=False)


def _line(label: Any) -> Any:
    return StringField(label, filters=[lambda typed: clean_text((typed or "").replace("\n", ", "))])


class RuleForm(PageForm):
    """A name, whom the rule is about, and its conditions. `revision`: which version of a saved segment is changed."""

    name = _line(_l("Navn på utvalget"))
    revision = HiddenField()
    who = RadioField(
        _l("Hvem skal utvalget hentes fra?"),
        choices=[SelectChoice(who.value, _l(text)) for who, text in WHO_WORDS.items()],
        default=Who.RESIDENTS.value,
        validators=[AnyOf(list(Who), _l("Velg hvem utvalget skal hentes fra."))],
        validate_choice=False,
    )
    moved_in = BooleanField(_l("Når de flyttet hit"))
    moved_in_not = _must()
    moved_in_months = _number(_l("De siste månedene før uttrekket"))
    moved_in_since = DayField(_l("Eller fra og med"), format=DAY, validators=[Optional()])
    moved_in_until = DayField(_l("Til og med"), format=DAY, validators=[Optional()])
    age = BooleanField(_l("Alder"))
    age_youngest = _number(_l("Fra alder"))
    age_oldest = _number(_l("Til alder"))
    birth_year = BooleanField(_l("Fødselsår"))
    birth_year_first = _number(_l("Født fra og med"))
    birth_year_last = _number(_l("Født til og med"))
    school_leaving = BooleanField(_l("Når de ble ferdige på videregående"))
    school_leaving_first = _number(_l("Ferdig fra og med"))
    school_leaving_last = _number(_l("Ferdig til og med"))
    children = BooleanField(_l("Husstand med barn"))
    children_not = _must()
    children_youngest = _number(_l("Barn fra og med år"))
    children_oldest = _number(_l("Barn til og med år"))
    postcode = BooleanField(_l("Postnummer eller sted"))
    postcode_not = _must()
    postcode_areas = _line(_l("Postnumre og steder"))
    study_city = BooleanField(_l("Adresse i en studieby"))
    study_city_not = _must()
    study_city_cities = SelectMultipleField(
        _l("Byer"),
        choices=[SelectChoice(city, CITY_NAMES[city]) for city in CITIES],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    invited = BooleanField(_l("Invitert før"))
    invited_how = RadioField(
        _l("Hvilke?"),
        choices=_HOW_INVITED,
        default="never",
        validators=[AnyOf(list(_IS_NEGATED), _l("Velg hvem det gjelder."))],
        validate_choice=False,
    )
    invited_months = _number(_l("Antall måneder"))
    attended = BooleanField(_l("Vært på et arrangement før"))
    attended_not = _must()
    unanswered = BooleanField(_l("Fått invitasjon uten å svare"))
    unanswered_not = _must()
    signed_up = BooleanField(_l("Meldt seg på kontaktpunktet"))
    signed_up_not = _must()
    signed_up_interests = SelectMultipleField(
        _l("Vil høre om"),
        choices=[SelectChoice(interest.value, _l(words)) for interest, words in INTEREST_WORDS.items()],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def is_sound(self, places: Postcodes) -> bool:
        """Read the form and add every fault of the rule to the fields; say whether there is none."""
        self.validate()
        for kind in KINDS:
            if not self._is_ticked(kind):
                self._forget_faults(kind)
        for fault in faults_of(self.rule(places)):
            self._add(f"{fault.kind}_{fault.part}".strip("_"), gettext(fault.message, **fault.values))
        self._ask_for_months()
        return not self.errors

    def rule(self, places: Postcodes) -> Rule:
        """Return the rule that is ticked and filled in; `places` tells the postcodes of a place."""
        ticked = [kind for kind in KINDS if self._is_ticked(kind)]
        who = Who(self.who.data) if self.who.data in set(Who) else Who.RESIDENTS
        return Rule(who, tuple(self._condition(kind, places) for kind in ticked))

    def take(self, error: OutreachError) -> None:
        """Show `error` at the name, when that is what it is about, else above the form."""
        is_about_name = isinstance(error, NameTakenError | SegmentNameError)
        self._add("name" if is_about_name else "", message_of(error))

    def _is_ticked(self, kind: str) -> bool:
        return kind in self and bool(self[kind].data)

    def _forget_faults(self, kind: str) -> None:
        for field in self:
            if field.name.startswith(f"{kind}_"):
                field.errors = []

    def _condition(self, kind: str, places: Postcodes) -> Condition:
        values = {field.name: self._value(kind, field.name, places) for field in fields(KINDS[kind])}
        return KINDS[kind](**values)

    def _value(self, kind: str, part: str, places: Postcodes) -> Any:
        if kind == "invited":
            how = self.invited_how.data
            months = self.invited_months.data if how in _NEEDS_MONTHS else None
            return _IS_NEGATED.get(how, True) if part == "negated" else months
        if part == "negated":
            return self[f"{kind}_not"].data == "not"
        data = self[f"{kind}_{part}"].data
        if part == "areas":
            return read_areas(data or "", places.places)
        return tuple(data or ()) if part in _SEVERAL else data

    def _ask_for_months(self) -> None:
        if self._is_ticked("invited") and self.invited_how.data in _NEEDS_MONTHS and self.invited_months.data is None:
            self._add("invited_months", gettext("Skriv hvor mange måneder."))

    def _add(self, name: str, text: str) -> None:
        if name not in self:
            self.form_errors: list[str] = [*self.form_errors, text]
        elif not self[name].errors:
            # One fault a field: what cannot be read is not also missing.
            self[name].errors = [text]


def form_of(name: str, rule: Rule, *, revision: int = 0) -> RuleForm:
    """Return the form filled in with a name and a rule, and with what was typed over it, if anything."""
    data: dict[str, Any] = {"name": name, "who": rule.who.value, "revision": str(revision)}
    for condition in rule.conditions:
        data |= {kind_of(condition): True, **dict(_data(condition))}
    return RuleForm(data=data)


def _data(condition: Condition) -> Iterable[tuple[str, Any]]:
    kind = kind_of(condition)
    if isinstance(condition, Invited):
        hows = ("before", "never") if condition.months is None else ("within", "not_within")
        yield from ((f"{kind}_how", hows[condition.negated]), (f"{kind}_months", condition.months))
        return
    for field in fields(condition):
        value = getattr(condition, field.name)
        if field.name == "negated":
            yield f"{kind}_not", "not" if value else ""
        elif field.name == "areas":
            yield f"{kind}_areas", areas_text(value)
        else:
            yield f"{kind}_{field.name}", list(value) if field.name in _SEVERAL else value
