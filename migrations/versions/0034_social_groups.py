"""groups in social media, and clicks of their short links."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "social_group",
        sa.Column("city", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=400), nullable=False),
        sa.Column("short", sa.String(length=8), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "city in ('modum','oslo','bergen','trondheim')", name=op.f("ck_social_group_city_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_group")),
        sa.UniqueConstraint("short", name=op.f("uq_social_group_short")),
    )
    op.create_index(op.f("ix_social_group_city"), "social_group", ["city"])
    op.create_table(
        "group_click",
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["social_group.id"], name=op.f("fk_group_click_group_id_social_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_click")),
        sa.UniqueConstraint("group_id", "day", name=op.f("uq_group_click_group_id_day")),
    )
