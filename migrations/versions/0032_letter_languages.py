"""the languages of an event's letters."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("letter_languages", sa.String(length=40), server_default="nb,en", nullable=False)
    )
