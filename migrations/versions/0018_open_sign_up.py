"""sign-ups without an invitation: the switch of an event, names of those who came by it, and what waits."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("event", sa.Column("is_open_sign_up", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("invitation", sa.Column("is_signed_up", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("invitee", sa.Column("name_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        "open_request",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("contact_hash", sa.String(length=120), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_open_request_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_open_request_token_hash")),
    )
    with op.batch_alter_table("open_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_request_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_open_request_made_at_utc"), ["made_at_utc"], unique=False)
        batch_op.create_index("ix_open_request_contact_hash_made_at_utc", ["contact_hash", "made_at_utc"], unique=False)
    op.create_table(
        "open_party",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("contact_hash", sa.String(length=120), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_open_party_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_open_party_invitation_id_invitation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_party")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_open_party_invitation_id")),
        sa.UniqueConstraint("event_id", "contact_hash", name=op.f("uq_open_party_event_id_contact_hash")),
    )
