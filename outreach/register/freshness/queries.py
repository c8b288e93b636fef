"""The latest extract, when it is fresh enough by the setting: the one place that asks."""

from datetime import datetime

from outreach.clock import OSLO
from outreach.register.extract_age import ExtractAge, NoExtractError
from outreach.register.models import RegisterImport
from outreach.register.queries import latest_import
from outreach.web.headers import settings_of_app


def fresh_import(now: datetime) -> RegisterImport:
    """Return the import of the latest extract. Raises NoExtractError or ExtractTooOldError."""
    latest = latest_import()
    if latest is None:
        raise NoExtractError
    _age(latest, now).refuse()
    return latest


def is_too_old(extract: RegisterImport | None, now: datetime) -> bool:
    """Say whether `extract` is older than the setting allows; before the first there is none that could be."""
    return extract is not None and _age(extract, now).is_too_old


def _age(extract: RegisterImport, now: datetime) -> ExtractAge:
    limit = settings_of_app().register_max_age_days
    return ExtractAge(as_of=extract.as_of, today=now.astimezone(OSLO).date(), limit_days=limit)
