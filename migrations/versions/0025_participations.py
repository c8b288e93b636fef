"""what partners take part in, and what they do before it."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table('participation',
    sa.Column('organisation_id', BigId, nullable=False),
    sa.Column('event_id', BigId, nullable=False),
    sa.Column('contact_id', BigId, nullable=True),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('selector', sa.String(length=12), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('asked_at_utc', UtcDateTime(), nullable=True),
    sa.Column('reminded_at_utc', UtcDateTime(), nullable=True),
    sa.Column('answered_at_utc', UtcDateTime(), nullable=True),
    sa.Column('needs_power', sa.Boolean(), nullable=False),
    sa.Column('needs_screen', sa.Boolean(), nullable=False),
    sa.Column('tables', sa.Integer(), nullable=False),
    sa.Column('note_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('slot_title', sa.String(length=120), nullable=False),
    sa.Column('slot_at_utc', UtcDateTime(), nullable=True),
    sa.Column('created_at_utc', UtcDateTime(), nullable=False),
    sa.Column('changed_at_utc', UtcDateTime(), nullable=False),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.CheckConstraint("role in ('host','stand','speaker','sponsor')", name=op.f('ck_participation_role_known')),
    sa.CheckConstraint("state in ('asked','confirmed','declined','withdrawn')", name=op.f('ck_participation_state_known')),
    sa.CheckConstraint('tables between 0 and 10', name=op.f('ck_participation_tables_few')),
    sa.ForeignKeyConstraint(['contact_id'], ['partner_contact.id'], name=op.f('fk_participation_contact_id_partner_contact'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_participation_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['partner_organisation.id'], name=op.f('fk_participation_organisation_id_partner_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation')),
    sa.UniqueConstraint('organisation_id', 'event_id', 'role', name=op.f('uq_participation_organisation_id_event_id_role')),
    sa.UniqueConstraint('selector', name=op.f('uq_participation_selector'))
    )
    with op.batch_alter_table('participation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participation_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participation_event_id'), ['event_id'], unique=False)
    op.create_table('partner_task',
    sa.Column('participation_id', BigId, nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at_utc', UtcDateTime(), nullable=True),
    sa.Column('reminded_for', sa.Date(), nullable=True),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_partner_task_participation_id_participation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_task'))
    )
    with op.batch_alter_table('partner_task', schema=None) as batch_op:
        batch_op.create_index('ix_partner_task_done_at_utc_due_on', ['done_at_utc', 'due_on'], unique=False)
        batch_op.create_index('ix_partner_task_participation_id', ['participation_id'], unique=False)
