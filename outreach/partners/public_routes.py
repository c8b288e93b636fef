"""What anybody may see of partners: the logo of one that takes part in an event that guests see."""

from typing import Any

from flask import Response, abort

from outreach.partners.blueprint import blueprint
from outreach.partners.organisations import queries as organisations
from outreach.partners.participations import queries
from outreach.web.access import public
from outreach.web.headers import cached_publicly

__all__ = ["blueprint"]

# Another logo has another address.
_DAY_SECONDS = 24 * 3600


@blueprint.get("/partnerlogo/<int:organisation_id>-<logo_mark>.png")
@public
@cached_publicly(_DAY_SECONDS)
def partner_logo(organisation_id: int, logo_mark: str) -> Any:
    logo = organisations.logo_of(organisation_id, logo_mark) if queries.shows_logo(organisation_id) else None
    if logo is None:
        abort(404)
    return Response(logo, mimetype="image/png")
