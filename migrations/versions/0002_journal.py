"""the journal: corrections, who was turned away, lines that went quiet"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('callback', sa.Column('correction', sa.String(), nullable=True))
    op.add_column('callback', sa.Column('corrected_by', sa.String(), nullable=True))
    op.add_column('callback', sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('line', sa.Column('quiet_since', sa.DateTime(timezone=True), nullable=True))
    op.create_table('turned_away',
    sa.Column('id', Id, nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('hint', sa.String(), nullable=False),
    sa.Column('times', Id, nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turned_away')),
    sa.UniqueConstraint('hour', 'address', 'source', 'place', 'hint', name='uq_turned_away')
    )
    op.create_table('hearing',
    sa.Column('line_id', Id, nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('texts', Id, nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_hearing_line_id_line')),
    sa.PrimaryKeyConstraint('line_id', 'hour', name=op.f('pk_hearing'))
    )
    op.create_table('walk',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('reached', Id, nullable=False),
    sa.Column('newest', Id, nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_walk'))
    )


def downgrade() -> None:
    op.drop_table('walk')
    op.drop_table('hearing')
    op.drop_table('turned_away')
    op.drop_column('line', 'quiet_since')
    op.drop_column('callback', 'corrected_at')
    op.drop_column('callback', 'corrected_by')
    op.drop_column('callback', 'correction')
