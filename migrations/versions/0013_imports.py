"""imports: files of customers, and how far each is"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('customer_import',
    sa.Column('id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('encoding', sa.String(), nullable=False),
    sa.Column('separator', sa.String(), nullable=False),
    sa.Column('choices', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('total', Id, nullable=False),
    sa.Column('done', Id, nullable=False),
    sa.Column('added', Id, nullable=False),
    sa.Column('changed', Id, nullable=False),
    sa.Column('unchanged', Id, nullable=False),
    sa.Column('rejected', Id, nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_customer_import_agent_id_agent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_import'))
    )


def downgrade() -> None:
    op.drop_table('customer_import')
