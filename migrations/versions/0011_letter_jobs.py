"""letters that are made from the page."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "letter_job",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("busy_event_id", BigId, nullable=True),
        sa.Column("batch_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("queued_at_utc", UtcDateTime(), nullable=False),
        sa.Column("queued_by_id", BigId, nullable=True),
        sa.Column("worker", sa.String(length=40), nullable=False),
        sa.Column("lease_until_utc", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("letters_done", sa.Integer(), nullable=False),
        sa.Column("letters_total", sa.Integer(), nullable=False),
        sa.Column("fault_json", sa.Text(), nullable=False),
        sa.Column("done_at_utc", UtcDateTime(), nullable=True),
        sa.Column("fetched_at_utc", UtcDateTime(), nullable=True),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("kind in ('build','reprint','pictures')", name=op.f("ck_letter_job_kind_known")),
        sa.CheckConstraint(
            "stage in ('waiting','working','done','failed','erased')", name=op.f("ck_letter_job_stage_known")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_job_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_job")),
        sa.UniqueConstraint("busy_event_id", name=op.f("uq_letter_job_busy_event_id")),
    )
    with op.batch_alter_table("letter_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_job_event_id"), ["event_id"], unique=False)
