"""What `make run` makes before serving: the secrets, once, in files only we read."""

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from conversations.config import instance_from

SECRET_BYTES = 32


def generate_secrets(env: MutableMapping[str, str]) -> None:
    """Make the secrets that serving needs and the environment does not have."""
    for name in ("SECRET_KEY", "HOOK_TOKEN"):
        if not (env.get(name) or env.get(f"{name}_FILE")):
            path = instance_from(env) / name.lower()
            kept_secret(path)
            env[f"{name}_FILE"] = str(path)


def kept_secret(path: Path, size: int = SECRET_BYTES) -> str:
    """The secret in this file; when there is none yet, a random one of `size` bytes."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(size))
    return path.read_text()
