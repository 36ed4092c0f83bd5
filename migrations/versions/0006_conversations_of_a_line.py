"""The latest conversations of a line, found without sorting all it ever had."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAME = "ix_conversation_line"
COLUMNS = ["line_id", "last_message_id", "team_id", "assignee_id"]


def upgrade() -> None:
    op.create_index(NAME, "conversation", COLUMNS)


def downgrade() -> None:
    op.drop_index(NAME, "conversation")
