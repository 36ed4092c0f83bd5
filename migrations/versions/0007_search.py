"""searching all texts"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('search_mark',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('message_id', Id, nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_search_mark'))
    )
    # The words come ready made, in our letters and others: nothing is left to fold.
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE search_words USING fts5"
                   "(words, tokenize='ascii', prefix='2 3')")
    else:
        op.execute('CREATE TABLE search_words '
                   '(message_id bigint PRIMARY KEY, words tsvector NOT NULL)')
        op.execute('CREATE INDEX ix_search_words_words ON search_words USING gin (words)')


def downgrade() -> None:
    op.drop_table('search_words')
    op.drop_table('search_mark')
