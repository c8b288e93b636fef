"""An account that is erased takes its sessions along and leaves the others."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from outreach.accounts.erasure import erase_staff
from outreach.accounts.models import StaffSession, StaffUser
from outreach.accounts.roles import Role
from outreach.accounts.service import create_staff
from outreach.database import db
from tests.conftest import NOW


def test_an_erased_account_takes_its_sessions_along(app: Flask) -> None:
    gone, kept = (
        create_staff(f"{name}@modum.example", role=Role.READER, password="rosa elg i regn", now=NOW)
        for name in ("gone", "kept")
    )
    for user in (gone, kept):
        moments = {"created_at_utc": NOW, "last_seen_at_utc": NOW, "expires_at_utc": NOW + timedelta(hours=1)}
        db.session.add(StaffSession(token_hash=user.email, user_id=user.id, **moments))
    db.session.flush()
    assert erase_staff(gone.id) == {"staff_session": 1, "staff_user": 1}
    assert list(db.session.scalars(select(StaffUser.email))) == ["kept@modum.example"]
