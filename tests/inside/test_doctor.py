"""The doctor finds what is wrong, says what to do, and changes nothing."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from conversations.config import Config
from conversations.db import db, utcnow
from conversations.inside.doctor import database, doctor, examined, outside, place
from conversations.inside.doctor.finding import Finding, Level
from conversations.kaleyra.practice import PracticeKaleyra
from conversations.models import Heartbeat, Line
from conversations.worker.sweeper import beat
from tests.support.cast import Caller, Customer, writing
from tests.support.stage import Stage

GOOD = {
    "SECRET_KEY": "a secret key for the tests, long enough",
    "HOOK_TOKEN": "a hook token, long enough too",
    "KALEYRA_SID": "S",
    "KALEYRA_API_KEY": "k",
    "KALEYRA_NUMBERS": "+12025550100,56161",
    "PUBLIC_URL": "https://texts.example.com",
}


def found(stage: Stage, subject: str, env: Mapping[str, str] = GOOD) -> list[Finding]:
    """What the doctor says about one subject, with these settings."""
    config = Config.from_env({**env, "INSTANCE_DIR": str(stage.config.instance)})
    config = replace(config, kaleyra=stage.config.kaleyra) if env is GOOD else config
    with stage.app.app_context():
        return [finding for about, finding in examined(config, env) if about == subject]


def worst(findings: list[Finding]) -> Finding:
    order = [Level.OK, Level.WARNING, Level.PROBLEM]
    return max(findings, key=lambda finding: order.index(finding.level))


def test_good_settings_are_fine(stage: Stage) -> None:
    assert {finding.level for finding in found(stage, "settings")} == {Level.OK}


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ({"SECRET_KEY": "short"}, "problem", "SECRET_KEY is short"),
        ({"SECRET_KEY": "a" * 40}, "problem", "SECRET_KEY is short"),
        ({"HOOK_TOKEN": ""}, "problem", "HOOK_TOKEN is not set"),
        ({"METRICS_TOKEN": "short"}, "warning", "METRICS_TOKEN is short"),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "problem", "PUBLIC_URL is"),
        ({"PUBLIC_URL": "https://parley.local"}, "problem", "PUBLIC_URL is"),
        ({"PUBLIC_URL": "http://texts.example.com"}, "problem", "travel openly"),
        ({"PUBLIC_URL": "https://example.com/sms"}, "warning", "more than a host"),
        ({"KALEYRA_API_KEY": ""}, "problem", "KALEYRA_API_KEY is missing"),
        ({"KALEYRA_NUMBERS": ""}, "problem", "KALEYRA_NUMBERS is empty"),
        ({"KALEYRA_NUMBERS": "+12"}, "problem", "KALEYRA_NUMBERS: "),
        ({"KALEYRA_APIKEY": "x"}, "warning", "KALEYRA_APIKEY is no setting"),
        ({"KALEYRA_REGION": "x"}, "warning", "KALEYRA_REGION is no setting"),
        ({"DATABASEURL": "x"}, "warning", "DATABASEURL is no setting"),
    ],
)
def test_a_setting_that_will_not_do_is_found(
    stage: Stage, change: dict[str, str], level: str, words: str
) -> None:
    findings = found(stage, "settings", {**GOOD, **change})

    (finding,) = [finding for finding in findings if words in finding.sentence]
    assert finding.level == level
    assert finding.advice


def test_ordinary_variables_are_no_misspelt_settings(stage: Stage) -> None:
    usual = dict.fromkeys(("PATH", "HOSTNAME", "HOME", "LANG", "SHELL", "PWD"), "x")

    findings = found(stage, "settings", {**GOOD, **usual})

    assert worst(findings).level is Level.OK


def test_the_database_answers_with_its_version(stage: Stage) -> None:
    assert any("answers" in finding.sentence for finding in found(stage, "database"))
    assert worst(found(stage, "migrations")).level is Level.OK


def test_all_of_a_sqlite_file_is_read_when_asked(stage: Stage) -> None:
    with stage.app.app_context():
        sentences = [finding.sentence for finding in database.examine(deep=True)]
        sqlite = db.engine.dialect.name == "sqlite"

    assert any("All of the file was read" in said for said in sentences) is sqlite


def test_tables_of_another_version_end_the_examination(stage: Stage) -> None:
    with writing():
        db.session.connection().exec_driver_sql(
            "UPDATE alembic_version SET version_num = 'old' || version_num"
        )
    findings = found(stage, "migrations")
    after = found(stage, "callbacks")
    with writing():
        db.session.connection().exec_driver_sql(
            "UPDATE alembic_version SET version_num = substr(version_num, 4)"
        )

    assert "flask db upgrade" in worst(findings).advice
    assert after == []


def test_work_that_nobody_does_is_a_problem(stage: Stage) -> None:
    assert worst(found(stage, "background work")).level is Level.PROBLEM
    with writing():
        db.session.add(Heartbeat(worker="a:1", seen_at=utcnow() - timedelta(hours=3)))
    assert "3 hours ago" in worst(found(stage, "background work")).sentence

    with writing():
        beat("b:2")
    assert worst(found(stage, "background work")).level is Level.OK


def test_without_any_callback_it_says_what_to_configure(stage: Stage) -> None:
    inbound, status, _ = found(stage, "callbacks")

    address = "https://texts.example.com/hooks/kaleyra/"
    assert f"{address}inbound" in inbound.advice
    assert f"{address}status" in status.advice


def test_callbacks_are_told_with_their_age_and_oddities(
    stage: Stage, ada: Customer, kaleyra_calls: Caller
) -> None:
    kaleyra_calls.post("inbound", data=b"nothing to read")
    stage.read()

    sentences = [finding.sentence for finding in found(stage, "callbacks")]

    assert "The last inbound callback came just now." in sentences
    assert "None waits to be read." in sentences
    assert "To be looked at: 1." in sentences


def test_a_paused_line_is_a_problem_and_its_number_is_masked(stage: Stage) -> None:
    with writing():
        db.session.scalars(select(Line).order_by(Line.id)).first().pause("No money.")

    finding = worst(found(stage, "lines"))

    assert finding.sentence == "***100 is paused and sends nothing."
    assert finding.advice.startswith("No money. ")


def test_a_quiet_line_is_a_warning_with_what_to_check(stage: Stage) -> None:
    with writing():
        line = db.session.scalars(select(Line).order_by(Line.id)).first()
        line.quiet_since = utcnow() - timedelta(hours=5)

    finding = worst(found(stage, "lines"))

    assert finding.level is Level.WARNING
    assert finding.sentence.startswith("***100 heard its last text 5 hours ago")
    assert "callback profile" in finding.advice


def test_kaleyra_is_asked_for_its_address_and_nothing_is_sent(
    stage: Stage, kaleyra: PracticeKaleyra
) -> None:
    assert worst(found(stage, "Kaleyra")).level is Level.OK
    assert kaleyra.requests == []


def test_a_kaleyra_that_is_not_there_is_a_problem(stage: Stage) -> None:
    finding = worst(found(stage, "Kaleyra"))

    assert finding.level is Level.PROBLEM
    assert "cannot be reached" in finding.sentence


@pytest.mark.parametrize(
    ("date", "levels"),
    [
        ("Sun, 22 Nov 2015 10:00:00 GMT", [Level.WARNING]),
        ("no date at all", []),
    ],
)
def test_a_clock_that_is_wrong_is_found(date: str, levels: list[Level]) -> None:
    assert [finding.level for finding in outside.clock(date)] == levels


def test_a_database_that_does_not_answer_is_one_problem(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nowhere"
    config = Config(database_url=url, instance=tmp_path)
    with create_app(config).app_context():
        findings = [f for about, f in examined(config, {}) if about == "database"]

    (finding,) = findings
    assert finding.level is Level.PROBLEM
    assert "did not answer" in finding.sentence


@pytest.mark.parametrize(("mode", "level"), [(0o700, "ok"), (0o755, "warning")])
def test_a_folder_that_others_may_look_into_is_found(
    tmp_path: Path, mode: int, level: str
) -> None:
    folder = tmp_path / "instance"
    folder.mkdir(mode)
    (folder / "secret_key").touch(0o644)

    findings = list(place.privacy(folder))

    assert {finding.level for finding in findings} == {level}
    assert len(findings) == (1 if mode == 0o700 else 2)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv/parley/a.db", "nfs4"), ("/srv2/a.db", "ext4"), ("/my disk/a.db", "cifs")],
)
def test_it_knows_a_network_mount(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/a / ext4 rw 0 0\n"
        "host:/x /srv nfs4 rw 0 0\n"
        "//h/x /my\\040disk cifs rw 0 0\n"
    )

    assert database.file_system(Path(path), mounts) == kind


def test_the_command_ends_with_1_when_there_is_a_problem(stage: Stage) -> None:
    result = stage.app.test_cli_runner().invoke(doctor)

    assert result.exit_code == 1
    assert "problem  background work: Nobody does it" in result.output


def test_programs_get_json(stage: Stage) -> None:
    result = stage.app.test_cli_runner().invoke(doctor, ["--json"])

    findings = json.loads(result.output)
    assert {"subject", "level", "sentence", "advice"} == set(findings[0])
    assert {finding["subject"] for finding in findings} > {"settings", "Kaleyra"}
