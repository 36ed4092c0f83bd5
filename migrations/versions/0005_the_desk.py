"""the desk"""

from datetime import UTC, datetime, timedelta

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('setting',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_setting'))
    )
    op.create_table('tag',
    sa.Column('id', Id, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
    sa.UniqueConstraint('name', name=op.f('uq_tag_name'))
    )
    op.create_table('team',
    sa.Column('id', Id, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('name', name=op.f('uq_team_name'))
    )
    op.create_table('invitation',
    sa.Column('token_sha256', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('invited_by_id', Id, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['invited_by_id'], ['agent.id'], name=op.f('fk_invitation_invited_by_id_agent')),
    sa.PrimaryKeyConstraint('token_sha256', name=op.f('pk_invitation'))
    )
    op.create_table('saved_reply',
    sa.Column('id', Id, nullable=False),
    sa.Column('shortcut', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('author_id', Id, nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['agent.id'], name=op.f('fk_saved_reply_author_id_agent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_reply')),
    sa.UniqueConstraint('shortcut', name=op.f('uq_saved_reply_shortcut'))
    )
    op.create_table('saved_view',
    sa.Column('id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_saved_view_agent_id_agent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view'))
    )
    op.create_index(op.f('ix_saved_view_agent_id'), 'saved_view', ['agent_id'])
    op.create_table('team_member',
    sa.Column('team_id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_team_member_agent_id_agent')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_team_member_team_id_team')),
    sa.PrimaryKeyConstraint('team_id', 'agent_id', name=op.f('pk_team_member'))
    )
    op.create_index(op.f('ix_team_member_agent_id'), 'team_member', ['agent_id'])
    op.create_table('conversation_tag',
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('tag_id', Id, nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_tag_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_conversation_tag_tag_id_tag')),
    sa.PrimaryKeyConstraint('conversation_id', 'tag_id', name=op.f('pk_conversation_tag'))
    )
    op.create_index(op.f('ix_conversation_tag_tag_id'), 'conversation_tag', ['tag_id'])
    op.create_table('episode',
    sa.Column('id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_message_id', Id, nullable=True),
    sa.Column('last_message_id', Id, nullable=True),
    sa.Column('owner_id', Id, nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', Id, nullable=True),
    sa.Column('tags', sa.String(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['closed_by_id'], ['agent.id'], name=op.f('fk_episode_closed_by_id_agent')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_episode_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['owner_id'], ['agent.id'], name=op.f('fk_episode_owner_id_agent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_episode'))
    )
    op.create_index('ix_episode_conversation', 'episode', ['conversation_id', 'id'])
    op.create_table('presence',
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('typing', sa.Boolean(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_presence_agent_id_agent')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_presence_conversation_id_conversation')),
    sa.PrimaryKeyConstraint('conversation_id', 'agent_id', name=op.f('pk_presence'))
    )
    op.create_table('scheduled_text',
    sa.Column('id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_id', Id, nullable=False),
    sa.Column('key', sa.String(), nullable=True),
    sa.Column('fate', sa.String(), server_default='', nullable=False),
    sa.Column('message_id', Id, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_scheduled_text_agent_id_agent')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_scheduled_text_conversation_id_conversation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheduled_text')),
    sa.UniqueConstraint('key', name=op.f('uq_scheduled_text_key'))
    )
    op.create_index(op.f('ix_scheduled_text_conversation_id'), 'scheduled_text', ['conversation_id'])
    op.create_index('ix_scheduled_text_due', 'scheduled_text', ['due_at', 'id'],
        sqlite_where=sa.text("fate = ''"), postgresql_where=sa.text("fate = ''"))
    op.create_table('unsent_text',
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_unsent_text_agent_id_agent')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_unsent_text_conversation_id_conversation')),
    sa.PrimaryKeyConstraint('agent_id', 'conversation_id', 'mode', name=op.f('pk_unsent_text'))
    )
    op.create_table('mention',
    sa.Column('message_id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_mention_agent_id_agent')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_mention_message_id_message')),
    sa.PrimaryKeyConstraint('message_id', 'agent_id', name=op.f('pk_mention'))
    )
    op.create_index(op.f('ix_mention_agent_id'), 'mention', ['agent_id'])
    op.add_column('agent', sa.Column('away_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('agent', sa.Column('masked', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('agent', sa.Column('undo_seconds', Id, server_default='5', nullable=False))
    op.add_column('agent', sa.Column('preferences', sa.String(), server_default='{}', nullable=False))
    op.add_column('conversation', sa.Column('assignee_id', Id, nullable=True))
    op.add_column('conversation', sa.Column('team_id', Id, nullable=True))
    op.add_column('conversation', sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('follow_up_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('follow_up_note', sa.String(), nullable=True))
    op.add_column('conversation', sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('snoozed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('episode_id', Id, nullable=True))
    op.add_column('line', sa.Column('team_id', Id, nullable=True))
    upgrade_inbox()


LATEST = ['last_message_id', 'team_id', 'assignee_id']
INBOX = {
    'open': ('closed_at IS NULL AND snoozed_at IS NULL', LATEST),
    'owned': ('closed_at IS NULL AND snoozed_at IS NULL', ['assignee_id', 'last_message_id']),
    'wait': ('waiting_since IS NOT NULL AND closed_at IS NULL', ['waiting_since', 'id']),
    'closed': ('closed_at IS NOT NULL', ['last_message_id']),
    'snoozed': ('snoozed_at IS NOT NULL', ['snoozed_until']),
    'trouble': ("last_outbound_status IN ('failed', 'undelivered')", ['last_message_id']),
    'follow_up': ('follow_up_at IS NOT NULL', ['follow_up_at']),
}

# Where the customer had the last word, lately, they have waited since the first text
# after our last one. What is older is over: nobody wants a year of "Thanks!" to answer.
LATELY = timedelta(days=30)
WAIT = """
UPDATE conversation SET waiting_since = (
    SELECT message.created_at FROM message WHERE message.id = (
        SELECT min(first.id) FROM message AS first
        WHERE first.conversation_id = conversation.id AND first.direction = 'inbound'
        AND first.id > coalesce(conversation.last_outbound_id, 0)
    )
)
WHERE last_inbound_id > coalesce(last_outbound_id, 0) AND opted_out_at IS NULL
AND last_message_at > :lately
"""


def upgrade_inbox() -> None:
    # What an agent may see, told by the index that the inbox walks down.
    op.drop_index(op.f('ix_conversation_last_message_id'), 'conversation')
    op.create_index('ix_conversation_latest', 'conversation', LATEST)
    lately = sa.bindparam('lately', datetime.now(UTC) - LATELY, sa.DateTime(timezone=True))
    op.execute(sa.text(WAIT).bindparams(lately))
    for name, (where, columns) in INBOX.items():
        op.create_index(f'ix_conversation_{name}', 'conversation', columns,
            sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade_inbox() -> None:
    for name in INBOX:
        op.drop_index(f'ix_conversation_{name}', 'conversation')
    op.drop_index('ix_conversation_latest', 'conversation')
    op.create_index(op.f('ix_conversation_last_message_id'), 'conversation', ['last_message_id'])



def downgrade() -> None:
    downgrade_inbox()
    op.drop_column('line', 'team_id')
    op.drop_column('conversation', 'episode_id')
    op.drop_column('conversation', 'snoozed_until')
    op.drop_column('conversation', 'snoozed_at')
    op.drop_column('conversation', 'closed_at')
    op.drop_column('conversation', 'follow_up_note')
    op.drop_column('conversation', 'follow_up_at')
    op.drop_column('conversation', 'waiting_since')
    op.drop_column('conversation', 'team_id')
    op.drop_column('conversation', 'assignee_id')
    op.drop_column('agent', 'preferences')
    op.drop_column('agent', 'undo_seconds')
    op.drop_column('agent', 'masked')
    op.drop_column('agent', 'away_at')
    op.drop_table('mention')
    op.drop_table('unsent_text')
    op.drop_table('scheduled_text')
    op.drop_table('presence')
    op.drop_table('episode')
    op.drop_table('conversation_tag')
    op.drop_table('team_member')
    op.drop_table('saved_view')
    op.drop_table('saved_reply')
    op.drop_table('invitation')
    op.drop_table('team')
    op.drop_table('tag')
    op.drop_table('setting')
