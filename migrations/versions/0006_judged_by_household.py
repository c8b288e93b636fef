"""people are judged household by household from one index, which also finds the members of a household."""

from alembic import op

revision = "0006"
down_revision = "0005"

_JUDGED = (
    "birth_year moved_in_on is_resident status seen_import_id is_held_back seen_as_of postcode study_city".split()
)


def upgrade() -> None:
    op.create_index("ix_person_judged_by_household", "person", ["household_id", *_JUDGED])
    op.drop_index(op.f("ix_person_household_id"), table_name="person")
