"""Settings: what cannot work is said at once, and secrets are told to nobody."""

import pytest

from conversations.config import BadSetting, Config


@pytest.mark.parametrize(
    "name",
    [
        "SEND_CONCURRENCY",
        "QUEUE_MINUTES",
        "THREADS",
        "KALEYRA_CONNECT_TIMEOUT",
        "KALEYRA_READ_TIMEOUT",
    ],
)
def test_a_zero_that_would_stop_everything_is_refused(name: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Config.from_env({name: "0"})


def test_no_secret_is_in_a_printed_config() -> None:
    names = ("SECRET_KEY", "HOOK_TOKEN", "KALEYRA_API_KEY")
    env = dict.fromkeys(names, "s3cret") | {"DATABASE_URL": "postgresql://u:s3cret@h/d"}

    assert "s3cret" not in repr(Config.from_env(env))


def test_a_secret_may_have_spaces_around_it() -> None:
    assert Config.from_env({"HOOK_TOKEN": " token\n"}).hook_token == "token"
