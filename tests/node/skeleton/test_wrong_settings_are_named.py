"""A setting that is unknown, missing or wrong stops the node with words that name it."""

from pathlib import Path

import pytest

from tidewaiter.node.config import Config, ConfigError

GOOD = {
    "TIDEWAITER_FOLDER": "/nowhere",
    "TIDEWAITER_ADMINISTRATION": "HK",
    "TIDEWAITER_SECRET_KEY": "long enough for a key of an invented node, is it not?",
}


def test_what_is_needed_is_enough() -> None:
    config = Config.read(GOOD)
    assert (config.administration, config.port, config.live_port_used) == ("HK", 8000, 8001)
    assert config.own_address == "http://127.0.0.1:8000"
    assert config.lake == Path("/nowhere/lake")


def test_an_unknown_setting_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(ConfigError, match=r"TIDEWAITER_LANGAUGE .*nearest is TIDEWAITER_LANGUAGE"):
        Config.read({**GOOD, "TIDEWAITER_LANGAUGE": "pt"})


def test_other_variables_are_none_of_ours() -> None:
    assert Config.read({**GOOD, "PATH": "/bin", "LANG": "C"}) == Config.read(GOOD)


@pytest.mark.parametrize("name", ["TIDEWAITER_FOLDER", "TIDEWAITER_ADMINISTRATION", "TIDEWAITER_SECRET_KEY"])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name}.* is not set"):
        Config.read({other: value for other, value in GOOD.items() if other != name})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ADMINISTRATION", "XX", "must be one of CN-GD, HK, MO"),
        ("PORT", "eighty", "whole number from 1 to 65535"),
        ("PORT", "70000", "whole number from 1 to 65535"),
        ("PORT", "٨٠", "whole number"),
        ("LANGUAGE", "fr", "must be one of en, zh-hant"),
        ("TIME_ZONE", "Nowhere/Town", "name of a time zone"),
        ("TIME_ZONE", "../etc/passwd", "name of a time zone"),
        ("ADDRESS", "node.example", "address such as"),
        ("ADDRESS", "https://node.example/path", "without a path"),
        ("DATABASE_URL", "mysql://localhost/x", "postgresql://"),
        ("BEHIND_PROXY", "true", "must be one of yes, no"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_must_be(name: str, value: str, says: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Config.read({**GOOD, f"TIDEWAITER_{name}": value})
    assert f"TIDEWAITER_{name}" in str(raised.value)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"), [("SECRET_KEY", "short-secret"), ("DATABASE_URL", "mysql://someone:hush@localhost/x")]
)
def test_a_wrong_secret_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Config.read({**GOOD, f"TIDEWAITER_{name}": value})
    assert value not in str(raised.value)


def test_a_secret_may_stand_in_a_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(GOOD["TIDEWAITER_SECRET_KEY"] + "\n")
    told = {"TIDEWAITER_FOLDER": str(tmp_path), "TIDEWAITER_ADMINISTRATION": "MO", "TIDEWAITER_SECRET_KEY_FILE": "key"}
    assert Config.read(told).secret_key == GOOD["TIDEWAITER_SECRET_KEY"]
    with pytest.raises(ConfigError, match="keep one"):
        Config.read({**told, **GOOD})
    with pytest.raises(ConfigError, match=r"TIDEWAITER_SECRET_KEY_FILE: other cannot be read"):
        Config.read({**told, "TIDEWAITER_SECRET_KEY_FILE": "other"})


def test_only_a_secret_may_stand_in_a_file() -> None:
    with pytest.raises(ConfigError, match="TIDEWAITER_PORT_FILE is not a setting"):
        Config.read({**GOOD, "TIDEWAITER_PORT_FILE": "x"})


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{name}={value}" for name, value in GOOD.items() if name != "TIDEWAITER_FOLDER"]
    (tmp_path / "node.env").write_text("\n".join(["# a comment", "", *lines, "TIDEWAITER_PORT=9000", ""]))
    for name in ("TIDEWAITER_ADMINISTRATION", "TIDEWAITER_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIDEWAITER_FOLDER", str(tmp_path))
    assert Config.load().port == 9000
    monkeypatch.setenv("TIDEWAITER_PORT", "9001")
    assert Config.load().port == 9001
    (tmp_path / "node.env").write_text("TIDEWAITER_PORT 9000\n")
    with pytest.raises(ConfigError, match="line 1: not NAME=VALUE"):
        Config.load()


def test_a_folder_without_settings_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_FOLDER", str(tmp_path))
    with pytest.raises(ConfigError, match=r"node\.env cannot be read"):
        Config.load()
