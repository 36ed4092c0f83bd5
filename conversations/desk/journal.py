"""What an admin looks at in the journal: callbacks that say nothing plainly."""

from sqlalchemy import Select, select

from conversations.models import Callback
from conversations.models.callback import ODD

PAGE_SIZE = 50


def oddities() -> Select[Callback]:
    """Newest first, and one more than a page, to know whether older ones follow."""
    return select(Callback).where(ODD).order_by(Callback.id.desc()).limit(PAGE_SIZE + 1)


def before(callbacks: Select[Callback], callback_id: int) -> Select[Callback]:
    return callbacks.where(Callback.id < callback_id)
