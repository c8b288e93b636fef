"""The letter's texts in bokmål, to be said in each language of a letter by its catalogue. Pure.

`BRIEF`: what a language needs for its few lines on the back; `WHOLE`: what it needs for a side of its own. "Du" and
"dere" are two texts, for one person and for several. Plain language: LIX ≤ 35.
"""

from outreach.errors import N_
from outreach.events.event import Kind

WELCOME = N_("Velkommen til %(title)s")
REMINDER = N_("Vi minner om %(title)s")
GREETING = N_("Hei, %(names)s!")
AND = N_("og")
WHEN, WHERE, ACCESS, ANSWER_BY = N_("Når"), N_("Hvor"), N_("Adkomst"), N_("Svar innen")
CODE, SENDER = N_("Koden din"), N_("Avsender")
QR_ALT = N_("QR-kode som åpner svarsiden for denne invitasjonen")
ANSWER_HEADING = N_("Slik svarer du")
ANSWERS = (
    N_("Skann QR-koden med mobilen."),
    N_("Eller gå til %(answer_url)s og skriv koden."),
    N_("Uten nett? Ring %(call)s, kom innom, eller send svarslippen på dette arket."),
)
PRIVACY_HEADING = N_("Hvorfor får du dette brevet?")
PRIVACY = (
    N_(
        "Navn og adresse har vi fra Folkeregisteret. %(organisation)s er ansvarlig for dem. Vi bruker dem bare til å "
        "invitere deg, som en del av kommunens oppgaver (GDPR artikkel 6 nr. 1 e). Vi sletter dem senest %(erased_on)s."
    ),
    N_(
        "Vil du ikke ha flere brev, eller vil du se, rette eller slette det vi har om deg? Ring %(phone)s eller skriv "
        "til %(email)s. Du kan klage til Datatilsynet. Les mer på %(public_url)s/personvern, eller spør oss på "
        "%(public_url)s/spor-oss."
    ),
)
BRIEF_ANSWER = N_("Skann QR-koden nederst, eller gå til %(answer_url)s og skriv koden. Du kan også ringe %(phone)s.")
BRIEF_PRIVACY = N_(
    "Navn og adresse har vi fra Folkeregisteret. Vi bruker dem bare til å invitere deg. Vil du ikke ha flere brev? "
    "Ring %(phone)s. Les mer på %(public_url)s/personvern."
)
SLIP_HEADING = N_("Svarslipp")
SLIP_YES, SLIP_NO = N_("Ja, vi kommer"), N_("Nei, vi kan ikke komme")
# In a series the boxes to tick are the meetups.
SLIP_YES_TO = N_("Ja, til")
SLIP_FIELDS = (
    N_("Antall voksne"),
    N_("Antall barn"),
    N_("Telefon"),
    N_("Tolk, mat eller annet vi bør vite"),
)
SLIP_CODE, SLIP_RETURN = N_("Kode"), N_("Send til")
# To one person, and to several.
ASKS: dict[Kind, tuple[str, str]] = {
    Kind.NY_I_MODUM: (
        N_(
            "Du har flyttet til %(place)s det siste året. Det er vi glade for! Vi vil gjerne bli kjent med deg. Denne "
            "kvelden møter du naboer, lag og foreninger, og oss som jobber i kommunen."
        ),
        N_(
            "Dere har flyttet til %(place)s det siste året. Det er vi glade for! Vi vil gjerne bli kjent med dere. "
            "Denne kvelden møter dere naboer, lag og foreninger, og oss som jobber i kommunen."
        ),
    ),
    Kind.MEETUP: (
        N_(
            "Er du fra %(place)s og studerer et annet sted? Vi vil gjerne møte deg. Kom og treff andre fra %(place)s, "
            "og hør hva som skjer hjemme. Studerer du ikke? Da kan du se bort fra brevet."
        ),
        N_(
            "Er noen av dere fra %(place)s og studerer et annet sted? Vi vil gjerne møte dere. Kom og treff andre fra "
            "%(place)s, og hør hva som skjer hjemme. Studerer dere ikke? Da kan dere se bort fra brevet."
        ),
    ),
    Kind.GATHERING: (
        N_("Vi vil gjerne se deg når vi samles i %(place)s. Kom og treff gamle og nye kjente."),
        N_("Vi vil gjerne se dere når vi samles i %(place)s. Kom og treff gamle og nye kjente."),
    ),
}
# In a series: to one person, and to several; and the few lines.
CHOOSES = (
    N_("Velg det stedet som passer deg best. Du kan bytte senere, så lenge det er plass."),
    N_("Velg det stedet som passer dere best. Dere kan bytte senere, så lenge det er plass."),
)
BRIEF_CHOOSE = N_("Velg det stedet som passer best.")
REMINDS = (
    N_(
        "Vi har sendt deg en invitasjon før. Dette er bare en vennlig påminnelse, for vi har ikke fått svar fra deg. "
        "Vi håper at du vil komme. Har du svart de siste dagene, kan du se bort fra brevet. Du får ikke flere."
    ),
    N_(
        "Vi har sendt dere en invitasjon før. Dette er bare en vennlig påminnelse, for vi har ikke fått svar fra dere. "
        "Vi håper at dere vil komme. Har dere svart de siste dagene, kan dere se bort fra brevet. Dere får ikke flere."
    ),
)

BRIEF = (WELCOME, REMINDER, WHEN, WHERE, ANSWER_BY, CODE, BRIEF_CHOOSE, BRIEF_ANSWER, BRIEF_PRIVACY)
_ASKED = [text for asks in ASKS.values() for text in asks]
WHOLE = (
    *BRIEF, GREETING, AND, ACCESS, SENDER, QR_ALT, ANSWER_HEADING, *ANSWERS, PRIVACY_HEADING, *PRIVACY, SLIP_HEADING,
    SLIP_YES, SLIP_YES_TO, SLIP_NO, *SLIP_FIELDS, SLIP_CODE, SLIP_RETURN, *_ASKED, *CHOOSES, *REMINDS,
)  # fmt: skip
