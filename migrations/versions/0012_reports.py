"""reports: texts counted by quarters of an hour, and how long customers waited"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tally',
    sa.Column('id', Id, nullable=False),
    sa.Column('quarter', Id, nullable=False),
    sa.Column('line_id', Id, nullable=False),
    sa.Column('team_id', Id, nullable=False),
    sa.Column('author_id', Id, nullable=False),
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('texts', Id, nullable=False),
    sa.Column('segments', Id, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tally'))
    )
    op.create_index(op.f('ix_tally_quarter'), 'tally', ['quarter'])
    op.create_table('recount',
    sa.Column('id', Id, nullable=False),
    sa.Column('quarter', Id, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recount'))
    )
    op.create_table('wait',
    sa.Column('message_id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('line_id', Id, nullable=False),
    sa.Column('team_id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seconds', Id, nullable=False),
    sa.Column('first', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_wait_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_wait_message_id_message')),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_wait'))
    )
    op.create_index(op.f('ix_wait_conversation_id'), 'wait', ['conversation_id'])
    op.create_index(op.f('ix_wait_ended_at'), 'wait', ['ended_at'])
    op.create_index('ix_message_created', 'message', ['created_at'])


def downgrade() -> None:
    op.drop_index('ix_message_created', table_name='message')
    op.drop_table('wait')
    op.drop_table('recount')
    op.drop_table('tally')
