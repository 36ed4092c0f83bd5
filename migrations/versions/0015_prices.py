"""lines have prices, and messages what they cost"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('line', sa.Column('prices', sa.String(), server_default='', nullable=False))
    op.add_column('message', sa.Column('cost_micros', Id, nullable=True))
    op.add_column('message', sa.Column('cost_currency', sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column('message', 'cost_currency')
    op.drop_column('message', 'cost_micros')
    op.drop_column('line', 'prices')
