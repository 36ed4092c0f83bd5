"""a line that was asked for less goes slower for a while"""

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('line', sa.Column('slowed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('line', sa.Column('slowed_from', sa.Double(), nullable=True))
    op.add_column('line', sa.Column('slowed_to', sa.Double(), nullable=True))


def downgrade() -> None:
    for name in ('slowed_to', 'slowed_from', 'slowed_at'):
        op.drop_column('line', name)
