"""customers have details and a time zone"""

from alembic import op
import sqlalchemy as sa


Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_field",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), server_default="", nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_field")),
        sa.UniqueConstraint("name", name=op.f("uq_customer_field_name")),
    )
    op.create_table(
        "customer_value",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("field_id", Id, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_value_customer_id_customer"),
        ),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["customer_field.id"],
            name=op.f("fk_customer_value_field_id_customer_field"),
        ),
        sa.PrimaryKeyConstraint(
            "customer_id", "field_id", name=op.f("pk_customer_value")
        ),
    )
    op.add_column("customer", sa.Column("time_zone", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("customer", "time_zone")
    op.drop_table("customer_value")
    op.drop_table("customer_field")
