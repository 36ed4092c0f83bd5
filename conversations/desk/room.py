"""Whether the disk has room for files that can wait: texts need what is left."""

from pathlib import Path
from shutil import disk_usage

ROOM_BYTES = 500_000_000


class NoRoom(Exception):
    """The disk is nearly full."""


def leave_room(folder: Path) -> None:
    """Raises `NoRoom`."""
    if disk_usage(folder).free < ROOM_BYTES:
        raise NoRoom
