"""imports go on where they were; what was brought in is known by its id; zones merged"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

IMPORTED = sa.text("arrival_key >= 'imported'")


def upgrade() -> None:
    with op.batch_alter_table('customer_import') as table:
        table.add_column(sa.Column('maker', sa.String(), nullable=True))
        table.add_column(sa.Column('staged_rows', Id, server_default='0', nullable=False))
        table.add_column(sa.Column('staged_sha256', sa.String(), nullable=True))
        table.add_column(sa.Column('stored_rows', Id, server_default='0', nullable=False))
        table.add_column(sa.Column('skipped', Id, server_default='0', nullable=False))
    with op.batch_alter_table('customer_merge') as table:
        table.add_column(sa.Column('kept_time_zone', sa.String(), nullable=True))
    op.execute("UPDATE customer_merge SET kept_time_zone = (SELECT time_zone FROM customer WHERE customer.id = kept_id)")
    op.create_index('ix_message_imported', 'message', ['id'], sqlite_where=IMPORTED, postgresql_where=IMPORTED)


def downgrade() -> None:
    with op.batch_alter_table('customer_import') as table:
        for name in ('maker', 'staged_rows', 'staged_sha256', 'stored_rows', 'skipped'):
            table.drop_column(name)
    with op.batch_alter_table('customer_merge') as table:
        table.drop_column('kept_time_zone')
    op.drop_index('ix_message_imported', table_name='message')
