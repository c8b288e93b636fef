"""Sheets of the printed guest list, and who came by each line. No names: a line is its number and a ticket."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class PaperSheet(Model):
    """One sheet. `others_came` counts who came and stood on no line; None until the sheet is typed in.

    `brought_at_utc`: when its marks became facts, after which they stand.
    """

    __tablename__ = "paper_sheet"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    others_came: Mapped[int | None] = mapped_column(Integer)
    brought_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("event_id", "number"),)


class PaperLine(Model):
    """One line: its number in the list, whose ticket it is, and how many came; None until the sheet is typed in."""

    __tablename__ = "paper_line"

    sheet_id: Mapped[int] = mapped_column(BigId, ForeignKey("paper_sheet.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    ticket_id: Mapped[int] = mapped_column(BigId, ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    came: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("sheet_id", "number"),)
