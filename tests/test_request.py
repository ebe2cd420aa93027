"""What a listener can choose: one table, from which options, settings, bookmark and README are made."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.app.kinds import (
    AutoKind,
    MusicKind,
    NumberKind,
    RefusedError,
    SettingKind,
    SwitchKind,
    TextKind,
    WordKind,
)
from player.app.prepare import Use, choices_for, manner_for, settle
from player.app.request import SETTINGS, KeepAwake, Request, Setting, Wishes
from player.app.settings import SettingsError, read_settings
from player.cli.root import make_root
from player.cli.table import COMMANDS
from player.library import Library
from player.session import Choices, Coaching, Safety
from player.speech.manner import Manner

from tests.commands import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

KINDS: tuple[SettingKind, ...] = (
    NumberKind(1, 3650, "N", whole=True), NumberKind(-40, 6, "DB", what="decibels", unit="db"),
    WordKind(Coaching), WordKind(("dark", "light")), SwitchKind(), TextKind("ID"), MusicKind(),
    AutoKind(KeepAwake),
)  # fmt: skip


def some_value(setting: Setting) -> st.SearchStrategy[object]:
    """Any value that a setting can have."""
    kind = setting.kind
    if isinstance(kind, NumberKind):
        low, high = kind.low, kind.high
        return st.integers(int(low), int(high)) if kind.whole else st.floats(low, high, allow_nan=False)
    if isinstance(kind, WordKind | AutoKind):
        return st.sampled_from(list(kind.every))
    if isinstance(kind, SwitchKind):
        return st.booleans()
    return st.text(max_size=30) if isinstance(kind, TextKind) else st.text(max_size=30) | st.just("off")


def wishes_of(found: dict[str, Any]) -> Wishes:
    return Wishes(**found)


some_wishes = st.fixed_dictionaries(
    {}, optional={name: some_value(setting) for name, setting in SETTINGS.items()}
).map(wishes_of)


# --- kinds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=str)
@given(value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()))
def test_what_a_file_holds_is_taken_or_refused_with_what_to_write(kind: SettingKind, value: object) -> None:
    refused: RefusedError | None = None
    taken: object = None
    try:
        taken = kind.take(value)
    except RefusedError as error:
        refused = error

    if refused:
        assert str(refused).endswith(f"; write {refused.instead}")
        assert str(refused).isprintable()
    assert taken is None or kind.take(kind.plain(taken)) == taken


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (NumberKind(1, 9, "N", whole=True), "3", 3),
        (NumberKind(0, 600, "S", unit="s"), "2.5S", 2.5),
        (WordKind(Coaching), "brief", Coaching.BRIEF),
        (SwitchKind(), "on", True),
        (SwitchKind(), "off", False),
        (AutoKind(KeepAwake), "auto", KeepAwake.AUTO),
        (AutoKind(KeepAwake), "on", KeepAwake.ON),
        (AutoKind(KeepAwake), "off", KeepAwake.OFF),
        (MusicKind(), "off", "off"),
    ],
    ids=str,
)
def test_what_is_typed_is_read(kind: SettingKind, typed: str, value: object) -> None:
    assert kind.read(typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (NumberKind(1, 9, "N", whole=True), "1.0"), (NumberKind(1, 9, "N"), "nan"),
        (NumberKind(1, 9, "N"), "1e400"), (NumberKind(1, 9, "N"), "9" * 5000),
        (WordKind(Coaching), "BRIEF"), (SwitchKind(), "true"), (SwitchKind(), ""),
        (AutoKind(KeepAwake), "true"), (AutoKind(KeepAwake), "ON"),
    ],
    ids=str,
)  # fmt: skip
def test_what_means_nothing_is_refused(kind: SettingKind, typed: str) -> None:
    with pytest.raises(RefusedError):
        kind.read(typed)


# --- wishes ----------------------------------------------------------------------------------------------


@given(some_wishes)
def test_a_request_survives_being_kept_as_plain_data(wishes: Wishes) -> None:
    if wishes.day is not None and wishes.level is not None:
        wishes = replace(wishes, day=None)
    kept = json.loads(json.dumps(Request("morning", wishes).as_mapping()))
    again = Request.from_mapping(kept)

    lasting = {name: getattr(wishes, name) for name, setting in SETTINGS.items() if setting.kept}
    assert again == Request("morning", wishes_of(lasting))


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_any_mapping_that_names_a_session_is_a_request(mapping: dict[str, object]) -> None:
    assert Request.from_mapping(mapping | {"session": "x"}).session == "x"


@given(some_wishes, some_wishes)
def test_a_wish_wins_over_another_and_silence_over_none(mine: Wishes, others: Wishes) -> None:
    both = mine.over(others)
    dose = {"day", "level"}
    for name in SETTINGS.keys() - dose:
        wish = getattr(mine, name)
        assert getattr(both, name) == (getattr(others, name) if wish is None else wish)
    if mine.day is not None or mine.level is not None:
        assert (both.day, both.level) == (mine.day, mine.level)


@pytest.mark.parametrize(
    ("wish", "script", "usual", "expected"),
    [
        (Safety.FULL, Safety.SHORT, Safety.SHORT, Safety.FULL),
        (None, Safety.FULL, Safety.SHORT, None),
        (None, None, Safety.FULL, Safety.FULL),
        (None, None, None, None),
    ],
    ids=["a wish wins over the script", "the script over the settings", "the settings", "nobody"],
)
def test_precedence(
    wish: Safety | None, script: Safety | None, usual: Safety | None, expected: Safety | None
) -> None:
    session = replace(Library.found().load("first-time").session, safety=script)
    request = Request("", Wishes(safety=wish), Wishes(safety=usual))

    assert choices_for(session, request).safety == expected


def test_a_voice_is_the_wish_or_the_settings_or_the_default() -> None:
    assert manner_for(Request("")) == Manner()
    assert manner_for(Request("", Wishes(rate=200), Wishes(rate=120, pitch=9))) == Manner(rate=200, pitch=9)


# --- made from the table ---------------------------------------------------------------------------------


def options_of(command: str) -> set[str]:
    root = make_root()
    found = root.get_command(click.Context(root), command)
    assert found is not None
    return {name for one in found.params if isinstance(one, click.Option) for name in one.opts}


def test_every_setting_with_an_option_is_one_of_play() -> None:
    wanted = {f"--{name.replace('_', '-')}" for name, setting in SETTINGS.items() if setting.option}

    assert wanted <= options_of("play")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_those_with_options_have_examples(command: str) -> None:
    root = make_root()
    found: Any = root.get_command(click.Context(root), command)

    assert found.get_short_help_str()
    assert found.examples or len(found.params) <= 1


def test_every_choice_that_changes_a_session_is_kept_when_it_is_resumed() -> None:
    changes = {one.name for one in fields(Choices)} | {one.name for one in fields(Manner)}

    made_from = {"waking": "keep_awake", "wakes_each": "keep_awake"}
    changes.remove("live")  # what it is prepared for, not a wish
    assert {name for name in changes if not SETTINGS[made_from.get(name, name)].kept} == set()


def test_the_readmes_table_of_settings_is_the_table() -> None:
    text = (CHECKOUT / "README.md").read_text("utf-8")
    for name, setting in SETTINGS.items():
        if setting.key:
            assert f"{setting.key[1]} = " in text, (
                f"README.md does not name [{setting.key[0]}] {setting.key[1]}"
            )
        if setting.option:
            assert f"`--{name.replace('_', '-')}" in text, f"README.md does not name --{name}"


@pytest.mark.parametrize(
    ("written", "wish"), [("true", KeepAwake.ON), ("false", KeepAwake.OFF), ('"auto"', KeepAwake.AUTO)]
)
def test_in_the_settings_file_keep_awake_is_true_false_or_auto(
    tmp_path: Path, written: str, wish: KeepAwake
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[sound]\nkeep_awake = {written}\n")

    assert read_settings(file).wishes.keep_awake is wish


def test_in_the_settings_file_keep_awake_is_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[sound]\nkeep_awake = "on"\n')

    with pytest.raises(SettingsError, match=r"sound\.keep_awake cannot be .on.; write true, false"):
        read_settings(file)


@pytest.mark.parametrize(
    ("use", "as_told", "live"),
    [(Use.LIVE, True, True), (Use.LIVE, False, False), (Use.FILE, True, False), (Use.FILES, True, False)],
)
def test_the_coach_tells_keys_only_live_and_to_a_listener_who_has_them(
    use: Use, *, as_told: bool, live: bool
) -> None:
    session = Library.found().load("morning-stretch").session

    assert choices_for(session, Request("morning-stretch", keys_as_told=as_told), use).live is live


def test_the_settings_say_whether_the_keys_are_as_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    monkeypatch.setenv("CUEMAT_CONFIG", str(file))
    assert settle(Request("any")).keys_as_told

    file.write_text('[keys]\nnext = "x"\n', encoding="utf-8")
    assert not settle(Request("any")).keys_as_told
