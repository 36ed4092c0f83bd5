"""teams of an invitation"""

from alembic import op
import sqlalchemy as sa


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('invitation', sa.Column('teams', sa.String(), server_default='[]', nullable=False))


def downgrade() -> None:
    op.drop_column('invitation', 'teams')
