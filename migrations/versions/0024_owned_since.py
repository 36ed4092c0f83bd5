"""since when a conversation has its owner, to give back what they leave unanswered"""

from alembic import op
import sqlalchemy as sa


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversation', sa.Column('owned_since', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('conversation', 'owned_since')
