"""The settings file: read completely or refused, and written without loss, in any place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from player.app.keys import KEYS, NAMES, KeyScreen, keys_of
from player.app.request import SETTINGS, Wishes
from player.app.settings import PLACES, SettingsError, read_settings, write_settings
from player.errors import UserError

from tests.disks import disk

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        read_settings(path)
    return [line.removeprefix(f"{path}:") for line in str(refused.value).splitlines()]


RATE = "write a whole number from 100 to 450"
A_KEY = "write one character, ctrl+ and a letter, or a name such as space, left or f5"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[voice]\nname = 'x'\nrate = 9\n", f"3:1: voice.rate cannot be 9; {RATE}"),
        ("voice.rate = true\n", f"1:1: voice.rate cannot be true; {RATE}"),
        ("voice = {rate = 9}\n", f"1:1: voice.rate cannot be 9; {RATE}"),
        ("# c\n\n  [voice]\n  rate = '5'\n", f"4:3: voice.rate cannot be '5'; {RATE}"),
        ("voice = 3\n", "1:1: 'voice' must be a table; write it as '[voice]' with its settings below"),
        ("[coaching]\nticks = 'on'\n", "2:1: coaching.ticks cannot be 'on'; write true or false"),
        ("[coaching]\ndetail = 'x'\n", "2:1: coaching.detail cannot be 'x'; write one of: full, brief"),
        ("[keys]\nnxt = 'x'\n", "2:1: unknown setting 'nxt' in [keys]; did you mean 'next'?"),
        ("[keys]\nnext = 'xx'\n", f"2:1: keys.next cannot be 'xx'; {A_KEY}"),
        (
            "[keys]\nnext = 'ctrl+c'\n",
            "2:1: keys.next cannot be 'ctrl+c'; write another key, because Cuemat needs this one",
        ),
        ("[keys]\nnext = []\n", "2:1: keys.next cannot be []; write a key in quotes, or a list of them"),
        (
            "[keys]\nmute = 'n'\n",
            "2:1: keys.mute cannot be 'n', which already means next; choose another key",
        ),
        ("[voice\n", "1:7: not TOML: Expected ']' at the end of a table declaration"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path / "config.toml", text) == [message]


def test_two_keys_can_change_places(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nnext = "b"\nback = ["n", "<"]\n', encoding="utf-8")

    assert read_settings(path).keys == {"next": ("b",), "back": ("n", "<")}


def test_the_same_key_may_mean_two_things_on_two_screens(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nopen = "n"\n', encoding="utf-8")

    assert read_settings(path).keys == {"open": ("n",)}


def test_no_key_means_two_things_as_cuemat_comes() -> None:
    for screen in KeyScreen:
        every = [key for one in keys_of(screen) for key in one.keys]
        assert len(every) == len(set(every))
    assert len(NAMES) == len(set(NAMES)) == len(KEYS)


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_settings_or_a_list_of_mistakes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    path.write_text(text, encoding="utf-8")
    try:
        read_settings(path)
    except SettingsError as refused:
        assert len(refused.each) == len(refused.discreet) >= 1  # noqa: PT017  both outcomes are right


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.key])
def test_every_setting_of_the_file_is_written_and_read_back(tmp_path: Path, name: str) -> None:
    path, kind = tmp_path / "config.toml", SETTINGS[name].kind
    words = kind.words()
    value = kind.read(words[-1] if words else {"rate": "150"}.get(name, "90"))
    write_settings(path, {name: value})

    assert read_settings(path).wishes == replace(Wishes(), **{name: value})  # type: ignore[arg-type]
    assert sum(len(table) for table in PLACES.values()) == sum(bool(one.key) for one in SETTINGS.values())


def test_what_is_written_keeps_mode_comments_and_order(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# mine\n[voice]  # who\nrate = 150\n[keys]\nnext = 'x'\n", encoding="utf-8")
    path.chmod(0o600)
    write_settings(path, {"rate": 170})

    assert path.read_text() == "# mine\n[voice]  # who\nrate = 170\n[keys]\nnext = 'x'\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["config.toml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "cuemat.toml"
    real.parent.mkdir()
    real.write_text("[voice]\nrate = 150\n", encoding="utf-8")
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    write_settings(link, {"rate": 170})

    assert link.is_symlink()
    assert read_settings(real).wishes.rate == 170
    assert [one.name for one in real.parent.iterdir()] == ["cuemat.toml"]


def test_a_link_into_another_file_system_is_written_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with disk(elsewhere):
        (elsewhere / "config.toml").write_text("[voice]\nrate = 150\n", encoding="utf-8")
        (elsewhere / "config.toml").chmod(0o600)
        link = tmp_path / "config.toml"
        link.symlink_to(elsewhere / "config.toml")
        write_settings(link, {"rate": 170})
        written = link.is_symlink(), (elsewhere / "config.toml").stat().st_mode & 0o777, read_settings(link)
        left = sorted(one.name for one in [*tmp_path.iterdir(), *elsewhere.iterdir()])

    assert (written[0], written[1], written[2].wishes.rate) == (True, 0o600, 170)
    assert left == ["config.toml", "config.toml", "elsewhere"]


def test_a_folder_is_never_to_be_removed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(tmp_path)

    assert str(refused.value) == f"{tmp_path}: not a regular file; name a file in it"


def test_a_file_that_is_no_toml_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[voice\n", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be changed"):
        write_settings(path, {"rate": 170})

    assert path.read_text() == "[voice\n"


def test_what_is_written_is_toml_that_others_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    write_settings(
        path, {"music": "off", "ticks": False, "coaching": SETTINGS["coaching"].kind.read("brief")}
    )

    assert tomlkit.parse(path.read_text()).unwrap() == {
        "sound": {"music": False},
        "coaching": {"ticks": False, "detail": "brief"},
    }
