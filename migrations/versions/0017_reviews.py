"""reviews: lists of conversations that supervisors look back on"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('review',
    sa.Column('id', Id, nullable=False),
    sa.Column('agent_id', Id, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('total', Id, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_review_agent_id_agent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    op.create_index(op.f('ix_review_agent_id'), 'review', ['agent_id'])
    op.create_table('review_item',
    sa.Column('review_id', Id, nullable=False),
    sa.Column('place', Id, nullable=False),
    sa.Column('conversation_id', Id, nullable=False),
    sa.Column('verdict', sa.String(), nullable=True),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('judged_by', sa.String(), nullable=True),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_item_review_id_review')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_review_item_conversation_id_conversation')),
    sa.PrimaryKeyConstraint('review_id', 'place', name=op.f('pk_review_item')),
    sa.UniqueConstraint('review_id', 'conversation_id', name=op.f('uq_review_item_review_id_conversation_id'))
    )
    op.create_index(op.f('ix_review_item_conversation_id'), 'review_item', ['conversation_id'])
    op.create_index('ix_episode_closed', 'episode', ['closed_at'])


def downgrade() -> None:
    op.drop_index('ix_episode_closed', table_name='episode')
    op.drop_table('review_item')
    op.drop_table('review')
    op.execute("UPDATE agent SET role = 'agent' WHERE role = 'supervisor'")
    op.execute("UPDATE invitation SET role = 'agent' WHERE role = 'supervisor'")
