"""What these figures were measured on."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version

SHOWN = ("flask", "granian", "sqlalchemy", "psycopg", "requests")


def facts(databases: Iterable[str]) -> str:
    """The machine and the versions, as a Markdown list."""
    lines = [
        f"measured {datetime.now(UTC):%Y-%m-%d}",
        f"{os.cpu_count()} cores, {memory_gb():.0f} GB, {platform.system()}; "
        "client, server and database share them",
        f"Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in SHOWN),
        *databases,
    ]
    return "\n".join(f"- {line}" for line in lines)


def memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
