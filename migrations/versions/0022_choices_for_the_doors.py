"""what the organiser chose for an event's doors, and which doors are for practising."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "door_choices",
        sa.Column("event_id", BigId, autoincrement=False, nullable=False),
        sa.Column("has_names", sa.Boolean(), nullable=False),
        sa.Column("pin_generation", sa.Integer(), nullable=False),
        sa.Column("told_needs", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_door_choices_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_door_choices")),
    )
    for table in ("door_pairing", "door_device"):
        op.add_column(table, sa.Column("is_rehearsal", sa.Boolean(), server_default=sa.false(), nullable=False))
