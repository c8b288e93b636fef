"""The letter's words in bokmål and English, one sheet with the same facts on both sides. Pure.

Contents: who asks, what, when, where, how to answer with and without the internet, and what GDPR article 14 requires
when data does not come from the person: source, purpose, basis, storage, rights, complaint. Plain language: LIX ≤ 35.
"""

from dataclasses import dataclass
from datetime import date, datetime

from outreach.events.event import Kind
from outreach.formats.norwegian_dates import date_time, long_date, time_of_day
from outreach.invitations.letters.addressing import listed


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What every letter of one build says alike. `today` is the date of the letter, `erased_on` when data is gone.

    `is_reminder`: the household has had the invitation, and nobody there has answered.
    """

    kind: Kind
    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    answer_by: date
    organisation: str
    organisation_number: str
    organisation_address: str
    municipality: str
    phone: str
    hours: str
    email: str
    public_url: str
    today: date
    erased_on: date
    is_reminder: bool = False

    @property
    def answer_url(self) -> str:
        """Return where the code is typed."""
        return f"{self.public_url}/svar"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side's texts; `greeting` and `invitation` are templates with `{names}` and one form for one, one for many."""

    language: str
    title: str
    greetings: str
    invitation_to_one: str
    invitation_to_many: str
    facts: tuple[tuple[str, str], ...]
    answer_heading: str
    answers: tuple[str, ...]
    code_label: str
    qr_alt: str
    privacy_heading: str
    privacy: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Slip:
    """The reply slip's texts, in both languages."""

    heading: str
    lead: str
    yes: str
    no: str
    fields: tuple[str, ...]
    return_to: str


def greeting(side: Side, first_names: tuple[str, ...]) -> str:
    """Return the greeting of one household by first names."""
    joint = "and" if side.language == "en" else "og"
    return side.greetings.format(names=listed(first_names, joint))


def invitation(side: Side, number: int) -> str:
    """Return the paragraph that asks `number` persons."""
    return side.invitation_to_many if number > 1 else side.invitation_to_one


def bokmal(about: Occasion) -> Side:
    """Return the front."""
    asks = _REMINDS_NB if about.is_reminder else _ASKS_NB.get(about.kind, _ASKS_NB[Kind.GATHERING])
    return Side(
        language="nb",
        title=f"Vi minner om {about.title}" if about.is_reminder else _welcome(about.title, "Velkommen til"),
        greetings="Hei, {names}!",
        invitation_to_one=asks[0].format(place=about.municipality),
        invitation_to_many=asks[1].format(place=about.municipality),
        facts=_facts(about, ("Når", "Hvor", "Adkomst", "Svar innen"), "nb"),
        answer_heading="Slik svarer du",
        answers=(
            "Skann QR-koden med mobilen.",
            f"Eller gå til {about.answer_url} og skriv koden.",
            f"Uten nett? Ring {about.phone} ({about.hours}), kom innom, eller send svarslippen bak på arket.",
        ),
        code_label="Koden din",
        qr_alt="QR-kode som åpner svarsiden for denne invitasjonen",
        privacy_heading="Hvorfor får du dette brevet?",
        privacy=(
            (
                f"Navn og adresse har vi fra Folkeregisteret. {about.organisation} er ansvarlig for dem. Vi bruker "
                "dem bare til å invitere deg, som en del av kommunens oppgaver (GDPR artikkel 6 nr. 1 e). "
                f"Vi sletter dem senest {long_date(about.erased_on, 'nb')}."
            ),
            (
                "Vil du ikke ha flere brev, eller vil du se, rette eller slette det vi har om deg? "
                f"Ring {about.phone} eller skriv til {about.email}. Du kan klage til Datatilsynet. "
                f"Les mer på {about.public_url}/personvern, eller spør oss på {about.public_url}/spor-oss."
            ),
        ),
    )


def english(about: Occasion) -> Side:
    """Return the back."""
    asks = _REMINDS_EN if about.is_reminder else _ASKS_EN.get(about.kind, _ASKS_EN[Kind.GATHERING])
    return Side(
        language="en",
        title=f"A reminder of {about.title}" if about.is_reminder else _welcome(about.title, "Welcome to"),
        greetings="Hello, {names}!",
        invitation_to_one=asks[0].format(place=about.municipality),
        invitation_to_many=asks[1].format(place=about.municipality),
        facts=_facts(about, ("When", "Where", "Getting in", "Answer by"), "en"),
        answer_heading="How to answer",
        answers=(
            "Scan the QR code with your phone.",
            f"Or go to {about.answer_url} and type the code.",
            f"Not online? Call {about.phone}, come to our front desk, or send us the slip below.",
        ),
        code_label="Your code",
        qr_alt="QR code that opens the answer page of this invitation",
        privacy_heading="Why do you get this letter?",
        privacy=(
            (
                f"We have your name and address from the National Population Register. {about.organisation} is "
                "responsible for them. We use them only to invite you, as one of our public tasks (GDPR article "
                f"6(1)(e)). We delete them by {long_date(about.erased_on, 'en')}."
            ),
            (
                "If you want no more letters, or want to see, correct or delete what we hold about you, call "
                f"{about.phone} or write to {about.email}. You may complain to Datatilsynet, the data protection "
                f"authority. Read more at {about.public_url}/personvern, or ask us at {about.public_url}/spor-oss."
            ),
        ),
    )


