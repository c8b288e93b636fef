"""notes of the front desk."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "desk_note",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("noted_at_utc", UtcDateTime(), nullable=False),
        sa.Column("noted_by_id", BigId, nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("way in ('phone','visit','letter')", name=op.f("ck_desk_note_way_known")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_desk_note_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_desk_note_invitation_id_invitation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_note")),
    )
    with op.batch_alter_table("desk_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_note_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_note_invitation_id"), ["invitation_id"], unique=False)
