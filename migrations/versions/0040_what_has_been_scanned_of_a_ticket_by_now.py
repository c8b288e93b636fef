"""what has been scanned of a ticket by now: a function on PostgreSQL (ADR 0038)."""

from alembic import op

revision = "0040"
down_revision = "0039"

SCANS_NOW = """
CREATE OR REPLACE FUNCTION scans_now(of_event bigint, of_ticket bigint)
RETURNS TABLE (
    scan_id varchar, ticket_id bigint, ticket_hash varchar, device_id bigint, door varchar, kind varchar,
    persons integer, at_utc timestamptz, phone_verdict varchar, ticket_generation integer, undoes varchar
)
LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
BEGIN
    RETURN QUERY
    SELECT s.scan_id, s.ticket_id, s.ticket_hash, s.device_id, s.door, s.kind,
           s.persons, s.at_utc, s.phone_verdict, s.ticket_generation, s.undoes
    FROM scan AS s WHERE s.event_id + 0 = of_event AND s.ticket_id = of_ticket;
END
$$
"""


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(SCANS_NOW)
