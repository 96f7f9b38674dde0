"""config.toml: the one that is shipped works, and whatever is wrong in another is told at once with its key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import CONFIG_VARIABLE, Config, InvalidConfigError, find_config, list_keys, load_config, parse_config
from handlers.ports import HandlerSettings
from news.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
PATH = Path("config.toml")


def test_the_shipped_settings_are_valid() -> None:
    config = load_config(ROOT / "config.toml")
    assert len(config.feeds) >= 12
    assert {feed.language for feed in config.feeds} >= {"en", "es", "ru"}
    assert {watch.topic for watch in config.watches} == {"venezuela", "russia"}
    assert len({feed.url for feed in config.feeds}) == len(config.feeds)
    assert config.resolve(config.seeds.paths[0]) == ROOT / "seeds"


def test_every_key_is_shown_and_explained_in_the_shipped_file() -> None:
    """A key that nobody can find is no setting."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)
    rows = {"feeds": "interval_s may be left out"}
    for key in list_keys():
        section, name = key.split(".")
        if section == "outlets":  # an example that is commented out
            example = text[text.index("# Outlets that") : text.index("# Feeds.")]
            assert re.search(rf"\b{name}\b", example), key
            continue
        table = written[section]
        is_shown = any(name in row for row in table) if isinstance(table, list) else name in table
        assert is_shown or (section in rows and rows[section] in text), key
        if not isinstance(table, list):
            assert re.search(rf"^#.*\n{name} = ", text, re.MULTILINE), f"{key} has no comment"


def test_the_shipped_values_are_the_defaults() -> None:
    shipped, built_in = load_config(ROOT / "config.toml"), Config()
    for section in ("storage", "poll", "delivery", "discord", "slack", "news", "terminal", "log"):
        assert getattr(shipped, section) == getattr(built_in, section)


def errors_of(text: str) -> dict[str, str]:
    with pytest.raises(InvalidConfigError) as caught:
        parse_config(text, PATH)
    return {error.path: error.reason for error in caught.value.errors}


def test_the_example_of_an_outlet_is_a_valid_one() -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    example = text[text.index("# [[outlets]]") : text.index("# Feeds.")].replace("# ", "")
    (outlet,) = parse_config(example, PATH).outlets
    assert outlet.as_row()["key"] == "harbour-post"


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ("kind = 'honest'", "kind", "newspaper"),
        ("country = 'Peru'", "country", "two capital letters"),
        ("domains = ['https://a.example/']", "domains", "without www"),
        ("score = 5", "score", "no such key"),
    ],
)
def test_a_bad_outlet_is_told_with_its_key(line: str, key: str, reason: str) -> None:
    assert reason in errors_of(f"[[outlets]]\nname = 'Post'\n{line}")[f"outlets[0].{key}"]


def test_a_lease_outlasts_the_longest_try() -> None:
    """A message may take two minutes, twice; with a shorter lease another worker would send it as well."""
    assert "300" in errors_of("[delivery]\nlease_s = 299")["delivery.lease_s"]
    assert parse_config("[delivery]\nlease_s = 301", PATH).handler_settings().delivery_lease_s == 301
    assert Config().delivery.lease_s == HandlerSettings().delivery_lease_s == 300


def test_all_errors_are_told_at_once() -> None:
    """Mending a file must not take one start for each mistake."""
    errors = errors_of(
        """
        [poll]
        tick_s = "fast"
        concurency = 3
        timeout_s = 0
        allow_networks = "127.0.0.0/8"
        parse_workers = true
        [log]
        level = "loud"
        [colour]
        red = 1
        [[feeds]]
        outlet = "Nobody"
        [[feeds]]
        url = "ftp://a.example/feed"
        [[watches]]
        channel = "terminal"
        topic = " "
        [[watches]]
        channel = "terminal:local"
        topic = "venezuela ("
        """
    )
    assert errors == {
        "poll.tick_s": "must be a number, not 'fast'",
        "poll.concurency": errors["poll.concurency"],
        "poll.timeout_s": "must be between 0.1 and 600",
        "poll.allow_networks": "must be a list of strings, not '127.0.0.0/8'",
        "poll.parse_workers": "must be a whole number, not True",
        "log.level": "must be one of debug, info, warning, error",
        "colour": errors["colour"],
        "feeds[0].url": "is missing",
        "feeds[1].url": "must begin with https:// or http://",
        "watches[0].channel": "must look like terminal:local",
        "watches[0].topic": "must name a topic",
        "watches[1].topic": errors["watches[1].topic"],
    }
    assert errors["watches[1].topic"].startswith("cannot be read: ")
    assert "concurrency" in errors["poll.concurency"], "an unknown key is answered with the known ones"


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e99"])
def test_numbers_that_are_none_are_out_of_range(value: str) -> None:
    assert errors_of(f"[poll]\ntick_s = {value}") == {"poll.tick_s": "must be between 0.05 and 3600"}


def test_broken_toml_is_one_clear_error() -> None:
    assert "TOML" in errors_of("[poll\n")
    assert errors_of("poll = 3") == {"poll": "must be a table"}
    assert errors_of("feeds = 3") == {"feeds": "must be written as [[feeds]]"}


def test_a_whole_number_may_stand_for_a_number() -> None:
    tick_s = parse_config("[poll]\ntick_s = 2", PATH).poll.tick_s
    assert tick_s == 2.0
    assert isinstance(tick_s, float)


@given(st.text(max_size=80))
def test_any_text_gives_settings_or_a_clear_error(text: str) -> None:
    try:
        config = parse_config(text, PATH)
    except InvalidConfigError as error:
        errors = error.errors
    else:
        assert isinstance(config, Config)
        return
    assert errors


def test_the_file_is_looked_for_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--config, then the environment, then the program's own; a stranger's config.toml in the way is left alone."""
    monkeypatch.chdir(tmp_path)
    named, elsewhere, here = (tmp_path / name for name in ("named.toml", "elsewhere.toml", "config.toml"))
    for path in (named, elsewhere, here):
        path.touch()
    assert find_config(None, {}) == ROOT / "config.toml"
    assert find_config(None, {CONFIG_VARIABLE: str(elsewhere)}) == elsewhere
    assert find_config(str(named), {CONFIG_VARIABLE: str(elsewhere)}) == named
    with pytest.raises(ConfigError, match="no file"):
        find_config(str(tmp_path / "gone.toml"), {})


def test_files_that_cannot_be_read_are_clear_errors(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'[log]\nlevel = "\xff"')
    with pytest.raises(InvalidConfigError, match="not UTF-8"):
        load_config(path)
    path.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(InvalidConfigError, match="1 MiB"):
        load_config(path)
    with pytest.raises(InvalidConfigError):
        load_config(tmp_path)
