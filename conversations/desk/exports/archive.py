"""A zip that is written as it is read: nothing of it is ever held at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from conversations.desk.exports.manifest import NAME, FileFacts
from conversations.desk.exports.records import Chain

PIECE = 64 * 1024
READABLE_BY_OWNER = 0o600 << 16
QUICK = 1


@dataclass(frozen=True)
class Member:
    """A file to be: its name, and its pieces, whose rows the chain counts.

    Where it is not `chained`, its rows have no hashes, or other ones.
    """

    name: str
    pieces: Iterator[str]
    chain: Chain
    chained: bool = True


class Pipe(RawIOBase):
    """What is written into it can be taken out, once."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def archive(
    members: Iterator[Member],
    at: datetime,
    manifest: Callable[[list[FileFacts]], bytes],
) -> Iterator[bytes]:
    """The zip's pieces; the manifest is made when all other files are known."""
    pipe, facts = Pipe(), list[FileFacts]()
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=QUICK) as zipped:
        for member in members:
            yield from poured(member, at, zipped, pipe, facts)
        zipped.writestr(entry(NAME, at), manifest(facts))
    yield pipe.take()


def poured(
    member: Member, at: datetime, zipped: ZipFile, pipe: Pipe, facts: list[FileFacts]
) -> Iterator[bytes]:
    digest, size = sha256(), 0
    with zipped.open(entry(member.name, at), "w", force_zip64=True) as file:
        for piece in member.pieces:
            content = piece.encode()
            digest.update(content)
            size += len(content)
            file.write(content)
            if len(pipe.waiting) >= PIECE:
                yield pipe.take()
    chain = member.chain
    head = chain.head if member.chained else ""
    facts.append(FileFacts(member.name, digest.hexdigest(), size, chain.rows, head))


def entry(name: str, at: datetime) -> ZipInfo:
    info = ZipInfo(name, at.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = READABLE_BY_OWNER
    return info
