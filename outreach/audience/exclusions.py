"""Why a person of a segment is asked or left out, in the order in which the reasons are tried. Pure.

`by_hand` is one word for several causes on purpose: somebody at the address of a protected person, a household that
staff set aside, a faulty or missing row in the latest extract. Nothing here tells a protected person from one whom the
register does not know.
"""

from enum import StrEnum

from outreach.errors import N_


class Reason(StrEnum):
    """Why a person is left out. The first that fits counts."""

    DECEASED = "deceased"
    MOVED_OUT = "moved_out"
    BY_HAND = "by_hand"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "suppressed"


class Inclusion(StrEnum):
    """Why a person is in the list."""

    ALREADY_INVITED = "already_invited"
    MOVED_IN = "moved_in"
    YOUNG = "young"
    SIGNED_UP = "signed_up"
    RULE = "rule"
    FORMER = "former"
    ADDED = "added_by_hand"


WORDS = {
    Reason.DECEASED: N_("Er død"),
    Reason.MOVED_OUT: N_("Bor ikke lenger i kommunen"),
    Reason.BY_HAND: N_("Må vurderes for hånd"),
    Reason.NO_ADDRESS: N_("Har ingen adresse vi kan sende brev til"),
    Reason.SUPPRESSED: N_("Har bedt om å ikke få brev fra oss"),
    Inclusion.ALREADY_INVITED: N_("Er allerede invitert"),
    Inclusion.MOVED_IN: N_("Flyttet hit i perioden"),
    Inclusion.YOUNG: N_("Er i alderen 18 til 29 år"),
    Inclusion.SIGNED_UP: N_("Har meldt seg på"),
    Inclusion.RULE: N_("Passer med utvalget"),
    Inclusion.FORMER: N_("Passer med utvalget, og har flyttet fra kommunen"),
    Inclusion.ADDED: N_("Lagt til for hånd"),
}


def words(reason: str) -> str:
    """Return the untranslated bokmål words for a `Reason` or `Inclusion` value."""
    known: dict[str, str] = {str(key): text for key, text in WORDS.items()}
    return known[reason]
