"""answers that come from guests' calendars."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, KeyedHash, UtcDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "calendar_answer",
        sa.Column("event_id", BigId, nullable=True),
        sa.Column("invitation_id", BigId, nullable=True),
        sa.Column("message_hash", KeyedHash(of="message"), nullable=False),
        sa.Column("answer_hash", KeyedHash(of="message"), nullable=True),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=14), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("sequence_after", sa.Integer(), nullable=True),
        sa.Column("stamped_at_utc", UtcDateTime(), nullable=True),
        sa.Column("came", sa.String(length=120), nullable=False),
        sa.Column("came_extra", sa.Integer(), nullable=False),
        sa.Column("received_at_utc", UtcDateTime(), nullable=False),
        sa.Column("settled_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "outcome in ('taken','waitlisted','kept','set_aside')", name=op.f("ck_calendar_answer_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_calendar_answer_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_calendar_answer_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_answer")),
        sa.UniqueConstraint("answer_hash", name=op.f("uq_calendar_answer_answer_hash")),
        sa.UniqueConstraint("message_hash", name=op.f("uq_calendar_answer_message_hash")),
    )
    with op.batch_alter_table("calendar_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_answer_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_answer_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(
            "ix_calendar_answer_outcome_received_at_utc", ["outcome", "received_at_utc"], unique=False
        )
