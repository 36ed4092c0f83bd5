"""The settings: are they there, do they make sense, and are they spelled right?"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from conversations.config import Config
from conversations.inside.doctor.finding import Finding, Findings, ok, problem, warning
from conversations.texting import lines
from conversations.texting.phone import InvalidAddress

SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16
ALIKE = 0.85

MAKE_ONE = (
    'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
)
LEADS_HERE = (
    "Kaleyra cannot reach that. Set PUBLIC_URL to the https address under which your "
    "proxy is reached from the internet."
)


def examine(config: Config, env: Mapping[str, str]) -> Findings:
    yield from spelling(env)
    yield secret("SECRET_KEY", config.secret_key, config, SHORTEST_SECRET)
    yield secret("HOOK_TOKEN", config.hook_token, config, SHORTEST_TOKEN)
    if 0 < len(config.metrics_token) < SHORTEST_TOKEN:
        yield warning("METRICS_TOKEN is short and could be guessed.", MAKE_ONE)
    yield public_url(config)
    yield from account(config)
    yield from numbers(config)


def spelling(env: Mapping[str, str]) -> Findings:
    known = names()
    for name in sorted(env.keys() - known):
        alike = get_close_matches(name, known, n=1, cutoff=ALIKE)
        if alike:
            yield warning(
                f"{name} is no setting.", f"If you meant {alike[0]}, rename it."
            )
        elif name.startswith("KALEYRA_"):
            yield warning(
                f"{name} is no setting, and changes nothing.",
                "See docs/operating.md for those there are, or take it out.",
            )


class Asked(dict[str, str]):
    """An empty environment that remembers which names were looked up in it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return default


def names() -> set[str]:
    """Every setting there is: whatever reading the settings asks for."""
    asked = Asked()
    Config.from_env(asked)
    return asked.names


def secret(name: str, value: str, config: Config, shortest: int) -> Finding:
    made = config.instance / name.lower()
    if not value and made.exists():
        return ok(f"{name} was made by `make run` and is in {made}.")
    if not value:
        return problem(f"{name} is not set, so Parley does not start.", MAKE_ONE)
    if len(value) < shortest or len(set(value)) < shortest // 4:
        return problem(f"{name} is short and could be guessed.", MAKE_ONE)
    return ok(f"{name} is set and long enough.")


def public_url(config: Config) -> Finding:
    url = urlsplit(config.public_url)
    if config.practice or not config.kaleyra.configured:
        return ok(f"PUBLIC_URL is {config.public_url}; for practice that will do.")
    if not url.hostname or only_here(url.hostname):
        return problem(f"PUBLIC_URL is {config.public_url}.", LEADS_HERE)
    if url.scheme != "https":
        return problem(
            f"PUBLIC_URL is {config.public_url}: texts and passwords travel openly.",
            "Put a proxy with TLS in front and set PUBLIC_URL to https://…",
        )
    if url.path or url.query:
        return warning(
            f"PUBLIC_URL is {config.public_url}, which is more than a host.",
            "Parley answers at the root of a host; see docs/going-live.md.",
        )
    return ok(f"PUBLIC_URL is {config.public_url}.")


def only_here(host: str) -> bool:
    """Whether the internet knows no way to this host."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def account(config: Config) -> Iterator[Finding]:
    kaleyra = config.kaleyra
    if kaleyra.configured:
        yield ok("KALEYRA_SID and KALEYRA_API_KEY are set.")
    elif kaleyra.sid or kaleyra.api_key:
        missing = "KALEYRA_API_KEY" if kaleyra.sid else "KALEYRA_SID"
        yield problem(
            f"{missing} is missing, so no text can be sent.",
            "Both are in the Kaleyra console; see docs/going-live.md.",
        )
    else:
        yield ok("No Kaleyra account is set: `make run` takes the practice line.")


def numbers(config: Config) -> Findings:
    if config.kaleyra.configured and not config.numbers:
        yield problem(
            "KALEYRA_NUMBERS is empty, so no line is open.",
            "Name your two-way numbers there, comma separated.",
        )
    for number in config.numbers:
        try:
            lines.line_address(number, config.default_region)
        except InvalidAddress as error:
            yield problem(f"KALEYRA_NUMBERS: {error}", "Correct that number.")
