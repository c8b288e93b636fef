"""The texts that a new mailing begins with, by kind and language: bokmål, nynorsk, English. Pure.

Plain language: LIX ≤ 35, the same facts in each version; tests hold both. The subject, the body in Markdown and the
text message have the placeholders of `fields.py`, and {du|dere} where a word follows how many are written to.
"""

from outreach.mailings.mailing import Kind, Text
from outreach.mailings.newsletters.wording import TEXTS as NEWSLETTER_TEXTS
from outreach.mailings.series_wording import TEXTS as REMINDER_IN_SERIES

LANGUAGES = ("nb", "nn", "en")


def first_texts(kind: Kind, *, is_in_series: bool = False) -> tuple[Text, ...]:
    """Return the texts that a new mailing of `kind` begins with, in the order in which they are shown."""
    texts = REMINDER_IN_SERIES if is_in_series and kind is Kind.REMINDER else _TEXTS[kind]
    return tuple(Text(language, *texts[language]) for language in LANGUAGES)


_TEXTS: dict[Kind, dict[str, tuple[str, str, str]]] = {
    Kind.REMINDER: {
        "nb": (
            "Kommer {du|dere} på {arrangement}?",
            """Hei, {fornavn}!

Vi har invitert {deg|dere} til {arrangement}. {Du|Noen av dere} har ikke svart ennå. Vi håper at {du|dere} kan komme.

- Når: {dato} {tid}
- Hvor: {sted}

[Svar ja eller nei her]({lenke})

Det er fint om {du|dere} svarer senest {svarfrist}. Da vet vi hvor mye mat vi skal lage. Et nei er også et godt svar.

Trenger {du|dere} hjelp til å svare? Ring oss på {telefon}.

Hilsen {avsender}""",
            "Hei! Kommer {du|dere} på {arrangement} {dato} {tid}? Svar innen {svarfrist}: {lenke} Hilsen {avsender}",
        ),
        "nn": (
            "Kjem {du|de} på {arrangement}?",
            """Hei, {fornavn}!

Vi har invitert {deg|dykk} til {arrangement}. {Du|Nokre av dykk} har ikkje svara enno. Vi håper at {du|de} kan kome.

- Når: {dato} {tid}
- Kvar: {sted}

[Svar ja eller nei her]({lenke})

Det er fint om {du|de} svarar seinast {svarfrist}. Då veit vi kor mykje mat vi skal lage. Eit nei er òg eit godt svar.

Treng {du|de} hjelp til å svare? Ring oss på {telefon}.

Helsing {avsender}""",
            "Hei! Kjem {du|de} på {arrangement} {dato} {tid}? Svar innan {svarfrist}: {lenke} Helsing {avsender}",
        ),
        "en": (
            "Are you coming to {arrangement}?",
            """Hello, {fornavn}!

We have invited you to {arrangement}. {You have|Some of you have} not answered yet. We hope that you can come.

- When: {dato}, {tid}
- Where: {sted}

[Answer yes or no here]({lenke})

Please answer by {svarfrist}. Then we know how much food to make. A no is a good answer too.

Do you need help to answer? Call us at {telefon}.

Kind regards, {avsender}""",
            "Hello! Are you coming to {arrangement} {dato} {tid}? Answer by {svarfrist}: {lenke} {avsender}",
        ),
    },
    Kind.INFORMATION: {
        "nb": (
            "Snart ses vi på {arrangement}",
            """Hei, {fornavn}!

Vi gleder oss til å se {deg|dere} på {arrangement}.

- Når: {dato} fra {tid} til {slutt}
- Hvor: {sted}, {adresse}

Ta med billetten på mobilen eller på papir: [Se billetten]({billett})

Har planene endret seg? [Endre svaret her]({lenke}). Da kan andre få plassen.

Er det noe {du|dere} lurer på? Ring oss på {telefon}.

Hilsen {avsender}""",
            "Velkommen til {arrangement} {dato} {tid}, {sted}. Billetten: {billett} Hilsen {avsender}",
        ),
        "nn": (
            "Snart ser vi {deg|dykk} på {arrangement}",
            """Hei, {fornavn}!

Vi gler oss til å sjå {deg|dykk} på {arrangement}.

- Når: {dato} frå {tid} til {slutt}
- Kvar: {sted}, {adresse}

Ta med billetten på mobilen eller på papir: [Sjå billetten]({billett})

Har planane endra seg? [Endre svaret her]({lenke}). Då kan andre få plassen.

Er det noko {du|de} lurer på? Ring oss på {telefon}.

Helsing {avsender}""",
            "Velkomen til {arrangement} {dato} {tid}, {sted}. Billetten: {billett} Helsing {avsender}",
        ),
        "en": (
            "See you soon at {arrangement}",
            """Hello, {fornavn}!

We look forward to seeing you at {arrangement}.

- When: {dato} from {tid} to {slutt}
- Where: {sted}, {adresse}

Bring the ticket on your phone or on paper: [See the ticket]({billett})

Have your plans changed? [Change your answer here]({lenke}). Then others can have the place.

Do you have any questions? Call us at {telefon}.

Kind regards, {avsender}""",
            "Welcome to {arrangement} {dato} {tid}, {sted}. Your ticket: {billett} {avsender}",
        ),
    },
    Kind.CHANGE: {
        "nb": (
            "Endring: {arrangement}",
            """Hei, {fornavn}!

Noe er endret for {arrangement}. Slik er det nå:

- Når: {dato} fra {tid} til {slutt}
- Hvor: {sted}, {adresse}

Billetten gjelder fortsatt: [Se billetten]({billett})

Passer det ikke lenger? [Endre svaret her]({lenke}).

Er det noe {du|dere} lurer på? Ring oss på {telefon}.

Hilsen {avsender}""",
            "Endring: {arrangement} er {dato} {tid}, {sted}. Billetten gjelder: {billett} Hilsen {avsender}",
        ),
        "nn": (
            "Endring: {arrangement}",
            """Hei, {fornavn}!

Noko er endra for {arrangement}. Slik er det no:

- Når: {dato} frå {tid} til {slutt}
- Kvar: {sted}, {adresse}

Billetten gjeld framleis: [Sjå billetten]({billett})

Passar det ikkje lenger? [Endre svaret her]({lenke}).

Er det noko {du|de} lurer på? Ring oss på {telefon}.

Helsing {avsender}""",
            "Endring: {arrangement} er {dato} {tid}, {sted}. Billetten gjeld: {billett} Helsing {avsender}",
        ),
        "en": (
            "Changed: {arrangement}",
            """Hello, {fornavn}!

Something has changed for {arrangement}. This is how it is now:

- When: {dato} from {tid} to {slutt}
- Where: {sted}, {adresse}

Your ticket is still good: [See the ticket]({billett})

Does it not suit you any more? [Change your answer here]({lenke}).

Do you have any questions? Call us at {telefon}.

Kind regards, {avsender}""",
            "Changed: {arrangement} is {dato} {tid}, {sted}. Your ticket is good: {billett} {avsender}",
        ),
    },
    Kind.THANKS: {
        "nb": (
            "Takk for sist!",
            """Hei, {fornavn}!

Takk for at {du|dere} kom på {arrangement}. Det var fint å møte {deg|dere}.

Vi vil gjerne vite hva {du|dere} syntes. Da kan vi gjøre det bedre neste gang.

Det tar to minutter, og {du|dere} trenger ikke si hvem {du|dere} er.

[Si hva {du|dere} syntes]({undersøkelse})

Er det noe annet {du|dere} vil si? Ring oss på {telefon}.

Hilsen {avsender}""",
            "Takk for sist på {arrangement}! Si gjerne hva {du|dere} syntes: {undersøkelse} Hilsen {avsender}",
        ),
        "nn": (
            "Takk for sist!",
            """Hei, {fornavn}!

Takk for at {du|de} kom på {arrangement}. Det var fint å møte {deg|dykk}.

Vi vil gjerne vite kva {du|de} syntest. Då kan vi gjere det betre neste gong.

Det tek to minutt, og {du|de} treng ikkje seie kven {du|de} er.

[Sei kva {du|de} syntest]({undersøkelse})

Er det noko anna {du|de} vil seie? Ring oss på {telefon}.

Helsing {avsender}""",
            "Takk for sist på {arrangement}! Sei gjerne kva {du|de} syntest: {undersøkelse} Helsing {avsender}",
        ),
        "en": (
            "Thank you for coming!",
            """Hello, {fornavn}!

Thank you for coming to {arrangement}. It was good to meet you.

We would like to know what you thought. Then we can do better next time.

It takes two minutes, and you need not say who you are.

[Tell us what you thought]({undersøkelse})

Is there anything else you want to say? Call us at {telefon}.

Kind regards, {avsender}""",
            "Thank you for coming to {arrangement}! Tell us what you thought: {undersøkelse} {avsender}",
        ),
    },
    Kind.NEWSLETTER: NEWSLETTER_TEXTS,
    Kind.MESSAGE: {
        "nb": (
            "{arrangement}: en beskjed fra oss",
            """Hei, {fornavn}!

Skriv beskjeden her.

[Gå til siden din]({lenke})

Er det noe {du|dere} lurer på? Ring oss på {telefon}.

Hilsen {avsender}""",
            "{arrangement}: Skriv beskjeden her. {lenke} Hilsen {avsender}",
        ),
        "nn": (
            "{arrangement}: ei melding frå oss",
            """Hei, {fornavn}!

Skriv meldinga her.

[Gå til sida di]({lenke})

Er det noko {du|de} lurer på? Ring oss på {telefon}.

Helsing {avsender}""",
            "{arrangement}: Skriv meldinga her. {lenke} Helsing {avsender}",
        ),
        "en": (
            "{arrangement}: a message from us",
            """Hello, {fornavn}!

Write the message here.

[Go to your page]({lenke})

Do you have any questions? Call us at {telefon}.

Kind regards, {avsender}""",
            "{arrangement}: Write the message here. {lenke} {avsender}",
        ),
    },
}
# What must be replaced before anything is sent.
UNWRITTEN = frozenset({"Skriv beskjeden her.", "Skriv meldinga her.", "Write the message here."})
