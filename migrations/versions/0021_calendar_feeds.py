"""calendar feeds of one person."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("ticket_id", BigId, nullable=True),
        sa.Column("sign_up_id", BigId, nullable=True),
        sa.Column("selector", sa.String(length=9), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(ticket_id is null) <> (sign_up_id is null)", name=op.f("ck_calendar_feed_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_calendar_feed_ticket_id_ticket"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_calendar_feed_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("selector", name=op.f("uq_calendar_feed_selector")),
        sa.UniqueConstraint("sign_up_id", name=op.f("uq_calendar_feed_sign_up_id")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_calendar_feed_ticket_id")),
    )
