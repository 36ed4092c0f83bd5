"""Can the Parley beside us work? `python -m conversations.keeping.healthcheck` says.

Made for containers, which ask often and have no curl; it loads almost nothing.
"""

import sys
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from conversations.config import Config

PATIENCE_SECONDS = 5


def trouble(url: str) -> str | None:
    """What speaks against this process working; None if nothing does."""
    try:
        with urlopen(f"{url}/readyz", timeout=PATIENCE_SECONDS):
            return None
    except HTTPError as error:
        return error.read().decode(errors="replace")
    except (URLError, OSError) as error:
        return f"{url} does not answer: {error}"


if __name__ == "__main__":
    sys.exit(trouble(Config.from_env().local_url))
