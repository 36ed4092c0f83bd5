"""a part of a name or of a number is found without looking at every customer"""

from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

# SQLite keeps such an index by triggers; who makes `customer` anew makes these anew too.
INSERTED = 'INSERT INTO search_people (rowid, name_key, digits) VALUES (new.id, new.name_key, new.digits);'
DELETED = ("INSERT INTO search_people (search_people, rowid, name_key, digits) "
           "VALUES ('delete', old.id, old.name_key, old.digits);")
TRIGGERS = {
    'search_people_inserted': f'AFTER INSERT ON customer BEGIN {INSERTED} END',
    'search_people_deleted': f'AFTER DELETE ON customer BEGIN {DELETED} END',
    'search_people_updated': f'AFTER UPDATE OF name_key, digits ON customer BEGIN {DELETED} {INSERTED} END',
}

# Every two and every three letters that stand side by side; built in, so that no
# extension has to be allowed.
PIECES = """
    CREATE FUNCTION search_pieces(whole text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT substr(whole, place, size)), '{}')
        FROM generate_series(2, 3) size, generate_series(1, length(whole) - size + 1) place
    $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE search_people USING fts5"
                   "(name_key, digits, content='customer', content_rowid='id', tokenize='trigram')")
        op.execute("INSERT INTO search_people (search_people) VALUES ('rebuild')")
        for name, what in TRIGGERS.items():
            op.execute(f'CREATE TRIGGER {name} {what}')
    else:
        op.execute(PIECES)
        op.execute('CREATE INDEX search_people ON customer USING gin '
                   '(search_pieces(name_key), search_pieces(digits))')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for name in TRIGGERS:
            op.execute(f'DROP TRIGGER {name}')
        op.execute('DROP TABLE search_people')
    else:
        op.execute('DROP INDEX search_people')
        op.execute('DROP FUNCTION search_pieces')
