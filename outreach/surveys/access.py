"""The guard of the survey: a link with a stamp of ours. No ticket and no person is looked up."""

from functools import wraps
from typing import Any

from flask import g

from outreach.errors import N_, NotFoundError
from outreach.events import queries as events
from outreach.surveys import queries
from outreach.web.access import View, guarded


class UnknownSurveyLinkError(NotFoundError):
    """The link is cut off, or of another event."""

    message = N_("Lenken til undersøkelsen er ikke hel. Prøv å åpne den fra meldingen en gang til.")


def survey_link(view: View) -> Any:
    """Let in who has a link of ours; keep its event as `g.event` and its ballot as `g.ballot`. Others get 404."""

    @wraps(view)
    def checked(slug: str, token: str, **values: Any) -> Any:
        g.event = events.by_slug(slug)
        g.ballot = queries.ballot_of(token, g.event.id)
        if g.ballot is None:
            raise UnknownSurveyLinkError
        return view(slug=slug, token=token, **values)

    return guarded("survey-link")(checked)
