"""The remembered choices of columns."""

from sqlalchemy import select

from outreach.database import db
from outreach.register.models import RegisterMapping


def mapping_by_shape(shape_hash: str) -> RegisterMapping | None:
    """Return the choice for tables with this shape of header, or None."""
    wanted = select(RegisterMapping).where(RegisterMapping.shape_hash == shape_hash).order_by(RegisterMapping.id)
    found: RegisterMapping | None = db.session.scalar(wanted)
    return found
