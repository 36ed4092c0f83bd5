"""an agent's language"""

from alembic import op
import sqlalchemy as sa


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agent', sa.Column('language', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('agent', 'language')
