"""What `make run` does before serving: secrets, tables, and the practice line.

Everything here can be repeated: what exists is kept.
"""

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from conversations.config import INSTANCE

SECRET_BYTES = 32


def generate_secrets(env: MutableMapping[str, str]) -> None:
    """Make the secrets that serving needs, once, in files only we can read."""
    for name in ("SECRET_KEY", "HOOK_TOKEN"):
        if not (env.get(name) or env.get(f"{name}_FILE")):
            env[f"{name}_FILE"] = str(kept_secret(name.lower()))


def kept_secret(name: str) -> Path:
    """A random secret in `instance/`, made when it is first asked for."""
    INSTANCE.mkdir(mode=0o700, exist_ok=True)
    path = INSTANCE / name
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES))
    return path
