"""the audit trail: who saw and did what, chained by hashes"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

# A row may get its place in the chain, once; nothing else of it ever changes.
SQLITE = (
    """
    CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
    WHEN OLD.place IS NOT NULL OR OLD.id IS NOT NEW.id OR OLD.at IS NOT NEW.at
      OR OLD.agent_id IS NOT NEW.agent_id OR OLD.agent IS NOT NEW.agent
      OR OLD.act IS NOT NEW.act OR OLD.kind IS NOT NEW.kind
      OR OLD.subject_id IS NOT NEW.subject_id OR OLD.detail IS NOT NEW.detail
      OR OLD.once IS NOT NEW.once
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END
    """,
    """
    CREATE TRIGGER audit_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never deleted'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_unchanged() RETURNS trigger AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF OLD.place IS NULL AND (OLD.id, OLD.at, OLD.agent_id, OLD.agent, OLD.act,
             OLD.kind, OLD.subject_id, OLD.detail, OLD.once) IS NOT DISTINCT FROM
           (NEW.id, NEW.at, NEW.agent_id, NEW.agent, NEW.act,
             NEW.kind, NEW.subject_id, NEW.detail, NEW.once) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit trail is never changed';
      END IF;
      RAISE EXCEPTION 'the audit trail is never deleted';
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER audit_unchanged BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_unchanged()
    """,
    """
    CREATE TRIGGER audit_kept BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_unchanged()
    """,
)


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('id', Id, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agent_id', Id, nullable=True),
    sa.Column('agent', sa.String(), nullable=True),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=True),
    sa.Column('subject_id', Id, nullable=True),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('once', sa.String(), nullable=True),
    sa.Column('place', Id, nullable=True),
    sa.Column('previous', sa.String(), nullable=True),
    sa.Column('hash', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('once', name=op.f('uq_audit_once')),
    sa.UniqueConstraint('place', name=op.f('uq_audit_place'))
    )
    op.create_index('ix_audit_agent', 'audit', ['agent_id', 'id'])
    op.create_index('ix_audit_act', 'audit', ['act', 'id'])
    op.create_index('ix_audit_subject', 'audit', ['kind', 'subject_id', 'id'])
    unsealed = sa.text('place IS NULL')
    op.create_index('ix_audit_unsealed', 'audit', ['id'], sqlite_where=unsealed, postgresql_where=unsealed)
    sqlite = op.get_bind().dialect.name == 'sqlite'
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('audit')
    if op.get_bind().dialect.name != 'sqlite':
        op.execute('DROP FUNCTION audit_unchanged()')
