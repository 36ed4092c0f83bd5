"""lines: what happened to them, and texts that expire"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

# An agent who is there already has read what came before them, and no more than that.
READ_BEFORE = """
    UPDATE agent SET read_before = coalesce(
        (SELECT id FROM message WHERE message.created_at < agent.created_at
         ORDER BY id DESC LIMIT 1), 0)
"""
LAST_AUTHOR = """
    UPDATE conversation SET last_author_id =
        (SELECT author_id FROM message WHERE message.id = conversation.last_message_id)
"""
# What waits already gets the hour that it would have had. SQLite keeps times as texts,
# with microseconds.
EXPIRES_AT = """
    UPDATE message SET expires_at = {an_hour_later} WHERE status = 'queued'
"""
AN_HOUR_LATER = {
    'sqlite': "strftime('%Y-%m-%d %H:%M:%f', created_at, '+1 hour') || '000'",
    'postgresql': "created_at + interval '1 hour'",
}


def upgrade() -> None:
    op.create_table('line_event',
    sa.Column('id', Id, nullable=False),
    sa.Column('line_id', Id, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('who', sa.String(), nullable=True),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_line_event_line_id_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line_event'))
    )
    op.create_index('ix_line_event_line_id_id', 'line_event', ['line_id', 'id'])
    op.add_column('agent', sa.Column('read_before', Id, server_default='0', nullable=False))
    op.add_column('conversation', sa.Column('last_author_id', Id, nullable=True))
    op.add_column('message', sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True))
    an_hour_later = AN_HOUR_LATER[op.get_bind().dialect.name]
    for statement in (READ_BEFORE, LAST_AUTHOR, EXPIRES_AT.format(an_hour_later=an_hour_later)):
        op.execute(sa.text(statement.replace(':', r'\:')))


def downgrade() -> None:
    op.drop_column('message', 'expires_at')
    op.drop_column('conversation', 'last_author_id')
    op.drop_column('agent', 'read_before')
    op.drop_index('ix_line_event_line_id_id', table_name='line_event')
    op.drop_table('line_event')
