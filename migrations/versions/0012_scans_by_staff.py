"""scans that staff make at a desk: facts of no phone."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.alter_column("device_id", existing_type=BigId, nullable=True)
