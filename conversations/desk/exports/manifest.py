"""What an export is of, with the hashes of its files, sealed by this installation."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

FORMAT, VERSION = "parley-export", 1
NAME = "manifest.json"
SEAL = "seal"


@dataclass(frozen=True)
class FileFacts:
    """`chain` is the hash of the last row; empty where rows carry none."""

    name: str
    sha256: str
    bytes: int
    rows: int
    chain: str = ""


@dataclass(frozen=True)
class Circumstances:
    """Who took what away, when, and in which zone; `what` are ids and words of ours."""

    made_at: datetime
    agent_id: int
    agent: str
    zone: str
    numbers: str
    parley: str
    what: Mapping[str, Any]


def manifest(around: Circumstances, files: list[FileFacts], secret: str) -> bytes:
    """The manifest as it is written."""
    said = {
        "format": FORMAT,
        "version": VERSION,
        "parley": around.parley,
        "made_at": around.made_at.isoformat(timespec="seconds"),
        "made_by": {"id": around.agent_id, "name": around.agent},
        "time_zone": around.zone,
        "numbers": around.numbers,
        "what": dict(around.what),
        "files": [asdict(file) for file in files],
    }
    whole = said | {SEAL: seal(said, secret)}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def seal(said: Mapping[str, Any], secret: str) -> str:
    """What only who knows this installation's secret can write under a manifest."""
    bare = {name: value for name, value in said.items() if name != SEAL}
    canonical = json.dumps(bare, ensure_ascii=False, sort_keys=True)
    key = sha256(b"parley export seal" + secret.encode()).digest()
    return hmac.new(key, canonical.encode(), sha256).hexdigest()


def sealed_here(said: Mapping[str, Any], secret: str) -> bool:
    return hmac.compare_digest(str(said.get(SEAL, "")), seal(said, secret))
