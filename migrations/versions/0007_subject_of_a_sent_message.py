"""where a message went, as a keyed hash, so that one that comes back stops the next."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject_hash", sa.String(length=120), nullable=True))
