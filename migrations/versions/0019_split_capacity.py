"""places split by kind: limits of an event, and how many children and wheelchairs hold or wait for places."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_ADULT_YEARS = 18
_COUNT_CHILDREN = """
update rsvp set children = extra_children + (
  select count(*) from person_answer
  join invitee on invitee.id = person_answer.invitee_id
  join person on person.id = invitee.person_id
  where person_answer.rsvp_id = rsvp.id and person_answer.is_coming and person.birth_year > :youngest_adult
)
where event_id = :event_id and state in ('attending', 'waitlisted')
"""
_COUNT_WHEELCHAIRS = """
update rsvp set wheelchairs = 1
where persons > 0 and exists (select 1 from need where need.rsvp_id = rsvp.id and need.kind = 'wheelchair')
"""
_COPY_TO_PLACES = """
update wait_place set
  children = coalesce((select rsvp.children from rsvp where rsvp.invitation_id = wait_place.invitation_id), 0),
  wheelchairs = coalesce((select rsvp.wheelchairs from rsvp where rsvp.invitation_id = wait_place.invitation_id), 0)
where state in ('waiting', 'offered')
"""
_ADD_UP = """
update seat_count set {held} =
  coalesce((select sum(rsvp.{kind}) from rsvp
    where rsvp.event_id = seat_count.event_id and rsvp.state = 'attending'), 0)
  + coalesce((select sum(wait_place.{kind}) from wait_place
    where wait_place.event_id = seat_count.event_id and wait_place.state = 'offered'), 0)
"""


def upgrade() -> None:
    # Counts and checks in one batch, so that SQLite copies each table once.
    with op.batch_alter_table("event", schema=None) as batch_op:
        for name in ("capacity_adults", "capacity_children", "capacity_wheelchairs"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_event_split_not_negative"),
            "coalesce(capacity_adults, 0) >= 0 and coalesce(capacity_children, 0) >= 0"
            " and coalesce(capacity_wheelchairs, 0) >= 0",
        )
    for table, names in (
        ("rsvp", ("children", "wheelchairs")),
        ("wait_place", ("children", "wheelchairs")),
        ("seat_count", ("held_children", "held_wheelchairs")),
    ):
        for name in names:
            op.add_column(table, sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    _count_who_is_there()


def _count_who_is_there() -> None:
    connection = op.get_bind()
    events = sa.table("event", sa.column("id", sa.BigInteger()), sa.column("starts_at_utc", sa.DateTime()))
    for event_id, starts in connection.execute(sa.select(events.c.id, events.c.starts_at_utc)).all():
        values = {"event_id": event_id, "youngest_adult": starts.year - _ADULT_YEARS}
        connection.execute(sa.text(_COUNT_CHILDREN), values)
    connection.execute(sa.text(_COUNT_WHEELCHAIRS))
    connection.execute(sa.text(_COPY_TO_PLACES))
    for kind in ("children", "wheelchairs"):
        connection.execute(sa.text(_ADD_UP.format(held=f"held_{kind}", kind=kind)))
