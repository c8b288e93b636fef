"""where the young are: who of the contact point has moved home, and what a letter's household says of who moved away."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import UtcDateTime

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.add_column(sa.Column("came_home_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("home_at_utc", UtcDateTime(), nullable=True))
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lives_in", sa.String(length=20), nullable=False, server_default=""))
