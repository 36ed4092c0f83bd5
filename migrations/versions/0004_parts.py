"""texts that came twice, and in parts"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('message', sa.Column('repeat_of_id', Id, nullable=True))
    op.create_table('message_part',
    sa.Column('message_id', Id, nullable=False),
    sa.Column('position', Id, nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('callback_id', Id, nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_part_message_id_message')),
    sa.PrimaryKeyConstraint('message_id', 'position', name=op.f('pk_message_part'))
    )
    op.create_table('recent_text',
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('message_id', Id, nullable=False),
    sa.Column('heard_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_recent_text_conversation_id_conversation')),
    sa.PrimaryKeyConstraint('conversation_id', 'digest', name=op.f('pk_recent_text'))
    )
    op.create_index(op.f('ix_recent_text_heard_at'), 'recent_text', ['heard_at'])


def downgrade() -> None:
    op.drop_table('recent_text')
    op.drop_table('message_part')
    op.drop_column('message', 'repeat_of_id')
