"""who was erased and had opted out is not to be texted, whoever finds the number again"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stopped',
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('line_id', Id, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_stopped_line_id_line')),
    sa.PrimaryKeyConstraint('mark', 'line_id', name=op.f('pk_stopped'))
    )


def downgrade() -> None:
    op.drop_table('stopped')
