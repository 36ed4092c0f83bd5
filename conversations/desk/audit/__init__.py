"""The audit trail: noting acts, sealing them into a chain, and looking for them."""

from conversations.desk.audit.noting import Act, note, note_apart, note_seen

__all__ = ["Act", "note", "note_apart", "note_seen"]
