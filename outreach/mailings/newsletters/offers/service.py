"""What partners offer to somebody with these interests, in a few words, as it is at hand-over."""

from collections.abc import Collection

from flask_babel import force_locale
from flask_babel import gettext as _

from outreach import clock
from outreach.audience.interest import Interest
from outreach.contact_point.wanted import wanted_kinds
from outreach.formats.norwegian_dates import short_date
from outreach.partners.models import Opportunity
from outreach.partners.opportunities import queries
from outreach.partners.opportunity import KIND_WORDS, Kind

# As many as a text message bears.
MOST_TOLD = 3


def offered_to(interests: Collection[Interest], language: str) -> str:
    """Return what is offered, soonest to end first, in one sentence after the other; words also for nothing at all."""
    found = queries.shown_kinds(wanted_kinds(interests), clock.today_oslo())
    with force_locale(language):
        told = [_told(row, language) for row in found[:MOST_TOLD]]
        if len(found) > MOST_TOLD:
            told.append(_("Og %(number)s til på siden din.", number=len(found) - MOST_TOLD))
        return " ".join(told) or _("Akkurat nå er det ingen nye muligheter.")


def _told(row: Opportunity, language: str) -> str:
    words: str = _(
        "%(kind)s: %(title)s, %(partner)s, søk innen %(day)s.",
        kind=_(KIND_WORDS[Kind(row.kind)]),
        title=row.title,
        partner=row.organisation.name,
        day=short_date(row.apply_by, language).rstrip("."),
    )
    return words
