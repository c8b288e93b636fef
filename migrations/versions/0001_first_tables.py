"""first tables."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId
from outreach.database.types import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempt_counter",
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("subject_hash", sa.String(length=80), nullable=False),
        sa.Column("window_utc", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at_utc", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject_hash", "window_utc", name=op.f("pk_attempt_counter")),
    )
    with op.batch_alter_table("attempt_counter", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_counter_window_utc", ["window_utc"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", BigId, nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", BigId, nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_at_utc_id", ["at_utc", "id"], unique=False)
        batch_op.create_index("ix_audit_entry_subject_kind_subject_id", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "erasure_receipt",
        sa.Column("erased_at_utc", UtcDateTime(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("event_id", BigId, nullable=True),
        sa.Column("counts_json", sa.Text(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_receipt")),
    )
    with op.batch_alter_table("erasure_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_receipt_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("starts_at_utc", UtcDateTime(), nullable=False),
        sa.Column("ends_at_utc", UtcDateTime(), nullable=False),
        sa.Column("venue", sa.String(length=120), nullable=False),
        sa.Column("venue_address", sa.String(length=200), nullable=False),
        sa.Column("access_information", sa.Text(), nullable=False),
        sa.Column("city", sa.String(length=20), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("state in ('draft','published','cancelled')", name=op.f("ck_event_state_known")),
        sa.CheckConstraint("capacity is null or capacity > 0", name=op.f("ck_event_capacity_positive")),
        sa.CheckConstraint("ends_at_utc > starts_at_utc", name=op.f("ck_event_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_table(
        "household",
        sa.Column("dwelling_hash", sa.String(length=80), nullable=False),
        sa.Column("set_aside_reason", sa.String(length=40), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("dwelling_hash", name=op.f("uq_household_dwelling_hash")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("references_json", sa.Text(), nullable=False),
        sa.Column("event_id", BigId, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("due_at_utc", UtcDateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(length=60), nullable=False),
        sa.Column("lease_until_utc", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at_utc", UtcDateTime(), nullable=True),
        sa.Column("handed_over_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state in ('queued','claimed','handed_over','delivered','failed','bounced','withheld','uncertain')",
            name=op.f("ck_outbox_message_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint(
            "purpose", "recipient", "channel", name=op.f("uq_outbox_message_purpose_recipient_channel")
        ),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_outbox_message_recipient", ["recipient"], unique=False)
        batch_op.create_index(
            "ix_outbox_message_state_channel_due_at_utc_id", ["state", "channel", "due_at_utc", "id"], unique=False
        )

    op.create_table(
        "protected_identity",
        sa.Column("identity_hash", sa.String(length=120), nullable=False),
        sa.Column("marked_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_identity")),
        sa.UniqueConstraint("identity_hash", name=op.f("uq_protected_identity_identity_hash")),
    )
    op.create_table(
        "register_import",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("imported_at_utc", UtcDateTime(), nullable=False),
        sa.Column("imported_by_id", BigId, nullable=True),
        sa.Column("file_hash", sa.String(length=80), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("counts_json", sa.Text(), nullable=False),
        sa.Column("protection_checked_by", sa.String(length=120), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
    )
    with op.batch_alter_table("register_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_import_as_of"), ["as_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_import_file_hash"), ["file_hash"], unique=False)

    op.create_table(
        "sending_permit",
        sa.Column("instance_id", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_permit")),
        sa.UniqueConstraint("instance_id", name=op.f("uq_sending_permit_instance_id")),
    )
    op.create_table(
        "staff_user",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_user")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_user_email")),
    )
    op.create_table(
        "staged_extract",
        sa.Column("staged_at_utc", UtcDateTime(), nullable=False),
        sa.Column("staged_by_id", BigId, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("file_hash", sa.String(length=80), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("summary_json", sa.Text(), nullable=False),
        sa.Column("protection_checked_by", sa.String(length=120), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_extract")),
    )
    with op.batch_alter_table("staged_extract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_extract_staged_at_utc"), ["staged_at_utc"], unique=False)

    op.create_table(
        "suppression",
        sa.Column("subject_hash", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("since_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("subject_hash", "purpose", name=op.f("uq_suppression_subject_hash_purpose")),
    )
    op.create_table(
        "audience_list",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("segment", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("frozen_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_audience_list_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_list")),
    )
    with op.batch_alter_table("audience_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audience_list_event_id"), ["event_id"], unique=False)

    op.create_table(
        "audit_link",
        sa.Column("sequence", BigId, autoincrement=False, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_link_entry_id_audit_entry")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")),
    )
    op.create_table(
        "contact_memory",
        sa.Column("identity_hash", sa.String(length=120), nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("has_attended", sa.Boolean(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_contact_memory_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_memory")),
        sa.UniqueConstraint("identity_hash", "event_id", name=op.f("uq_contact_memory_identity_hash_event_id")),
    )
    with op.batch_alter_table("contact_memory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_memory_event_id"), ["event_id"], unique=False)

    op.create_table(
        "door_pairing",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("is_revoked", sa.Boolean(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_door_pairing_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_pairing")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_door_pairing_secret_hash")),
    )
    with op.batch_alter_table("door_pairing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_pairing_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_figure",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_figure_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_figure")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_event_figure_event_id_name")),
    )
    op.create_table(
        "invitation",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("household_id", BigId, nullable=True),
        sa.Column("selector", sa.String(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("state in ('active','revoked','erased')", name=op.f("ck_invitation_state_known")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_invitation_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_invitation_household_id_household"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("event_id", "household_id", name=op.f("uq_invitation_event_id_household_id")),
        sa.UniqueConstraint("selector", name=op.f("uq_invitation_selector")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_event_id_state", ["event_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_household_id"), ["household_id"], unique=False)

    op.create_table(
        "letter_batch",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("release_reference", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("letter_count", sa.Integer(), nullable=False),
        sa.Column("made_by_id", BigId, nullable=True),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("released_by_id", BigId, nullable=True),
        sa.Column("released_at_utc", UtcDateTime(), nullable=True),
        sa.Column("folder", sa.String(length=500), nullable=False),
        sa.Column("is_reprint", sa.Boolean(), nullable=False),
        sa.Column("attempted_at_utc", UtcDateTime(), nullable=True),
        sa.Column("handed_over_at_utc", UtcDateTime(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_letter_batch_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_batch")),
        sa.UniqueConstraint("release_reference", name=op.f("uq_letter_batch_release_reference")),
    )
    with op.batch_alter_table("letter_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_batch_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_letter_batch_event_id_made_at_utc", ["event_id", "made_at_utc"], unique=False)

    op.create_table(
        "person",
        sa.Column("identity_hash", sa.String(length=120), nullable=True),
        sa.Column("weak_hash", sa.String(length=120), nullable=False),
        sa.Column("given_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("middle_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("family_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("has_postal_address", sa.Boolean(), nullable=False),
        sa.Column("study_city", sa.String(length=20), nullable=False),
        sa.Column("moved_in_on", sa.Date(), nullable=True),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("moved_from", sa.String(length=8), nullable=False),
        sa.Column("move_verdict", sa.String(length=30), nullable=False),
        sa.Column("is_resident", sa.Boolean(), nullable=False),
        sa.Column("is_held_back", sa.Boolean(), nullable=False),
        sa.Column("dwelling_hash", sa.String(length=80), nullable=False),
        sa.Column("has_dwelling_number", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.String(length=80), nullable=False),
        sa.Column("household_id", BigId, nullable=True),
        sa.Column("is_grouped", sa.Boolean(), nullable=False),
        sa.Column("seen_as_of", sa.Date(), nullable=False),
        sa.Column("seen_import_id", BigId, nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_person_household_id_household"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("identity_hash", name=op.f("uq_person_identity_hash")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_birth_year", ["birth_year"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_dwelling_hash"), ["dwelling_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_person_moved_in_on", ["moved_in_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_seen_import_id"), ["seen_import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_weak_hash"), ["weak_hash"], unique=False)

    op.create_table(
        "seat_count",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.CheckConstraint("held >= 0", name=op.f("ck_seat_count_held_not_negative")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_seat_count_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seat_count")),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["staff_user.id"], name=op.f("fk_staff_session_user_id_staff_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "staged_chunk",
        sa.Column("extract_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["extract_id"],
            ["staged_extract.id"],
            name=op.f("fk_staged_chunk_extract_id_staged_extract"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_chunk")),
        sa.UniqueConstraint("extract_id", "position", name=op.f("uq_staged_chunk_extract_id_position")),
    )
    with op.batch_alter_table("staged_chunk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_chunk_extract_id"), ["extract_id"], unique=False)

    op.create_table(
        "audience_member",
        sa.Column("list_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("is_included", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["audience_list.id"], name=op.f("fk_audience_member_list_id_audience_list"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audience_member_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_member")),
        sa.UniqueConstraint("list_id", "person_id", name=op.f("uq_audience_member_list_id_person_id")),
    )
    with op.batch_alter_table("audience_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audience_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "door_device",
        sa.Column("pairing_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("paired_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at_utc", UtcDateTime(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=False),
        sa.Column("is_revoked", sa.Boolean(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_door_device_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["door_pairing.id"], name=op.f("fk_door_device_pairing_id_door_pairing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_door_device_token_hash")),
    )
    with op.batch_alter_table("door_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_device_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_door_device_pairing_id"), ["pairing_id"], unique=False)

    op.create_table(
        "invitee",
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitee_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_invitee_invitation_id_invitation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitee_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_invitee_event_id_person_id")),
        sa.UniqueConstraint("invitation_id", "position", name=op.f("uq_invitee_invitation_id_position")),
    )
    with op.batch_alter_table("invitee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitee_person_id"), ["person_id"], unique=False)

    op.create_table(
        "rsvp",
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("extra_children", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("answered_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state in ('attending','declined','waitlisted','cancelled')", name=op.f("ck_rsvp_state_known")
        ),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_rsvp_persons_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rsvp_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_rsvp_invitation_id_invitation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rsvp")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_rsvp_invitation_id")),
    )
    with op.batch_alter_table("rsvp", schema=None) as batch_op:
        batch_op.create_index("ix_rsvp_event_id_state", ["event_id", "state"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("invitation_id", BigId, nullable=False),
        sa.Column("selector", sa.String(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issued_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint("state in ('valid','revoked')", name=op.f("ck_ticket_state_known")),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_ticket_persons_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ticket_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_ticket_invitation_id_invitation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_ticket_invitation_id")),
        sa.UniqueConstraint("selector", name=op.f("uq_ticket_selector")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_event_id_changed_at_utc", ["event_id", "changed_at_utc"], unique=False)

    op.create_table(
        "need",
        sa.Column("rsvp_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvp.id"], name=op.f("fk_need_rsvp_id_rsvp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("rsvp_id", "kind", name=op.f("uq_need_rsvp_id_kind")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_rsvp_id"), ["rsvp_id"], unique=False)

    op.create_table(
        "person_answer",
        sa.Column("rsvp_id", BigId, nullable=False),
        sa.Column("invitee_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_coming", sa.Boolean(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["invitee.id"], name=op.f("fk_person_answer_invitee_id_invitee"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rsvp_id"], ["rsvp.id"], name=op.f("fk_person_answer_rsvp_id_rsvp"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_answer")),
        sa.UniqueConstraint("rsvp_id", "invitee_id", name=op.f("uq_person_answer_rsvp_id_invitee_id")),
    )
    with op.batch_alter_table("person_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_answer_invitee_id"), ["invitee_id"], unique=False)

    op.create_table(
        "scan",
        sa.Column("scan_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("device_id", BigId, nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("ticket_id", BigId, nullable=True),
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("ticket_generation", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("phone_at_utc", UtcDateTime(), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.Column("received_at_utc", UtcDateTime(), nullable=False),
        sa.Column("phone_verdict", sa.String(length=10), nullable=False),
        sa.Column("roster_version", sa.String(length=40), nullable=False),
        sa.Column("undoes", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["door_device.id"], name=op.f("fk_scan_device_id_door_device"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_scan_ticket_id_ticket"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index("ix_scan_event_id_received_at_utc", ["event_id", "received_at_utc"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_ticket_id"), ["ticket_id"], unique=False)
