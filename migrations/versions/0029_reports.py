"""figures that are kept, when they were settled, and yearly goals."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "event_breakdown",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("dimension", sa.String(length=12), nullable=False),
        sa.Column("bucket", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=12), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_breakdown_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_breakdown")),
        sa.UniqueConstraint(
            "event_id", "dimension", "bucket", "measure", name=op.f("uq_event_breakdown_event_id_dimension_bucket_measure")
        ),
    )
    op.create_table(
        "settled_event",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("settled_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_settled_event_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_settled_event_event_id")),
    )
    op.create_table(
        "yearly_goal",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("event_kind", sa.String(length=20), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("kind in ('dated','started','target')", name=op.f("ck_yearly_goal_kind_known")),
        sa.CheckConstraint("wanted > 0", name=op.f("ck_yearly_goal_wanted_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_goal")),
    )
    with op.batch_alter_table("yearly_goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_yearly_goal_year"), ["year"], unique=False)
