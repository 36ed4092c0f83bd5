"""customers' names are kept without accents too, to be found by who types none"""

import sqlalchemy as sa
from alembic import op

from conversations.texting.letters import folded

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

AT_ONCE = 5_000
NAMES = sa.text('SELECT id, name, name_key FROM customer WHERE id > :after AND name IS NOT NULL ORDER BY id LIMIT :most')
KEY = sa.text('UPDATE customer SET name_key = :key WHERE id = :id')


def upgrade() -> None:
    write(folded)


def downgrade() -> None:
    write(str.casefold)


def write(fold) -> None:
    connection, after = op.get_bind(), 0
    while rows := connection.execute(NAMES, {'after': after, 'most': AT_ONCE}).all():
        after = rows[-1].id
        changed = [{'id': row.id, 'key': fold(row.name)} for row in rows if fold(row.name) != row.name_key]
        if changed:
            connection.execute(KEY, changed)
