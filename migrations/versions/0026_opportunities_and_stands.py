"""what partners offer, and what guests leave at a stand."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table('opportunity',
    sa.Column('organisation_id', BigId, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('apply_by', sa.Date(), nullable=False),
    sa.Column('link', sa.String(length=400), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('made_at_utc', UtcDateTime(), nullable=False),
    sa.Column('changed_at_utc', UtcDateTime(), nullable=False),
    sa.Column('decided_at_utc', UtcDateTime(), nullable=True),
    sa.Column('decided_by_id', BigId, nullable=True),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.CheckConstraint("kind in ('job','summer_job','apprenticeship','trainee','thesis','plot','volunteer')", name=op.f('ck_opportunity_kind_known')),
    sa.CheckConstraint("state in ('waiting','approved','refused','closed')", name=op.f('ck_opportunity_state_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['partner_organisation.id'], name=op.f('fk_opportunity_organisation_id_partner_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity'))
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_opportunity_state_apply_by', ['state', 'apply_by'], unique=False)
    op.create_table('stand_interest',
    sa.Column('participation_id', BigId, nullable=False),
    sa.Column('selector', sa.String(length=12), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('contact_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('contact_hash', sa.String(length=120), nullable=False),
    sa.Column('message_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('channel', sa.String(length=8), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('wording', sa.Integer(), nullable=False),
    sa.Column('left_at_utc', UtcDateTime(), nullable=False),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.CheckConstraint("channel in ('email','sms')", name=op.f('ck_stand_interest_channel_known')),
    sa.CheckConstraint("purpose in ('work','join','plot','other')", name=op.f('ck_stand_interest_purpose_known')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_stand_interest_participation_id_participation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_interest')),
    sa.UniqueConstraint('selector', name=op.f('uq_stand_interest_selector'))
    )
    with op.batch_alter_table('stand_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stand_interest_contact_hash'), ['contact_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_stand_interest_participation_id'), ['participation_id'], unique=False)
    op.create_table('stand_answer',
    sa.Column('interest_id', BigId, nullable=False),
    sa.Column('text_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('answered_at_utc', UtcDateTime(), nullable=False),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['interest_id'], ['stand_interest.id'], name=op.f('fk_stand_answer_interest_id_stand_interest'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_answer'))
    )
    with op.batch_alter_table('stand_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stand_answer_interest_id'), ['interest_id'], unique=False)
