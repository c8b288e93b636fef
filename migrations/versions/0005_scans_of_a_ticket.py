"""the scans of one ticket or of one unknown code are found by an index."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index("ix_scan_ticket_id_ticket_hash", ["ticket_id", "ticket_hash"], unique=False)
        batch_op.drop_index(batch_op.f("ix_scan_ticket_id"))
