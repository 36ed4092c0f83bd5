"""The practice Kaleyra itself: an HTTP server that starts, stops and starts again."""

import threading
from dataclasses import dataclass
from typing import Self

from flask import Flask
from requests import Response
from werkzeug.serving import BaseWSGIServer, make_server

from .callbacks import customer as writing
from .connections import Connection
from .faults import Fault
from .line import NAME, Called, PracticeLine, Received
from .phone import guard, pages, scripting, wording
from .sends import api
from .texts import Text

POLL_SECONDS = 0.02
LARGEST_REQUEST = 1_000_000


@dataclass(eq=False)
class PracticeKaleyra(PracticeLine):
    """A practice line that is served over HTTP, and reaches no phone but its own page.

    After `stop` nothing listens; `start` comes back on the same port with all it knew.
    """

    port: int = 0
    host: str = "127.0.0.1"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._server: BaseWSGIServer | None = None
        self._thread = threading.Thread()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def requests(self) -> list[Received]:
        """Every request to the API, oldest first."""
        return list(self.received)

    @property
    def texts(self) -> list[Text]:
        """Every text Kaleyra took from Parley, oldest first."""
        return [text for text in self.book.all() if not text.inbound]

    @property
    def callbacks(self) -> list[Called]:
        """Every report that was posted, oldest first."""
        return list(self.called)

    def script(self, *faults: Fault) -> None:
        """Let the next texts go wrong, one each."""
        self.scripted.add(*faults)

    def customer_texts(
        self,
        customer: str,
        line: str,
        body: str,
        *,
        form: str = "json",
        provider_id: str | None = None,
        **said: str,
    ) -> Response:
        """Let a customer write, now, and return what Parley answered.

        With the `provider_id` of an earlier text it is that text once more. Whatever is
        `said` takes the place of what Kaleyra would have put into a variable.
        """
        text = writing.new_text(customer, line, body, provider_id)
        return writing.deliver(self, self.book.add(text), form, **said)

    def start(self) -> Self:
        self.stopping.clear()
        self._server = make_server(
            self.host,
            self.port,
            create_app(self),
            threaded=True,
            request_handler=Connection,
        )
        self.port = self._server.port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True
        )
        self._thread.start()
        self.later.start()
        writing.resume(self)
        return self

    def stop(self) -> None:
        """Stop at once, whoever still waits for an answer."""
        self.stopping.set()
        self.later.stop()
        if self._server:
            self._server.shutdown()
            self._thread.join()
            self._server = None
        self.http.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def create_app(line: PracticeKaleyra) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.extensions[NAME] = line
    app.json.sort_keys = False  # type: ignore[attr-defined]
    guard.init_app(app, line.host)
    wording.init_app(app)
    for door in (api, pages, scripting):
        app.register_blueprint(door.bp)
    return app
