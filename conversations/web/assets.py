"""Static files, cacheable for ever: their address carries the hash of them all.

The hash is part of the path, so that a module's relative imports carry it too.
"""

from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory

FOR_EVER_SECONDS = 31_536_000
VERSION_LENGTH = 10

bp = Blueprint("assets", __name__)


def init_app(app: Flask) -> None:
    app.extensions["assets_version"] = version(Path(app.static_folder or ""))
    app.register_blueprint(bp)


def version(folder: Path) -> str:
    """A hash that changes with any file in `folder`."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:VERSION_LENGTH]


def address(filename: str) -> str:
    """Where to find it now; built by hand, because every icon on a page asks."""
    current = current_app.extensions["assets_version"]
    return f"{request.script_root}/static/v/{current}/{filename}"


@bp.get("/static/v/<version>/<path:filename>")
def file(version: str, filename: str) -> Response:
    """A page from before an update gets today's file, but must not keep it."""
    current = version == current_app.extensions["assets_version"]
    response = send_from_directory(
        current_app.static_folder or "", filename, max_age=FOR_EVER_SECONDS
    )
    if not current:
        response.headers["Cache-Control"] = "no-cache"
    return response
