"""how many scans wait on a phone at the door, as it told last."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    with op.batch_alter_table("door_device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waiting_scans", sa.Integer(), nullable=False, server_default="0"))
