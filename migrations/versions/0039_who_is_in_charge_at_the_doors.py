"""whom a phone at the door is told to fetch: a name and a number, sealed, and how often they changed."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    with op.batch_alter_table("door_choices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_charge_name_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("in_charge_phone_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("in_charge_revision", sa.Integer(), nullable=False, server_default="0"))
