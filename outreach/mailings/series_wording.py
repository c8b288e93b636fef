"""The reminder that a mailing begins with where the event is one of a series: it names the meetups. Pure.

As `wording.py` has it: subject, body, text message; LIX ≤ 35, the same facts in each version.
"""

TEXTS: dict[str, tuple[str, str, str]] = {
    "nb": (
        "Kommer {du|dere} på {serie}?",
        """Hei, {fornavn}!

Vi har invitert {deg|dere} til {serie}. {Du|Noen av dere} har ikke svart ennå. Vi håper at {du|dere} kan komme.

{Du|Dere} kan velge stedet som passer best:

- {steder}

[Velg sted og svar ja eller nei her]({lenke})

Det er fint om {du|dere} svarer senest {svarfrist}. Et nei er også et godt svar.

{Du|Dere} kan bytte sted senere, så lenge det er plass.

Trenger {du|dere} hjelp til å svare? Ring oss på {telefon}.

Hilsen {avsender}""",
        "Hei! Kommer {du|dere} på {serie}? Velg mellom {byer}. Svar innen {svarfrist}: {lenke} Hilsen {avsender}",
    ),
    "nn": (
        "Kjem {du|de} på {serie}?",
        """Hei, {fornavn}!

Vi har invitert {deg|dykk} til {serie}. {Du|Nokre av dykk} har ikkje svara enno. Vi håper at {du|de} kan kome.

{Du|De} kan velje staden som passar best:

- {steder}

[Vel stad og svar ja eller nei her]({lenke})

Det er fint om {du|de} svarar seinast {svarfrist}. Eit nei er òg eit godt svar.

{Du|De} kan byte stad seinare, så lenge det er plass.

Treng {du|de} hjelp til å svare? Ring oss på {telefon}.

Helsing {avsender}""",
        "Hei! Kjem {du|de} på {serie}? Vel mellom {byer}. Svar innan {svarfrist}: {lenke} Helsing {avsender}",
    ),
    "en": (
        "Are you coming to {serie}?",
        """Hello, {fornavn}!

We have invited you to {serie}. {You have|Some of you have} not answered yet. We hope that you can come.

You can choose the place that suits you best:

- {steder}

[Choose a place and answer yes or no here]({lenke})

Please answer by {svarfrist}. A no is a good answer too.

You can change to another place later, as long as there is room.

Do you need help to answer? Call us at {telefon}.

Kind regards, {avsender}""",
        "Hello! Are you coming to {serie}? Choose between {byer}. Answer by {svarfrist}: {lenke} {avsender}",
    ),
}
