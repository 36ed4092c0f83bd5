"""The practice Kaleyra as a process of its own, with its phone in the browser.

    python -m conversations.kaleyra.practice --port 8001 \
        --hooks-url http://127.0.0.1:8000 --token-file instance/hook_token

The secret of the hooks may also come from HOOK_TOKEN or HOOK_TOKEN_FILE.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from conversations import stopping

from .account import Account, Hooks
from .server import PracticeKaleyra


def main(words: Sequence[str] | None = None) -> None:
    options = parser().parse_args(words)
    stopping.keep_for_later()
    with practice(options) as kaleyra:
        sys.stdout.write(f"Practice phone, no real texts: {kaleyra.url}\n")
        sys.stdout.flush()
        stopping.until_told()


def practice(options: argparse.Namespace) -> PracticeKaleyra:
    return PracticeKaleyra(
        port=options.port,
        host=options.host,
        hooks=hooks(options),
        api_key=options.api_key,
        sid=options.sid,
        numbers=numbers(options.numbers),
        report_after=options.report_after,
        history=options.history,
    )


def hooks(options: argparse.Namespace) -> Hooks | None:
    if not options.hooks_url:
        return None
    if secret := token(options.token_file):
        return Hooks.of(options.hooks_url, secret)
    raise SystemExit("Give the secret of the hooks: --token-file, or HOOK_TOKEN.")


def token(path: Path | None) -> str:
    """The secret of the hooks, from the file or the environment."""
    named = os.environ.get("HOOK_TOKEN_FILE")
    if file := path or (Path(named) if named else None):
        return file.read_text(encoding="utf-8").strip()
    return os.environ.get("HOOK_TOKEN", "")


def numbers(words: Sequence[str]) -> tuple[str, ...]:
    """The numbers, one word each or with commas between them."""
    return tuple(filter(None, ",".join(words).split(","))) or Account.numbers


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m conversations.kaleyra.practice",
        description="A simulated Kaleyra with a phone in the browser; no real texts.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    add("--port", type=int, default=8001, help="(%(default)s; 0: any free port)")
    add("--hooks-url", help="where Parley is, such as http://127.0.0.1:8000")
    add("--token-file", type=Path, help="the file with the secret of the hooks")
    add("--numbers", nargs="+", default=Account.numbers, help="of the business")
    add("--api-key", default=Account.api_key, help="(%(default)s)")
    add("--sid", default=Account.sid, help="(%(default)s)")
    add("--report-after", type=float, default=0.6, help="seconds (%(default)s)")
    add("--history", type=Path, help="a file that keeps the texts over a restart")
    return parser


if __name__ == "__main__":
    main()
