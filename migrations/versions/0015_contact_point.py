"""those who signed up with the contact point, and mailings to them."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "sign_up",
        sa.Column("selector", sa.String(length=12), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("is_matched_by_hand", sa.Boolean(), nullable=False),
        sa.Column("contact_hash", sa.String(length=120), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("school_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("programme_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("city", sa.String(length=20), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=False),
        sa.Column("finishing_year", sa.Integer(), nullable=True),
        sa.Column("heard_by", sa.String(length=20), nullable=False),
        sa.Column("is_unlisted", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("renewed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=True),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("channel in ('email','sms')", name=op.f("ck_sign_up_channel_known")),
        sa.CheckConstraint("city in ('oslo','bergen','trondheim','other')", name=op.f("ck_sign_up_city_known")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_up_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("contact_hash", name=op.f("uq_sign_up_contact_hash")),
        sa.UniqueConstraint("selector", name=op.f("uq_sign_up_selector")),
    )
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_renewed_at_utc"), ["renewed_at_utc"], unique=False)
    op.create_table(
        "sign_up_interest",
        sa.Column("sign_up_id", BigId, nullable=False),
        sa.Column("interest", sa.String(length=20), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_sign_up_interest_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_interest")),
        sa.UniqueConstraint("sign_up_id", "interest", name=op.f("uq_sign_up_interest_sign_up_id_interest")),
    )
    op.create_table(
        "sign_up_consent",
        sa.Column("sign_up_id", BigId, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("given_at_utc", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_sign_up_consent_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_consent")),
    )
    with op.batch_alter_table("sign_up_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_consent_sign_up_id"), ["sign_up_id"], unique=False)
    op.create_table(
        "sign_up_request",
        sa.Column("sign_up_id", BigId, nullable=True),
        sa.Column("contact_hash", sa.String(length=120), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("channel in ('email','sms')", name=op.f("ck_sign_up_request_channel_known")),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_sign_up_request_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_up_request_token_hash")),
    )
    with op.batch_alter_table("sign_up_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sign_up_request_contact_hash_made_at_utc", ["contact_hash", "made_at_utc"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sign_up_request_made_at_utc"), ["made_at_utc"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_request_sign_up_id"), ["sign_up_id"], unique=False)
    with op.batch_alter_table("mailing", schema=None) as batch_op:
        batch_op.alter_column("event_id", existing_type=BigId, nullable=True)
        batch_op.add_column(sa.Column("cities", sa.String(length=100), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("interests", sa.String(length=200), nullable=False, server_default=""))
        batch_op.create_check_constraint(
            op.f("ck_mailing_audience_known"), "(event_id is null) = (kind = 'nyhetsbrev')"
        )
