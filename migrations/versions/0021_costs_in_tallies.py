"""tallies say what texts cost; those of before are counted again in the background"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('tally') as table:
        table.add_column(sa.Column('currency', sa.String(), server_default='', nullable=False))
        table.add_column(sa.Column('micros', Id, server_default='0', nullable=False))
    op.execute("INSERT INTO recount (quarter) SELECT DISTINCT quarter FROM tally WHERE direction = 'outbound'")


def downgrade() -> None:
    # Two rows that differ in nothing but their currency are as good as one.
    with op.batch_alter_table('tally') as table:
        table.drop_column('micros')
        table.drop_column('currency')
