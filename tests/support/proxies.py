"""The proxies of deploy/, run as they are but for names, ports and certificates."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from conversations.config import ROOT
from tests.support.stage import free_port, until

OLDEST_CADDY = (2, 11)

MAIN = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{ }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/parley.conf;
}}
"""


def needed(program: str) -> str:
    """Where it is; without it the test cannot be made."""
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not path:
        pytest.skip(f"{program} is not installed here: apt-get install {program}")
    return path


def needed_caddy() -> str:
    """Caddy, not so old that it cannot repeat a request that has a body."""
    path = needed("caddy")
    version = subprocess.run(
        [path, "version"], capture_output=True, text=True, check=True
    ).stdout.lstrip("v")
    if tuple(map(int, version.split(".")[:2])) < OLDEST_CADDY:
        pytest.skip(f"Caddy 2.11 or newer is needed, and here is {version.split()[0]}")
    return path


def certificate(folder: Path) -> Path:
    """A certificate for this machine, with its key beside it."""
    path = folder / "cert.pem"
    subprocess.run(
        [needed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", folder / "key.pem", "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


def nginx_config(folder: Path, port: int, upstreams: Sequence[int]) -> Path:
    text = (ROOT / "deploy/nginx/parley.conf").read_text()
    text = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", f"{folder}/cert.pem", text)
    text = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", f"{folder}/key.pem", text)
    text = re.sub(r"\n *listen \[::\].*", "", text)
    text = text.replace("/var/log/nginx", str(folder))
    text = text.replace("listen 80;", f"listen {free_port()};")
    text = text.replace("listen 443", f"listen {port}")
    for ours, theirs in zip((8000, 8001), upstreams, strict=True):
        text = text.replace(f":{ours}", f":{theirs}")
    (folder / "parley.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    return folder / "nginx.conf"


def caddy_config(folder: Path, port: int, upstream: int) -> Path:
    text = (ROOT / "deploy/caddy/Caddyfile").read_text()
    text = text.replace("texts.example.com {", f"http://:{port} {{")
    text = text.replace(" 127.0.0.1:8001", "").replace(":8000", f":{upstream}")
    path = folder / "Caddyfile"
    path.write_text(f"{{\n\tadmin off\n}}\n{text}")
    return path


@contextmanager
def running(words: Sequence[str | Path], url: str, folder: Path) -> Iterator[None]:
    """The proxy, once it answers; whatever it answers."""
    env = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(words, env=env, stdout=output, stderr=output)
        try:
            until(lambda: answers(url, folder))
            yield
        finally:
            process.terminate()
            process.wait(10)


def answers(url: str, folder: Path) -> bool:
    try:
        requests.get(f"{url}/metrics", timeout=5, verify=str(folder / "cert.pem"))
    except (requests.ConnectionError, OSError):
        return False
    return True
