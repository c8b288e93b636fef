"""Which e-mails a link to say no is about: a question, a yes and a sentence for whoever follows it. Pure."""

from dataclasses import dataclass

from outreach.errors import N_


@dataclass(frozen=True)
class Topic:
    """What the page says of a kind of e-mail, as source texts."""

    question: str
    yes: str
    sentence: str


_TOPICS = {
    "invitation": Topic(
        N_("Vil du slutte å få invitasjoner?"),
        N_("Ja, stopp invitasjonene"),
        N_("Det gjelder invitasjoner, påminnelser om å svare og hilsener etter et arrangement."),
    ),
    "newsletter": Topic(
        N_("Vil du slutte å få nyhetsbrevet?"),
        N_("Ja, stopp nyhetsbrevet"),
        N_("Det gjelder nyhetsbrevet fra kontaktpunktet."),
    ),
    "partner": Topic(
        N_("Vil du slutte å få e-post til partnere?"),
        N_("Ja, stopp e-posten til partnere"),
        N_("Det gjelder e-poster om det dere er med på som partner."),
    ),
    "host": Topic(
        N_("Vil du slutte å få e-post til verter?"),
        N_("Ja, stopp e-posten til verter"),
        N_("Det gjelder e-poster om treffet du er vert for."),
    ),
}
_ANY = Topic(
    N_("Vil du slutte å få slike e-poster?"),
    N_("Ja, stopp slike e-poster"),
    N_("Det gjelder bare e-poster av samme slag som den du kom fra."),
)


def topic_of(name: str) -> Topic:
    """Return what is said of the e-mails that a link names by `name`."""
    return _TOPICS.get(name, _ANY)
