"""jumping: failed texts and notes are found in a thread of any length"""

from alembic import op
import sqlalchemy as sa


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

WHERE = {
    'ix_message_failed': "status IN ('failed', 'undelivered')",
    'ix_message_notes': "direction = 'note'",
}


def upgrade() -> None:
    for name, condition in WHERE.items():
        where = sa.text(condition)
        op.create_index(name, 'message', ['conversation_id', 'direction', 'id'], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in WHERE:
        op.drop_index(name, table_name='message')
