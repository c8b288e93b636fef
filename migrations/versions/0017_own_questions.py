"""questions that an event asks its guests, and what they reply."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "event_question",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=150), nullable=False),
        sa.Column("hint", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("asked_of", sa.String(length=10), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("choices_json", sa.Text(), nullable=False),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("retired_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("kind in ('text','one','several','number')", name=op.f("ck_event_question_kind_known")),
        sa.CheckConstraint("asked_of in ('household','person')", name=op.f("ck_event_question_asked_of_known")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_question")),
    )
    with op.batch_alter_table("event_question", schema=None) as batch_op:
        batch_op.create_index("ix_event_question_event_id_number", ["event_id", "number"], unique=False)
    op.create_table(
        "question_reply",
        sa.Column("rsvp_id", BigId, nullable=False),
        sa.Column("question_id", BigId, nullable=False),
        sa.Column("invitee_id", BigId, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvp.id"], name=op.f("fk_question_reply_rsvp_id_rsvp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["event_question.id"],
            name=op.f("fk_question_reply_question_id_event_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["invitee.id"], name=op.f("fk_question_reply_invitee_id_invitee"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_reply")),
        sa.UniqueConstraint("rsvp_id", "question_id", "position", name=op.f("uq_question_reply_rsvp_id_question_id_position")),
    )
    with op.batch_alter_table("question_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_reply_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_reply_invitee_id"), ["invitee_id"], unique=False)
