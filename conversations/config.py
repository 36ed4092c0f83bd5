"""Every setting, read once from the environment; nothing else looks there."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PRACTICE_NUMBER = "+12025550100"
LOG_FORMATS = ("", "text", "json")
LANGUAGES = ("en", "it")
LOG_LEVELS = ("info", "debug", "warning", "error", "critical")


class MissingSetting(Exception):
    """A setting the app cannot do without; the message says which and how to set it."""


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Kaleyra:
    """How to reach the provider; docs/going-live.md says where each value is from."""

    base_url: str = "https://api.kaleyra.io"
    sid: str = ""
    api_key: str = field(default="", repr=False)
    endpoint: str = "messages"
    message_type: str = ""
    callback_profile_id: str = ""
    connect_timeout: float = 5
    read_timeout: float = 20

    @property
    def configured(self) -> bool:
        return bool(self.sid and self.api_key)

    @property
    def deadline_seconds(self) -> float:
        """The longest a whole call may take, whatever drips in meanwhile."""
        return self.connect_timeout + self.read_timeout + 5


@dataclass(frozen=True)
class Config:
    """The settings of one installation."""

    database_url: str = field(repr=False)
    instance: Path = ROOT / "instance"
    secret_key: str = field(default="", repr=False)
    hook_token: str = field(default="", repr=False)
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    kaleyra: Kaleyra = Kaleyra()
    numbers: tuple[str, ...] = ()
    default_region: str | None = None
    default_language: str = "en"
    send_concurrency: int = 16
    worker: bool = True
    threads: int = 1200
    trusted_proxies: int = 0
    metrics_token: str = field(default="", repr=False)
    metrics_port: int = 0
    log_format: str = ""
    log_level: str = "info"
    queue_minutes: int = 60
    most_parts: int = 6
    journal_days: int = 90
    export_days: int = 7
    practice_port: int | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; raise `BadSetting` for a value that cannot be used."""
        host = env.get("HOST", "127.0.0.1")
        port = number(env, "PORT", 8000)
        kaleyra = kaleyra_from(env)
        instance = instance_from(env)
        config = cls(
            database_url=secret(env, "DATABASE_URL")
            or default_database(instance, kaleyra),
            instance=instance,
            secret_key=secret(env, "SECRET_KEY"),
            hook_token=secret(env, "HOOK_TOKEN"),
            public_url=env.get("PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
            host=host,
            port=port,
            kaleyra=kaleyra,
            numbers=words(env.get("KALEYRA_NUMBERS", "")),
            default_region=env.get("DEFAULT_REGION") or None,
            default_language=one_of(
                LANGUAGES, env.get("DEFAULT_LANGUAGE", ""), "DEFAULT_LANGUAGE"
            ),
            send_concurrency=number(env, "SEND_CONCURRENCY", 16, least=1),
            worker=env.get("WORKER", "1") != "0",
            threads=number(env, "THREADS", 1200, least=1),
            trusted_proxies=number(env, "TRUSTED_PROXIES", 0),
            queue_minutes=number(env, "QUEUE_MINUTES", 60, least=1),
            most_parts=number(env, "MOST_PARTS", 6),
            journal_days=number(env, "JOURNAL_DAYS", 90),
            export_days=number(env, "EXPORT_DAYS", 7, least=1),
            metrics_token=secret(env, "METRICS_TOKEN"),
            metrics_port=number(env, "METRICS_PORT", 0),
            log_format=one_of(LOG_FORMATS, env.get("LOG_FORMAT", ""), "LOG_FORMAT"),
            log_level=one_of(LOG_LEVELS, env.get("LOG_LEVEL", "info"), "LOG_LEVEL"),
        )
        practice_port = number(env, "PRACTICE_PORT", 0)
        return config.on_practice_line(practice_port) if practice_port else config

    @property
    def https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def exports(self) -> Path:
        """The folder of what agents take away."""
        return self.instance / "exports"

    @property
    def imports(self) -> Path:
        """The folder of what admins bring, until it is stored."""
        return self.instance / "imports"

    @property
    def longest_wait(self) -> timedelta:
        """How long a text may wait to be sent before it is not sent any more."""
        return timedelta(minutes=self.queue_minutes)

    @property
    def local_url(self) -> str:
        """How programs on this machine reach us."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{host}:{self.port}"

    @property
    def practice(self) -> bool:
        """Whether texts go to the simulated Kaleyra and not to anybody's phone."""
        return self.practice_port is not None

    def on_practice_line(self, port: int) -> Self:
        """The same installation, talking to the simulated Kaleyra on `port`."""
        practice = replace(
            self.kaleyra,
            base_url=f"http://127.0.0.1:{port}",
            sid="PRACTICE",
            api_key="practice",
            endpoint="messages",
            callback_profile_id="",
        )
        return replace(
            self, kaleyra=practice, practice_port=port, numbers=(PRACTICE_NUMBER,)
        )

    def check_ready_to_serve(self) -> None:
        """Raise `MissingSetting` unless every secret that serving needs is there."""
        for name, value in (
            ("SECRET_KEY", self.secret_key),
            ("HOOK_TOKEN", self.hook_token),
        ):
            if not value:
                raise MissingSetting(
                    f"set {name} or {name}_FILE in the environment; see .env.example "
                    "(`make run` generates it)"
                )


def instance_from(env: Mapping[str, str]) -> Path:
    """The folder for what this installation makes: secrets, and SQLite's file."""
    return Path(env.get("INSTANCE_DIR") or ROOT / "instance").absolute()


def default_database(instance: Path, kaleyra: Kaleyra) -> str:
    """SQLite in our folder; practice and real conversations never share a file."""
    name = "parley.db" if kaleyra.configured else "practice.db"
    return f"sqlite:///{instance / name}"


def kaleyra_from(env: Mapping[str, str]) -> Kaleyra:
    endpoint = env.get("KALEYRA_ENDPOINT", "messages")
    if endpoint not in ("messages", "sms"):
        raise BadSetting(f"KALEYRA_ENDPOINT is {endpoint!r}; use messages or sms")
    return Kaleyra(
        base_url=env.get("KALEYRA_BASE_URL", Kaleyra.base_url).rstrip("/"),
        sid=env.get("KALEYRA_SID", ""),
        api_key=secret(env, "KALEYRA_API_KEY"),
        endpoint=endpoint,
        message_type=env.get("KALEYRA_TYPE", ""),
        callback_profile_id=env.get("KALEYRA_CALLBACK_PROFILE_ID", ""),
        connect_timeout=number(env, "KALEYRA_CONNECT_TIMEOUT", 5, least=1),
        read_timeout=number(env, "KALEYRA_READ_TIMEOUT", 20, least=1),
    )


def secret(env: Mapping[str, str], name: str) -> str:
    """The value of `name`, or what the file holds that `name`_FILE points to."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE, {path}: {error.strerror}") from error
    return env.get(name, "").strip()


def number(env: Mapping[str, str], name: str, default: int, *, least: int = 0) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal():
        raise BadSetting(f"{name} is {text!r}; use a whole number")
    if int(text) < least:
        raise BadSetting(f"{name} is {text}; use {least} or more")
    return int(text)


def one_of(choices: tuple[str, ...], given: str, name: str) -> str:
    """One of these words, in whatever case; nothing is the first of them."""
    word = given.strip().lower() or choices[0]
    if word not in choices:
        known = ", ".join(choice for choice in choices if choice)
        raise BadSetting(f"{name} is {given!r}; use one of {known}")
    return word


def words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
