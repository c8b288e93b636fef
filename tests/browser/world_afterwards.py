"""What came of it: an event whose guests are asked now what they thought, and one that was a year ago."""

from datetime import UTC, datetime
from random import Random
from urllib.parse import urlsplit

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.demo import past_years
from outreach.demo.looking_back import service as looking_back
from outreach.events import queries as events
from outreach.reports.settling import service as settling
from outreach.surveys import queries, service
from outreach.surveys.survey import OPTION_WORDS, Question
from tests.conftest import NOW
from tests.factories.events import make_event

_WEIGHTS = (30, 14, 5, 1)


def afterwards(slug: str) -> dict[str, str]:
    """Make both, and return what stands in the addresses of their pages."""
    asked = make_event(
        slug="hostkaffe-2026",
        title="Høstkaffe for nye innbyggere",
        starts_at_utc=datetime(2026, 10, 27, 16, 0, tzinfo=UTC),
        ends_at_utc=datetime(2026, 10, 27, 19, 0, tzinfo=UTC),
        answer_by=datetime(2026, 10, 23, tzinfo=UTC).date(),
    )
    past = make_event(
        slug="ny-i-modum-2025",
        title="Ny i Modum-kveld 2025",
        starts_at_utc=datetime(2025, 11, 20, 17, 0, tzinfo=UTC),
        ends_at_utc=datetime(2025, 11, 20, 20, 0, tzinfo=UTC),
        answer_by=datetime(2025, 11, 16, tzinfo=UTC).date(),
    )
    random = Random(2025)
    for event, number in ((asked, 12), (past, 47)):
        for guest in range(number):
            given = {
                one.value: random.choices(list(OPTION_WORDS[one]), _WEIGHTS[: len(OPTION_WORDS[one])])[0]
                for one in Question
            }
            service.answer(event, f"ballot-{guest}", given, now=event.ends_at_utc)
    for back in (3, 2, 1):
        for details in past_years.events_of(NOW.date(), back):
            made = make_event(**{name: getattr(details, name) for name in details.__dataclass_fields__})
            figures = past_years.figures_of(details, random, households=120)
            settling.keep(made, figures, actor=COMMAND, now=made.ends_at_utc)
    looking_back.set_goals(NOW.date(), now=NOW)
    db.session.commit()
    early = events.by_slug(slug)
    return {
        "slug_asked": asked.slug,
        "slug_past": past.slug,
        "slug_settled": made.slug,
        "survey": urlsplit(queries.survey_url(asked, "CDFHJK")).path,
        "survey_early": urlsplit(queries.survey_url(early, "CDFHJK")).path,
    }
