"""the first tables"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agent',
    sa.Column('id', Id, nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('time_zone', sa.String(), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agent')),
    sa.UniqueConstraint('email', name=op.f('uq_agent_email'))
    )
    op.create_table('allowance',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('left', sa.Double(), nullable=False),
    sa.Column('counted_at', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_allowance'))
    )
    op.create_table('api_token',
    sa.Column('id', Id, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('token_sha256', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_api_token_token_sha256'))
    )
    op.create_table('callback',
    sa.Column('id', Id, nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('content_type', sa.String(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('message_id', Id, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_callback'))
    )
    with op.batch_alter_table('callback', schema=None) as batch_op:
        batch_op.create_index('ix_callback_odd', ['id'], unique=False, sqlite_where=sa.text("outcome IN ('odd', 'unreadable')"), postgresql_where=sa.text("outcome IN ('odd', 'unreadable')"))
        batch_op.create_index('ix_callback_unread', ['id'], unique=False, sqlite_where=sa.text("outcome = 'new'"), postgresql_where=sa.text("outcome = 'new'"))

    op.create_table('change',
    sa.Column('id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('message_id', Id, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change')),
    sqlite_autoincrement=True
    )
    op.create_table('customer',
    sa.Column('id', Id, nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('digits', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('name_key', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer')),
    sa.UniqueConstraint('address', name=op.f('uq_customer_address'))
    )
    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_digits'), ['digits'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_name_key'), ['name_key'], unique=False)

    op.create_table('heartbeat',
    sa.Column('worker', sa.String(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('worker', name=op.f('pk_heartbeat'))
    )
    op.create_table('line',
    sa.Column('id', Id, nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('sender', sa.String(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pause_reason', sa.String(), nullable=True),
    sa.Column('rate', sa.Double(), nullable=True),
    sa.Column('counted_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('calls', Id, nullable=False),
    sa.Column('troubles', Id, nullable=False),
    sa.Column('hold_seconds', Id, nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hold_reason', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line')),
    sa.UniqueConstraint('address', name=op.f('uq_line_address'))
    )
    op.create_table('conversation',
    sa.Column('id', Id, nullable=False),
    sa.Column('line_id', Id, nullable=False),
    sa.Column('customer_id', Id, nullable=False),
    sa.Column('last_message_id', Id, nullable=True),
    sa.Column('last_message_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_inbound_id', Id, nullable=True),
    sa.Column('last_outbound_id', Id, nullable=True),
    sa.Column('last_outbound_status', sa.String(), nullable=True),
    sa.Column('preview', sa.String(), nullable=False),
    sa.Column('last_author', sa.String(), nullable=True),
    sa.Column('opted_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_conversation_customer_id_customer')),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_conversation_line_id_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    sa.UniqueConstraint('line_id', 'customer_id', name=op.f('uq_conversation_line_id_customer_id'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_last_message_id'), ['last_message_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('token_sha256', sa.String(), nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_sign_in_agent_id_agent')),
    sa.PrimaryKeyConstraint('token_sha256', name=op.f('pk_sign_in'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_agent_id'), ['agent_id'], unique=False)

    op.create_table('message',
    sa.Column('id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('segments', Id, nullable=False),
    sa.Column('encoding', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('author_id', Id, nullable=True),
    sa.Column('author', sa.String(), nullable=True),
    sa.Column('retry_of_id', Id, nullable=True),
    sa.Column('consent', sa.String(), nullable=True),
    sa.Column('arrival_key', sa.String(), nullable=True),
    sa.Column('submission_key', sa.String(), nullable=True),
    sa.Column('reference', sa.String(), nullable=True),
    sa.Column('provider_id', sa.String(), nullable=True),
    sa.Column('batch_id', sa.String(), nullable=True),
    sa.Column('provider_time', sa.String(), nullable=True),
    sa.Column('ref1', sa.String(), nullable=True),
    sa.Column('ref2', sa.String(), nullable=True),
    sa.Column('template_id', sa.String(), nullable=True),
    sa.Column('priority', Id, server_default='0', nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', Id, nullable=False),
    sa.Column('claimed_by', sa.String(), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure_code', sa.String(), nullable=True),
    sa.Column('failure_text', sa.String(), nullable=True),
    sa.Column('ask_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asks', Id, server_default='0', nullable=False),
    sa.Column('settled_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['agent.id'], name=op.f('fk_message_author_id_agent')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_conversation_id_conversation')),
    sa.ForeignKeyConstraint(['retry_of_id'], ['message.id'], name=op.f('fk_message_retry_of_id_message')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('arrival_key', name=op.f('uq_message_arrival_key')),
    sa.UniqueConstraint('reference', name=op.f('uq_message_reference')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_message_submission_key'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_ask', ['ask_at'], unique=False, sqlite_where=sa.text('ask_at IS NOT NULL'), postgresql_where=sa.text('ask_at IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_message_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index('ix_message_due', ['status', 'priority', 'due_at', 'id'], unique=False, sqlite_where=sa.text("status IN ('queued', 'sending')"), postgresql_where=sa.text("status IN ('queued', 'sending')"))
        batch_op.create_index(batch_op.f('ix_message_provider_id'), ['provider_id'], unique=False)
        batch_op.create_index('ix_message_thread', ['conversation_id', 'id'], unique=False)
        batch_op.create_index('ix_message_waiting', ['conversation_id', 'id'], unique=False, sqlite_where=sa.text("status IN ('queued', 'sending')"), postgresql_where=sa.text("status IN ('queued', 'sending')"))

    op.create_table('read_mark',
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('message_id', Id, nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_read_mark_agent_id_agent')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_read_mark_conversation_id_conversation')),
    sa.PrimaryKeyConstraint('agent_id', 'conversation_id', name=op.f('pk_read_mark'))
    )
    op.create_table('delivery_report',
    sa.Column('id', Id, nullable=False),
    sa.Column('message_id', Id, nullable=True),
    sa.Column('callback_id', Id, nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('provider_id', sa.String(), nullable=False),
    sa.Column('batch_id', sa.String(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=True),
    sa.Column('raw_status', sa.String(), nullable=False),
    sa.Column('trace', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('provider_time', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_delivery_report_message_id_message')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_report'))
    )
    with op.batch_alter_table('delivery_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delivery_report_message_id'), ['message_id'], unique=False)
        batch_op.create_index('ix_delivery_report_parked', ['batch_id'], unique=False, sqlite_where=sa.text('message_id IS NULL'), postgresql_where=sa.text('message_id IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('delivery_report', schema=None) as batch_op:
        batch_op.drop_index('ix_delivery_report_parked', sqlite_where=sa.text('message_id IS NULL'), postgresql_where=sa.text('message_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_delivery_report_message_id'))

    op.drop_table('delivery_report')
    op.drop_table('read_mark')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_waiting', sqlite_where=sa.text("status IN ('queued', 'sending')"), postgresql_where=sa.text("status IN ('queued', 'sending')"))
        batch_op.drop_index('ix_message_thread')
        batch_op.drop_index(batch_op.f('ix_message_provider_id'))
        batch_op.drop_index('ix_message_due', sqlite_where=sa.text("status IN ('queued', 'sending')"), postgresql_where=sa.text("status IN ('queued', 'sending')"))
        batch_op.drop_index(batch_op.f('ix_message_batch_id'))
        batch_op.drop_index('ix_message_ask', sqlite_where=sa.text('ask_at IS NOT NULL'), postgresql_where=sa.text('ask_at IS NOT NULL'))

    op.drop_table('message')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_agent_id'))

    op.drop_table('sign_in')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conversation_last_message_id'))
        batch_op.drop_index(batch_op.f('ix_conversation_customer_id'))

    op.drop_table('conversation')
    op.drop_table('line')
    op.drop_table('heartbeat')
    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_customer_name_key'))
        batch_op.drop_index(batch_op.f('ix_customer_digits'))

    op.drop_table('customer')
    op.drop_table('change')
    with op.batch_alter_table('callback', schema=None) as batch_op:
        batch_op.drop_index('ix_callback_unread', sqlite_where=sa.text("outcome = 'new'"), postgresql_where=sa.text("outcome = 'new'"))
        batch_op.drop_index('ix_callback_odd', sqlite_where=sa.text("outcome IN ('odd', 'unreadable')"), postgresql_where=sa.text("outcome IN ('odd', 'unreadable')"))

    op.drop_table('callback')
    op.drop_table('api_token')
    op.drop_table('allowance')
    op.drop_table('agent')
