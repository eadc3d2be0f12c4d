"""Settings: good ones are typed, a bad one is refused with its name."""

from datetime import time
from pathlib import Path

import pytest

from config import ConfigError, load_settings

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+16195550100"}


def test_without_any_setting_one_embedded_process_is_described() -> None:
    settings = load_settings({})
    assert settings.is_embedded
    assert not settings.is_live
    assert settings.public_base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "environ",
    [
        {"PORT": "eighty"},
        {"PORT": "70000"},
        {"SEND_CONCURRENCY": "0"},
        {"SEND_RATE": "-1"},
        {"QUIET_START": "22:00"},
        {"QUIET_END": "07:00"},
        {"QUIET_START": "late"},
        {"DEFAULT_TZ": "America/Gotham"},
        {"DATABASE_URL": "mysql://x"},
        {"PUBLIC_BASE_URL": "example.org"},
        {"TWILIO_API_BASE": "ftp://example.org"},
    ],
    ids=lambda environ: "=".join(next(iter(environ.items()))),
)
def test_a_bad_value_is_refused_by_name(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=next(iter(environ))):
        load_settings(environ)


@pytest.mark.parametrize("lost", ["TWILIO_AUTH_TOKEN", "TWILIO_FROM"])
def test_half_an_account_is_refused(lost: str) -> None:
    with pytest.raises(ConfigError, match=lost):
        load_settings({name: value for name, value in ACCOUNT.items() if name != lost})


def test_quiet_hours_may_be_wider_than_the_floor() -> None:
    settings = load_settings({"QUIET_START": "19:30", "QUIET_END": "10:00"})
    assert (settings.quiet_start, settings.quiet_end) == (time(19, 30), time(10, 0))


def test_a_day_that_never_begins_is_refused() -> None:
    with pytest.raises(ConfigError, match="QUIET_END"):
        load_settings({"QUIET_START": "09:00", "QUIET_END": "10:00"})


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-file\n")
    settings = load_settings(
        {**ACCOUNT, "TWILIO_AUTH_TOKEN": "", "TWILIO_AUTH_TOKEN_FILE": str(tmp_path / "token")}
    )
    assert settings.twilio_auth_token == "from-file"


def test_a_fast_clock_never_runs_beside_a_real_account() -> None:
    with pytest.raises(ConfigError, match="CLOCK_FILE"):
        load_settings({**ACCOUNT, "CLOCK_FILE": "var/clock.json"})
    assert load_settings({**ACCOUNT, "CLOCK_FILE": "c", "TWILIO_API_BASE": "http://127.0.0.1:9"}).clock_file


def test_secrets_are_not_in_the_printed_settings() -> None:
    printed = repr(load_settings({**ACCOUNT, "TWILIO_AUTH_TOKEN": "s3cret", "AFTERKIT_KEYS": "k3y"}))
    assert "s3cret" not in printed
    assert "k3y" not in printed
