"""The proxies themselves take the examples that deploy/ has for them."""

import subprocess
from pathlib import Path

import pytest

from tests.support import proxies
from tests.support.stage import free_port


def test_nginx_takes_our_example(tmp_path: Path) -> None:
    proxies.certificate(tmp_path)
    config = proxies.nginx_config(tmp_path, free_port(), [8000, 8001])

    done = subprocess.run(
        [proxies.needed("nginx"), "-t", "-c", config],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["Caddyfile", "Caddyfile.scale"])
def test_caddy_takes_our_example(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [proxies.needed_caddy(), "validate", "--adapter", "caddyfile",
         "--config", f"deploy/caddy/{name}"],
        env={"HOME": str(tmp_path), "DOMAIN": "texts.example.com"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
