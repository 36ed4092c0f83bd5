"""PostgreSQL's own programs: found or asked for, and told no secret in public."""

from pathlib import Path

import pytest

from conversations.keeping import dumps


def test_without_pg_dump_it_says_what_to_install(
    postgres_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(dumps.DumpFailed, match=r"pg_dump is not installed here.*apt"):
        dumps.write(postgres_database, tmp_path / "dump")


def test_a_password_is_never_on_the_command_line() -> None:
    url = "postgresql://ana:se%40cret@db.example.com:5433/parley?sslmode=require"

    words, secrets = dumps.split(url)

    assert "cret" not in " ".join(words)
    assert "host=db.example.com" in words[0]
    assert "sslmode=require" in words[0]
    assert secrets == {"PGPASSWORD": "se@cret"}
