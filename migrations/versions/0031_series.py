"""series: events of which one invitation lets a household choose one."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0031"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("title", name=op.f("uq_series_title")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", BigId, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_event_series_id_series"), "series", ["series_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_event_series_id"), ["series_id"], unique=False)