def slip(about: Occasion) -> Slip:
    """Return the reply slip for those without the internet."""
    return Slip(
        heading="Svarslipp / Reply slip",
        lead=f"{about.title}, {long_date(about.starts_at_utc.date(), 'nb')}",
        yes="Ja, vi kommer / Yes, we are coming",
        no="Nei, vi kan ikke komme / No, we cannot come",
        fields=(
            "Antall voksne / Adults",
            "Antall barn / Children",
            "Telefon / Phone",
            "Tolk, mat eller annet vi bør vite / Interpreter, food or other needs",
        ),
        return_to=f"{about.organisation}, {about.organisation_address}",
    )


def _welcome(title: str, words: str) -> str:
    return title if title.casefold().startswith("velkommen") else f"{words} {title}"


def _facts(about: Occasion, labels: tuple[str, str, str, str], language: str) -> tuple[tuple[str, str], ...]:
    until = time_of_day(about.ends_at_utc, language).removeprefix("kl. ")
    where = ", ".join(part for part in (about.venue, about.venue_address) if part)
    when, place, access, answer = labels
    facts = (
        (when, f"{date_time(about.starts_at_utc, language)}–{until}"),
        (place, where),
        (access, about.access_information.split("\n")[0] if language == "nb" else ""),
        (answer, long_date(about.answer_by, language)),
    )
    return tuple((label, text) for label, text in facts if text)


_ASKS_NB = {
    Kind.NY_I_MODUM: (
        (
            "Du har flyttet til {place} det siste året. Det er vi glade for! Vi vil gjerne bli kjent med deg. Denne "
            "kvelden møter du naboer, lag og foreninger, og oss som jobber i kommunen."
        ),
        (
            "Dere har flyttet til {place} det siste året. Det er vi glade for! Vi vil gjerne bli kjent med dere. "
            "Denne kvelden møter dere naboer, lag og foreninger, og oss som jobber i kommunen."
        ),
    ),
    Kind.MEETUP: (
        (
            "Er du fra {place} og studerer et annet sted? Vi vil gjerne møte deg. Kom og treff andre fra {place}, og "
            "hør hva som skjer hjemme. Studerer du ikke? Da kan du se bort fra brevet."
        ),
        (
            "Er noen av dere fra {place} og studerer et annet sted? Vi vil gjerne møte dere. Kom og treff andre fra "
            "{place}, og hør hva som skjer hjemme. Studerer dere ikke? Da kan dere se bort fra brevet."
        ),
    ),
    Kind.GATHERING: (
        "Vi vil gjerne se deg når vi samles i {place}. Kom og treff gamle og nye kjente.",
        "Vi vil gjerne se dere når vi samles i {place}. Kom og treff gamle og nye kjente.",
    ),
}
_REMINDS_NB = (
    (
        "Vi har sendt deg en invitasjon før. Dette er bare en vennlig påminnelse, for vi har ikke fått svar fra deg. "
        "Vi håper at du vil komme. Har du svart de siste dagene, kan du se bort fra brevet. Du får ikke flere."
    ),
    (
        "Vi har sendt dere en invitasjon før. Dette er bare en vennlig påminnelse, for vi har ikke fått svar fra dere. "
        "Vi håper at dere vil komme. Har dere svart de siste dagene, kan dere se bort fra brevet. Dere får ikke flere."
    ),
)
_ASKS_EN = {
    Kind.NY_I_MODUM: (
        (
            "You moved to {place} during the last year. We are glad you did, and we want to get to know you. This "
            "evening you will meet neighbours, clubs and associations, and those of us who work for the municipality."
        ),
    )
    * 2,
    Kind.MEETUP: (
        (
            "Are you from {place}, and study somewhere else? We would like to meet you. Come and meet others from "
            "{place}, and hear what is going on at home. If you do not study, you can ignore this letter."
        ),
    )
    * 2,
    Kind.GATHERING: ("We would like to see you when we meet in {place}. Come and meet old and new friends.",) * 2,
}
_REMINDS_EN = (
    (
        "We have sent you an invitation before. This is only a kind reminder, since we have not heard from you. We "
        "hope that you will come. If you have answered in the last few days, please ignore this letter. It is the last."
    ),
) * 2
