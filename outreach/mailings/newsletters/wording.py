"""The texts that a newsletter begins with: bokmål, nynorsk, English. Pure. `mailings/wording.py` says what holds."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "nb": (
        "Nytt fra {avsender}",
        """Hei, {fornavn}!

Skriv beskjeden her.

[Se og endre hva du hører om]({side})

Er det noe du lurer på? Ring oss på {telefon}.

Hilsen {avsender}""",
        "Skriv beskjeden her. Endre eller meld deg av: {side} Hilsen {avsender}",
    ),
    "nn": (
        "Nytt frå {avsender}",
        """Hei, {fornavn}!

Skriv meldinga her.

[Sjå og endre kva du høyrer om]({side})

Er det noko du lurer på? Ring oss på {telefon}.

Helsing {avsender}""",
        "Skriv meldinga her. Endre eller meld deg av: {side} Helsing {avsender}",
    ),
    "en": (
        "News from {avsender}",
        """Hello, {fornavn}!

Write the message here.

[See and change what you hear about]({side})

Do you have any questions? Call us at {telefon}.

Kind regards, {avsender}""",
        "Write the message here. Change or sign off: {side} {avsender}",
    ),
}
