"""letters that the post brought back."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "returned_letter",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("was_state", sa.String(length=20), nullable=False),
        sa.Column("returned_at_utc", UtcDateTime(), nullable=False),
        sa.Column("returned_by_id", BigId, nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", BigId, nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "reason in ('moved','unknown','incomplete','refused','deceased','other')",
            name=op.f("ck_returned_letter_reason_known"),
        ),
        sa.CheckConstraint(
            "outcome in ('open','reached','again','closed')", name=op.f("ck_returned_letter_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_returned_letter_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_returned_letter_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_letter")),
    )
    with op.batch_alter_table("returned_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_returned_letter_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index("ix_returned_letter_event_id_outcome", ["event_id", "outcome"], unique=False)
        batch_op.create_index(
            "ix_returned_letter_returned_by_id_returned_at_utc", ["returned_by_id", "returned_at_utc"], unique=False
        )
