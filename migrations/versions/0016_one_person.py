"""customers with several numbers are one person"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('customer_merge',
    sa.Column('id', Id, nullable=False),
    sa.Column('kept_id', Id, nullable=False),
    sa.Column('joined_id', Id, nullable=False),
    sa.Column('kept_name', sa.String(), nullable=True),
    sa.Column('joined_name', sa.String(), nullable=True),
    sa.Column('joined_time_zone', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['joined_id'], ['customer.id'], name=op.f('fk_customer_merge_joined_id_customer')),
    sa.ForeignKeyConstraint(['kept_id'], ['customer.id'], name=op.f('fk_customer_merge_kept_id_customer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_merge'))
    )
    op.create_index(op.f('ix_customer_merge_joined_id'), 'customer_merge', ['joined_id'])
    op.add_column('customer', sa.Column('merged_into_id', Id, nullable=True))
    op.create_index(op.f('ix_customer_merged_into_id'), 'customer', ['merged_into_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_customer_merged_into_id'), 'customer')
    op.drop_column('customer', 'merged_into_id')
    op.drop_table('customer_merge')
