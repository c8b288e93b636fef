"""places on waiting lists, and how many wait beside the seats that are held."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "wait_place",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("joined_at_utc", UtcDateTime(), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.String(length=10), nullable=False),
        sa.Column("offered_at_utc", UtcDateTime(), nullable=True),
        sa.Column("ends_at_utc", UtcDateTime(), nullable=True),
        sa.Column("freed_why", sa.String(length=12), nullable=False),
        sa.Column("freed_by_id", BigId, nullable=True),
        sa.Column("freed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("override_reason", sa.String(length=12), nullable=False),
        sa.Column("closed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state in ('waiting','offered','seated','left','expired')", name=op.f("ck_wait_place_state_known")
        ),
        sa.CheckConstraint("persons > 0", name=op.f("ck_wait_place_persons_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_wait_place_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_wait_place_invitation_id_invitation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["freed_by_id"], ["invitation.id"], name=op.f("fk_wait_place_freed_by_id_invitation"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wait_place")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_wait_place_invitation_id")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_wait_place_event_id_number")),
    )
    with op.batch_alter_table("wait_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wait_place_freed_by_id"), ["freed_by_id"], unique=False)
        batch_op.create_index("ix_wait_place_event_id_state_number", ["event_id", "state", "number"], unique=False)
        batch_op.create_index("ix_wait_place_state_ends_at_utc", ["state", "ends_at_utc"], unique=False)
    op.add_column("seat_count", sa.Column("waiting", sa.Integer(), server_default="0", nullable=False))
    op.add_column("seat_count", sa.Column("last_number", sa.Integer(), server_default="0", nullable=False))
