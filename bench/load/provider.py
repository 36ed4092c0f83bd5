"""A Kaleyra that takes its time: every send is answered after 100 ms, as documented.

`python -m bench.load.provider` prints its port. `GET /arrivals` tells when each text
came, as [seconds since 1970, its body].
"""

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from bench.load import wire

ANSWER_SECONDS = 0.1


class Kaleyra:
    """What all connections share: the texts that came."""

    def __init__(self) -> None:
        self.arrivals: list[tuple[float, str]] = []

    def take(self, form: dict[str, str]) -> dict[str, Any]:
        """Note the text; the answer of "Send Your First SMS", 3. Response Format."""
        self.arrivals.append((time.time(), form["body"]))
        batch = str(uuid4())
        return {
            "id": batch,
            "sender": form["sender"],
            "type": "DEFAULT",
            "body": form["body"],
            "createdDateTime": "2026-11-22 10:00:00+00:00",
            "totalCount": 1,
            "data": [{"message_id": f"{batch}:1", "recipient": form["to"]}],
            "dlrurl": None,
            "error": {},
        }


class Connection(asyncio.Protocol):
    """One kept connection, one request at a time."""

    def __init__(self, kaleyra: Kaleyra) -> None:
        self.kaleyra = kaleyra
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        if wire.whole(self.heard):
            head, _, body = self.heard.partition(b"\r\n\r\n")
            self.heard = b""
            self.reply(head, body)

    def reply(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"GET /arrivals"):
            self.answer("200 OK", self.kaleyra.arrivals)
            return
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        answer = self.kaleyra.take(form)
        loop = asyncio.get_running_loop()
        loop.call_later(ANSWER_SECONDS, self.answer, "202 Accepted", answer)

    def answer(self, status: str, words: object) -> None:
        body = json.dumps(words).encode()
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)


async def main() -> None:
    kaleyra = Kaleyra()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(kaleyra), wire.HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
