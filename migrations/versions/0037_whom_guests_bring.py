"""whom guests may bring along; children by age, adults; needs of each person.

Children who were brought along before stay, in the band between the smallest and the teens: nobody had asked their age.
Needs from before belong to the party together.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brings", sa.String(length=10), nullable=False, server_default="children"))
        batch_op.create_check_constraint(
            batch_op.f("ck_event_brings_known"), "brings in ('nobody','children','anybody')"
        )
    with op.batch_alter_table("rsvp", schema=None) as batch_op:
        for name in ("extra_small", "extra_teens", "extra_adults"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_check_constraint(
            batch_op.f("ck_rsvp_extra_bands"),
            "extra_small >= 0 and extra_teens >= 0 and extra_adults >= 0 and extra_small + extra_teens <= extra_children",
        )
    with op.batch_alter_table("calendar_answer", schema=None) as batch_op:
        for name in ("came_small", "came_teens", "came_adults"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_constraint(batch_op.f("uq_need_rsvp_id_kind"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_need_rsvp_id_position_kind"), ["rsvp_id", "position", "kind"])
