"""Doors, the phones paired to them, and scans: facts that are appended and never changed."""

from datetime import datetime

from sqlalchemy import DDL, Boolean, ForeignKey, Index, Integer, LargeBinary, String, event, false
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, SealedText, UtcDateTime, db


class DoorPairing(Model):
    """A pairing link of one shift at one door; kept as SHA-256 of its secret, so a stolen database pairs nothing."""

    __tablename__ = "door_pairing"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    door: Mapped[str] = mapped_column(String(40))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    is_revoked: Mapped[bool] = mapped_column(Boolean, default=False)
    is_rehearsal: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class DoorDevice(Model):
    """A paired phone. `clock_offset_ms` is server minus phone at the last sync; `waiting_scans` what it told last."""

    __tablename__ = "door_device"

    pairing_id: Mapped[int] = mapped_column(BigId, ForeignKey("door_pairing.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    door: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    paired_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_offset_ms: Mapped[int] = mapped_column(Integer, default=0)
    waiting_scans: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    is_revoked: Mapped[bool] = mapped_column(Boolean, default=False)
    is_rehearsal: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class ChosenForDoors(db.Model):  # type: ignore[name-defined]
    """What the organiser chose for an event's doors (`choices/door_choices.py`); no row: nothing."""

    __tablename__ = "door_choices"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    has_names: Mapped[bool] = mapped_column(Boolean)
    pin_generation: Mapped[int] = mapped_column(Integer)
    told_needs: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int] = mapped_column(Integer)
    in_charge_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    in_charge_phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    in_charge_revision: Mapped[int] = mapped_column(Integer, server_default="0")
    in_charge_name = SealedText("in_charge_name_sealed")
    in_charge_phone = SealedText("in_charge_phone_sealed")

    @property
    def id(self) -> int:
        """To which row sealed fields are bound."""
        return self.event_id


class Scan(db.Model):  # type: ignore[name-defined]
    """One fact from a phone: `scan_id` (32 hex digits) was made on the phone before the light turned.

    `ticket_id` is None for an unknown code; `ticket_hash` then tells two unknown codes apart. `ticket_generation` is
    that of the code that was shown: lower than the ticket's own when it has been replaced. `at_utc` is the phone's time
    corrected by its clock offset; `phone_at_utc` the raw one. What it means (first, repeat, clash …) is computed
    from all facts (scan_merge.py), never stored.

    `event_id` repeats the device's and has no foreign key of its own: PostgreSQL would lock the event's row for each
    admission, which all of them share. The device needs no index: a scan is never looked for by it. Without a device:
    a fact that the door lead made on the evening's page.
    """

    __tablename__ = "scan"

    scan_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigId)
    device_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("door_device.id", ondelete="CASCADE"))
    door: Mapped[str] = mapped_column(String(40))
    counter: Mapped[int] = mapped_column(Integer)
    ticket_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("ticket.id", ondelete="CASCADE"))
    ticket_hash: Mapped[str] = mapped_column(String(64), default="")
    ticket_generation: Mapped[int] = mapped_column(Integer, default=0)
    kind: Mapped[str] = mapped_column(String(10))
    persons: Mapped[int] = mapped_column(Integer)
    phone_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    phone_verdict: Mapped[str] = mapped_column(String(10))
    roster_version: Mapped[str] = mapped_column(String(40), default="")
    undoes: Mapped[str] = mapped_column(String(32), default="")

    __table_args__ = (
        Index("ix_scan_event_id_received_at_utc", "event_id", "received_at_utc"),
        # The scans of one ticket, or of one unknown code.
        Index("ix_scan_ticket_id_ticket_hash", "ticket_id", "ticket_hash"),
    )


# Holds no rule. A statement sees the database as it was when it began; what it calls sees it as it is when called, so a
# statement that waited for another door's sees what that door has stored meanwhile (ADR 0038).
SCANS_NOW = """
CREATE OR REPLACE FUNCTION scans_now(of_event bigint, of_ticket bigint)
RETURNS TABLE (
    scan_id varchar, ticket_id bigint, ticket_hash varchar, device_id bigint, door varchar, kind varchar,
    persons integer, at_utc timestamptz, phone_verdict varchar, ticket_generation integer, undoes varchar
)
LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
BEGIN
    RETURN QUERY
    SELECT s.scan_id, s.ticket_id, s.ticket_hash, s.device_id, s.door, s.kind,
           s.persons, s.at_utc, s.phone_verdict, s.ticket_generation, s.undoes
    FROM scan AS s WHERE s.event_id + 0 = of_event AND s.ticket_id = of_ticket;
END
$$
"""
event.listen(Scan.__table__, "after_create", DDL(SCANS_NOW).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
