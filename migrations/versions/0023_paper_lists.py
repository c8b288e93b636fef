"""guest lists on paper: their sheets, and who came by each line."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("others_came", sa.Integer(), nullable=True),
        sa.Column("brought_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_paper_sheet_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_paper_sheet_event_id_number")),
    )
    op.create_table(
        "paper_line",
        sa.Column("sheet_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["paper_sheet.id"], name=op.f("fk_paper_line_sheet_id_paper_sheet"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_paper_line_ticket_id_ticket"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_line")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_paper_line_sheet_id_number")),
    )
    with op.batch_alter_table("paper_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_line_ticket_id"), ["ticket_id"], unique=False)
