"""Which e-mails a link to say no is about, in a sentence for whoever follows it. Pure."""

from outreach.errors import N_

_SENTENCES: dict[str, str] = {
    "invitation": N_("Det gjelder invitasjoner, påminnelser om å svare og hilsener etter et arrangement."),
    "newsletter": N_("Det gjelder nyhetsbrevet fra kontaktpunktet."),
    "partner": N_("Det gjelder e-poster om det dere er med på som partner."),
    "host": N_("Det gjelder e-poster om treffet du er vert for."),
}


def sentence_of(topic: str) -> str:
    """Return the sentence, a source text, that says which e-mails are of `topic`."""
    return _SENTENCES.get(topic, N_("Det gjelder bare e-poster av samme slag som den du kom fra."))
