"""The walk of an upload: its bytes, its stage, the work queued on it, and the remembered choice of columns."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # What waits was checked by the old code: the new preview cannot be made of it. It lives for a day; ask again.
    op.execute("DELETE FROM staged_chunk")
    op.execute("DELETE FROM staged_extract")
    with op.batch_alter_table("staged_extract", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", sa.String(length=20), nullable=False))
        batch_op.add_column(sa.Column("size_bytes", BigId, nullable=False))
        batch_op.add_column(sa.Column("options_json", sa.Text(), nullable=False))
        batch_op.add_column(sa.Column("mapping_origin", sa.String(length=20), nullable=False))
        batch_op.add_column(sa.Column("fault_json", sa.Text(), nullable=False))
        batch_op.add_column(sa.Column("look_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("examples_sealed", sa.LargeBinary(), nullable=True))

    op.create_table(
        "upload_chunk",
        sa.Column("extract_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("bytes_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["extract_id"],
            ["staged_extract.id"],
            name=op.f("fk_upload_chunk_extract_id_staged_extract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_chunk")),
        sa.UniqueConstraint("extract_id", "position", name=op.f("uq_upload_chunk_extract_id_position")),
    )
    with op.batch_alter_table("upload_chunk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_chunk_extract_id"), ["extract_id"], unique=False)

    op.create_table(
        "register_job",
        sa.Column("extract_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("queued_at_utc", UtcDateTime(), nullable=False),
        sa.Column("queued_by_id", BigId, nullable=True),
        sa.Column("worker", sa.String(length=40), nullable=False),
        sa.Column("lease_until_utc", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["extract_id"],
            ["staged_extract.id"],
            name=op.f("fk_register_job_extract_id_staged_extract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_job")),
        sa.UniqueConstraint("extract_id", name=op.f("uq_register_job_extract_id")),
    )
    op.create_table(
        "register_mapping",
        sa.Column("shape_hash", sa.String(length=80), nullable=False),
        sa.Column("fields_json", sa.Text(), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("chosen_at_utc", UtcDateTime(), nullable=False),
        sa.Column("chosen_by_id", BigId, nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_mapping")),
        sa.UniqueConstraint("shape_hash", name=op.f("uq_register_mapping_shape_hash")),
    )
