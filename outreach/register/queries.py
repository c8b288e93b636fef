"""Every SELECT of the register's imports."""

from sqlalchemy import select

from outreach.database import db
from outreach.register.models import RegisterImport


def latest_import() -> RegisterImport | None:
    """Return the import of the latest extract (by its day, then by when it was read), or None before the first."""
    latest = select(RegisterImport).order_by(
        RegisterImport.as_of.desc(), RegisterImport.imported_at_utc.desc(), RegisterImport.id
    )
    found: RegisterImport | None = db.session.scalar(latest.limit(1))
    return found
