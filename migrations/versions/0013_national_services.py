"""what the national services need: adults' numbers, sealed, and what SvarUt calls each letter that it took."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "national_number",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_national_number_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_national_number_person_id")),
    )
    op.create_table(
        "letter_shipment",
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("shipment_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_at_utc", UtcDateTime(), nullable=True),
        sa.Column("next_look_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_letter_shipment_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_shipment")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_shipment_message_id")),
    )
    with op.batch_alter_table("letter_shipment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_shipment_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_shipment_next_look_at_utc"), ["next_look_at_utc"], unique=False)
