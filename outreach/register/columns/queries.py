"""The remembered choices of columns."""

from collections.abc import Sequence

from sqlalchemy import select

from outreach.database import db
from outreach.register.models import RegisterMapping


def mapping_by_shape(shape_hashes: Sequence[str]) -> RegisterMapping | None:
    """Return the latest choice for tables with one of these shapes of header, or None."""
    latest = (RegisterMapping.chosen_at_utc.desc(), RegisterMapping.id)
    wanted = select(RegisterMapping).where(RegisterMapping.shape_hash.in_(shape_hashes)).order_by(*latest)
    found: RegisterMapping | None = db.session.scalar(wanted)
    return found
