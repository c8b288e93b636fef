"""partner organisations, and who speaks for them."""

import sqlalchemy as sa
from alembic import op
from outreach.database.types import BigId, UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table('partner_organisation',
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('number', sa.String(length=9), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('website', sa.String(length=400), nullable=False),
    sa.Column('logo', sa.LargeBinary(), nullable=True),
    sa.Column('logo_mark', sa.String(length=16), nullable=False),
    sa.Column('standing', sa.String(length=12), nullable=False),
    sa.Column('register_name', sa.String(length=200), nullable=False),
    sa.Column('register_asked_at_utc', UtcDateTime(), nullable=True),
    sa.Column('created_at_utc', UtcDateTime(), nullable=False),
    sa.Column('changed_at_utc', UtcDateTime(), nullable=False),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.CheckConstraint("kind in ('business','club','public','council','retailers')", name=op.f('ck_partner_organisation_kind_known')),
    sa.CheckConstraint("standing in ('','active','bankrupt','closing','gone','unknown')", name=op.f('ck_partner_organisation_standing_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_organisation')),
    sa.UniqueConstraint('number', name=op.f('uq_partner_organisation_number'))
    )
    op.create_table('partner_contact',
    sa.Column('organisation_id', BigId, nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('role_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('wording', sa.Integer(), nullable=False),
    sa.Column('agreed_at_utc', UtcDateTime(), nullable=True),
    sa.Column('no_at_utc', UtcDateTime(), nullable=True),
    sa.Column('created_at_utc', UtcDateTime(), nullable=False),
    sa.Column('id', BigId, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['partner_organisation.id'], name=op.f('fk_partner_contact_organisation_id_partner_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_contact'))
    )
    with op.batch_alter_table('partner_contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_contact_organisation_id'), ['organisation_id'], unique=False)
