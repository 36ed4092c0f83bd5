"""an export may be of what a search finds, or of the whole conversations it is in"""

from alembic import op
import sqlalchemy as sa


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('export') as table:
        table.add_column(sa.Column('search', sa.String(), server_default='', nullable=False))
        table.add_column(sa.Column('whole', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('export') as table:
        table.drop_column('whole')
        table.drop_column('search')
