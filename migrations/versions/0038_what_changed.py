"""stop and parking of an event, and what it was before each change that guests hear of."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nearest_stop", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("parking", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    # What was released for an event is of the revision that it had then.
    op.execute("UPDATE event SET revision = sequence")
    op.create_table(
        "event_change",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("before_json", sa.Text(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_change_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_change")),
        sa.UniqueConstraint("event_id", "revision", name=op.f("uq_event_change_event_id_revision")),
    )
