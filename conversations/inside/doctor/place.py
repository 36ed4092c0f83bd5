"""The folder and the disk: is there room, and can nobody else look in?"""

import os
import shutil
import stat
from pathlib import Path

from conversations.api.health import LEAST_FREE_BYTES
from conversations.config import Config
from conversations.inside.doctor.finding import Findings, ok, problem, warning

MIB = 1024 * 1024
LITTLE_FREE_BYTES = 1024 * MIB
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(config: Config) -> Findings:
    folder = config.instance
    if not folder.is_dir():
        yield ok(f"{folder} is not there; it is made when something has to be kept.")
        return
    yield from room(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield problem(
            f"{folder} cannot be written.",
            f"Run as its owner, or: chown -R USER {folder}",
        )
    yield from privacy(folder)


def room(folder: Path) -> Findings:
    free = shutil.disk_usage(folder).free
    words = f"{free // MIB:,} MiB are free where {folder} is."
    if free < LEAST_FREE_BYTES:
        yield problem(words, "Free some now: without room no text can be stored.")
    elif free < LITTLE_FREE_BYTES:
        yield warning(words, "Free some soon.")
    else:
        yield ok(words)


def privacy(folder: Path) -> Findings:
    """What is in there are secrets and conversations."""
    open_files = [path for path in kept_in(folder) if path.stat().st_mode & OTHERS]
    for path in open_files:
        mode = "700" if path.is_dir() else "600"
        words = f"Others on this machine may look into {path}."
        # In a folder that is closed itself nobody gets as far as the file.
        closed = path.parent == folder and folder not in open_files
        if not closed:
            yield warning(words, f"chmod {mode} {path}")
    if folder not in open_files:
        yield ok(f"{folder} is for its owner's eyes only.")


def kept_in(folder: Path) -> list[Path]:
    return [folder, *sorted(path for path in folder.iterdir() if path.is_file())]
