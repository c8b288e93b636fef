"""counts of what guests thought, and which ballots were used."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "survey_tally",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("question", sa.String(length=12), nullable=False),
        sa.Column("option", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_survey_tally_number_not_negative")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_survey_tally_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_tally")),
        sa.UniqueConstraint("event_id", "question", "option", name=op.f("uq_survey_tally_event_id_question_option")),
    )
    op.create_table(
        "used_ballot",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("ballot_hash", sa.String(length=64), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_used_ballot_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_ballot")),
        sa.UniqueConstraint("event_id", "ballot_hash", name=op.f("uq_used_ballot_event_id_ballot_hash")),
    )
