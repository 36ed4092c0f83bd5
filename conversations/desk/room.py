"""Files that can wait: is there room on the disk for them, and who finishes them."""

from pathlib import Path
from shutil import disk_usage
from time import time

# Texts need what is left.
ROOM_BYTES = 500_000_000
ABANDONED_SECONDS = 3_600


class NoRoom(Exception):
    """The disk is nearly full."""


def leave_room(folder: Path) -> None:
    """Raises `NoRoom`."""
    if disk_usage(folder).free < ROOM_BYTES:
        raise NoRoom


def abandoned(file: Path) -> bool:
    """Whether nobody wrote to it for so long that nobody will; False if it is gone."""
    try:
        return time() - file.stat().st_mtime > ABANDONED_SECONDS
    except FileNotFoundError:
        return False
