"""saved segments, and lists that keep the rule and what was known of each person."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId
from outreach.database.types import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "segment",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("rule_json", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("created_by_id", BigId, nullable=True),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", BigId, nullable=True),
        sa.Column("archived_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("slug", name=op.f("uq_segment_slug")),
    )
    is_set_aside = sa.text("set_aside_reason != ''")
    op.create_index(
        "ix_household_is_set_aside", "household", ["id"], sqlite_where=is_set_aside, postgresql_where=is_set_aside
    )
    judged = ["is_resident", "status", "household_id", "seen_import_id", "is_held_back", "seen_as_of", "postcode", "study_city"]
    op.create_index("ix_person_judged_by_birth_year", "person", ["birth_year", "moved_in_on", *judged])
    op.create_index("ix_person_judged_by_moved_in_on", "person", ["moved_in_on", "birth_year", *judged])
    has_no_address = sa.text("address_sealed IS NULL")
    op.create_index(
        "ix_person_without_address", "person", ["id"], sqlite_where=has_no_address, postgresql_where=has_no_address
    )
    with op.batch_alter_table("audience_list", schema=None) as batch_op:
        batch_op.alter_column("segment", existing_type=sa.String(length=40), type_=sa.String(length=80))
        batch_op.add_column(sa.Column("name", sa.String(length=80), server_default="", nullable=False))
        batch_op.add_column(sa.Column("rule_json", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("rule_text", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("as_of", sa.Date(), nullable=True))
    with op.batch_alter_table("audience_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("known_json", sa.Text(), server_default="", nullable=False))
