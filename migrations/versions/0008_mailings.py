"""mailings and their texts."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId
from outreach.database.types import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "mailing",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("channels", sa.String(length=20), nullable=False),
        sa.Column("survey_url", sa.String(length=500), nullable=False),
        sa.Column("scheduled_at_utc", UtcDateTime(), nullable=True),
        sa.Column("made_by_id", BigId, nullable=True),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("asked_by_id", BigId, nullable=True),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("household_count", sa.Integer(), nullable=False),
        sa.Column("released_by_id", BigId, nullable=True),
        sa.Column("released_at_utc", UtcDateTime(), nullable=True),
        sa.Column("started_at_utc", UtcDateTime(), nullable=True),
        sa.Column("finished_at_utc", UtcDateTime(), nullable=True),
        sa.Column("counts_json", sa.Text(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state in ('draft','asked','released','sending','paused','done','called_off')",
            name=op.f("ck_mailing_state_known"),
        ),
        sa.CheckConstraint("wave > 0", name=op.f("ck_mailing_wave_positive")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_mailing_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("event_id", "kind", "wave", name=op.f("uq_mailing_event_id_kind_wave")),
        sa.UniqueConstraint("reference", name=op.f("uq_mailing_reference")),
    )
    op.create_index("ix_mailing_state", "mailing", ["state"])
    op.create_table(
        "mailing_text",
        sa.Column("mailing_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sms", sa.Text(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_mailing_text_mailing_id_mailing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_text")),
        sa.UniqueConstraint("mailing_id", "language", name=op.f("uq_mailing_text_mailing_id_language")),
    )
