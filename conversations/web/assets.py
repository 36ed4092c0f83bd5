"""Static files, cacheable for ever: their address carries the hash of them all.

The hash is part of the path, so that a module's relative imports carry it too. The
stylesheets, one per component, go out as one; the modules are announced in the head, so
that a browser fetches them all at once.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, send_from_directory
from markupsafe import Markup

FOR_EVER_SECONDS = 31_536_000
VERSION_LENGTH = 10

# In the order in which they count: what comes later may refine what came before.
SHEETS = (
    "tokens",
    "base",
    "controls",
    "marks",
    "shell",
    "notices",
    "desk",
    "inbox",
    "sieve",
    "row",
    "presence",
    "together",
    "menu",
    "keys",
    "state",
    "thread",
    "jump",
    "message",
    "trouble",
    "composer",
    "owner",
    "writing",
    "later",
    "panel",
    "sheet",
    "found",
    "sheets",
    "journal",
    "lines",
    "agents",
    "setup",
    "reports",
    "plots",
    "review",
    "door",
)

bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Assets:
    """The static files as they were when the app was made."""

    folder: Path
    version: str
    css: str
    modules: tuple[str, ...]

    def address(self, filename: str) -> str:
        """Where to find it; built by hand, because a page names very many."""
        return f"/static/v/{self.version}/{filename}"


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder or "")
    css = "\n".join((folder / f"css/{name}.css").read_text() for name in SHEETS)
    modules = tuple(f"js/{path.name}" for path in sorted(folder.glob("js/*.js")))
    app.extensions["assets"] = Assets(folder, version(folder), css, modules)
    app.register_blueprint(bp)


def version(folder: Path) -> str:
    """A hash that changes with any file in `folder`."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:VERSION_LENGTH]


def of(app: Flask) -> Assets:
    return cast("Assets", app.extensions["assets"])


def assets() -> Assets:
    return of(current_app)


def text(filename: str) -> str:
    """What stands in a static file, for what must do without addresses."""
    return (assets().folder / filename).read_text(encoding="utf-8")


def link(filename: str) -> Markup:
    """A stylesheet that only one page uses."""
    here = assets().address(filename)
    return Markup('<link rel="stylesheet" href="{}">').format(here)


@bp.get("/static/v/<version>/parley.css")
def sheet(version: str) -> Response:
    return kept(Response(assets().css, mimetype="text/css"), version)


@bp.get("/static/v/<version>/<path:filename>")
def file(version: str, filename: str) -> Response:
    return kept(send_from_directory(assets().folder, filename), version)


def kept(response: Response, version: str) -> Response:
    """A page from before an update gets today's file, but must not keep it."""
    if version == assets().version:
        response.cache_control.max_age = FOR_EVER_SECONDS
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.no_cache = None
    else:
        response.cache_control.no_cache = True
    return response
