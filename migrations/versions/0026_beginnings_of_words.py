"""a word begun with four letters is found as quickly as one begun with three"""

from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    index_anew('2 3 4')


def downgrade() -> None:
    index_anew('2 3')


def index_anew(prefix: str) -> None:
    """An empty index: without its mark, the indexer starts over, in the background."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_words')
        op.execute('CREATE VIRTUAL TABLE search_words USING fts5'
                   f"(words, tokenize='ascii', prefix='{prefix}')")
        op.execute('DELETE FROM search_mark')
