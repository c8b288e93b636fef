"""Every SELECT of saved segments."""

from collections.abc import Sequence

from sqlalchemy import select

from outreach.audience.models import SavedSegment
from outreach.audience.rule import Rule, rule_of_json
from outreach.database import db
from outreach.errors import N_, NotFoundError


def by_slug(slug: str) -> SavedSegment:
    """Return the saved segment of `slug`, archived or not. Raises NotFoundError."""
    found = find(slug)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke utvalget."))
    return found


def find(slug: str) -> SavedSegment | None:
    """Return the saved segment of `slug`, archived or not, or None."""
    found: SavedSegment | None = db.session.scalar(select(SavedSegment).where(SavedSegment.slug == slug))
    return found


def rule_in_use(slug: str) -> tuple[str, Rule] | None:
    """Return (name, rule) of a segment that is not archived, or None. Raises RuleFormatError."""
    found = find(slug)
    return None if found is None or found.archived_at_utc else (found.name, rule_of_json(found.rule_json))


def any_rule(slug: str) -> tuple[str, Rule] | None:
    """Return (name, rule) of a segment, archived or not, or None. Raises RuleFormatError."""
    found = find(slug)
    return None if found is None else (found.name, rule_of_json(found.rule_json))


def saved_segments() -> Sequence[SavedSegment]:
    """Return every saved segment by name, those that are archived too."""
    return db.session.scalars(select(SavedSegment).order_by(SavedSegment.name, SavedSegment.id)).all()


def in_use() -> Sequence[SavedSegment]:
    """Return the saved segments that are not archived, by name."""
    wanted = select(SavedSegment).where(SavedSegment.archived_at_utc.is_(None))
    return db.session.scalars(wanted.order_by(SavedSegment.name, SavedSegment.id)).all()
