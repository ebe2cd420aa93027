"""What a listener asks for, and the ONE table of what they can choose.

A row of the table is a field of `Wishes`. Command-line options, `config.toml`, the settings screen, the
bookmark, the table in the README and completion in the shell are all made from it, so a new setting is a row
here and the place that obeys it. A wish that was not made is None: then the script decides, then the
settings, then the default.

A front end says what it wants with a `Request`, never with a bag of options.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

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
from player.session import Coaching, Safety
from player.speech.manner import PITCH, PITCHES, RATES

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_PLAN = 3650
"""Days; ten years."""
MOST_EXTRA = 600
"""Seconds; ten minutes are enough to get ready."""
THEMES = ("dark", "light")
VERSION = 2
"""The version of a bookmark's mapping; raised when an older program would be misled."""
AS_SCRIPT = "as the script says"


class KeepAwake(StrEnum):
    """Whether a soft noise is beneath the session, so that the loudspeaker does not fall asleep."""

    AUTO = "auto"
    """In files, and live on what is connected by Bluetooth."""
    ON = "on"
    OFF = "off"


class Group(StrEnum):
    """A heading in help and on the settings screen."""

    DOSE = "The dose"
    COACHING = "How you are coached"
    MUSIC = "The music"
    VOICE = "The voice"
    SOUND = "The sound"
    SCREEN = "The screen"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: what a listener can choose."""

    name: str
    """The field of `Wishes`; the option has the same name with dashes."""
    kind: SettingKind
    group: Group
    help: str
    """Its help, in lower case; help adds the default in brackets."""
    usual: object = None
    """The default; None: the script decides."""
    key: tuple[str, str] | None = None
    """Table and key in `config.toml`; None: chosen for each run."""
    option: bool = True
    """Whether there is a command-line option."""
    label: str = ""
    """Its label on the settings screen; empty: not shown."""
    offers: tuple[tuple[object, str], ...] = ()
    """The values on the settings screen, each with its words; None is the default."""
    kept: bool = False
    """It changes what is said or when, so a resumed session keeps it."""


def _choose(kind: SettingKind, group: Group, text: str, **more: Any) -> Any:  # noqa: ANN401  a field of any type
    """A field of `Wishes` with its row of the table."""
    return field(default=None, metadata={"row": (kind, group, text, more)})


def _steps(low: int, high: int, step: int, unit: str) -> tuple[tuple[object, str], ...]:
    return tuple((value, f"{value}{unit}") for value in range(low, high + 1, step))


@dataclass(frozen=True, slots=True)
class Wishes:
    """A listener's choices; None where they made none."""

    day: int | None = _choose(
        NumberKind(1, LONGEST_PLAN, "N", whole=True), Group.DOSE,
        "the day of your plan; doses that grow depend on it", usual=1, kept=True,
        label="Day, this time", offers=_steps(1, 60, 1, ""),
    )  # fmt: skip
    level: float | None = _choose(
        NumberKind(0, 1, "0..1"), Group.DOSE, "where in each dose range: 0 is the low end; not with --day",
        kept=True,
    )  # fmt: skip
    coaching: Coaching | None = _choose(
        WordKind(Coaching), Group.COACHING, "how much is said; brief leaves out what you know",
        usual=Coaching.FULL, key=("coaching", "detail"), kept=True, label="Coaching",
        offers=(
            (None, AS_SCRIPT), (Coaching.FULL, "full"), (Coaching.BRIEF, "brief: without what you know"),
        ),
    )  # fmt: skip
    ticks: bool | None = _choose(
        SwitchKind(), Group.COACHING, "soft ticks in the last three seconds of longer holds", usual=True,
        key=("coaching", "ticks"), kept=True, label="Ticks",
        offers=((None, AS_SCRIPT), (True, "in the last seconds of longer holds"), (False, "none")),
    )  # fmt: skip
    safety: Safety | None = _choose(
        WordKind(Safety), Group.COACHING, "the advice at the start", usual=Safety.SHORT,
        key=("coaching", "safety"), kept=True, label="Safety advice",
        offers=((None, AS_SCRIPT), (Safety.FULL, "full"), (Safety.SHORT, "short")),
    )  # fmt: skip
    extra_get_ready: float | None = _choose(
        NumberKind(0, MOST_EXTRA, "SECONDS", what="seconds", unit="s"), Group.COACHING,
        "more time before every exercise", usual=0.0, key=("coaching", "extra_get_ready"), kept=True,
        label="Getting ready",
        offers=((None, AS_SCRIPT), *((float(one), f"{one} s longer") for one in (2, 5, 10, 15, 20, 30))),
    )  # fmt: skip
    music: str | None = _choose(
        MusicKind(), Group.MUSIC, "music: a bed's name, a sound file, or off", key=("sound", "music"),
        kept=True, label="Music", offers=((None, AS_SCRIPT), ("off", "none")),
    )  # fmt: skip
    music_level: float | None = _choose(
        NumberKind(-40, 6, "DB", what="decibels", unit="db"), Group.MUSIC, "softer or louder, from -40 to 6",
        usual=0.0, kept=True,
    )  # fmt: skip
    voice: str | None = _choose(
        TextKind("ID|FILE.onnx"), Group.VOICE, "the voice, from `cuemat voices`",
        key=("voice", "name"), kept=True, label="Voice",
        offers=((None, "the clearest that is installed"),),
    )  # fmt: skip
    rate: int | None = _choose(
        NumberKind(RATES[0], RATES[-1], "WPM", whole=True), Group.VOICE,
        "words a minute; without it, each voice has a pace of its own",
        key=("voice", "rate"), kept=True, label="Words a minute",
        offers=(*_steps(RATES[0], 175, 5, ""), (None, "the voice's own"), *_steps(180, RATES[-1], 5, "")),
    )  # fmt: skip
    pitch: int | None = _choose(
        NumberKind(PITCHES[0], PITCHES[-1], "0..99", whole=True), Group.VOICE, "the pitch of the voice",
        usual=PITCH, key=("voice", "pitch"), kept=True, label="Pitch",
        offers=_steps(PITCHES[0], PITCHES[-1], 5, ""),
    )  # fmt: skip
    output: str | None = _choose(
        TextKind("ADAPTER[:DEVICE]"), Group.SOUND, "where sound goes, from `cuemat outputs`",
        key=("sound", "output"), label="Output",
    )  # fmt: skip
    volume: int | None = _choose(
        NumberKind(0, 100, "0..100", whole=True), Group.SOUND, "the volume in percent", usual=100,
        key=("sound", "volume"), label="Volume", offers=_steps(0, 100, 5, " %"),
    )  # fmt: skip
    keep_awake: KeepAwake | None = _choose(
        AutoKind(KeepAwake), Group.SOUND, "a noise too soft to hear: no loudspeaker sleeps through a word",
        usual=KeepAwake.AUTO, key=("sound", "keep_awake"), kept=True, label="Keep awake",
        offers=(
            (KeepAwake.AUTO, "in files and on Bluetooth"), (KeepAwake.ON, "always"), (KeepAwake.OFF, "never"),
        ),
    )  # fmt: skip
    theme: str | None = _choose(
        WordKind(THEMES), Group.SCREEN, "the colours of the control panel", usual=THEMES[0],
        key=("screen", "theme"), option=False, label="Theme", offers=tuple((one, one) for one in THEMES),
    )  # fmt: skip

    def over(self, others: Wishes) -> Wishes:
        """These wishes, completed by the others; a day here drops a level there, and the reverse."""
        dose = {"day", "level"} if self.day is not None or self.level is not None else set()
        mine = {name for name in SETTINGS if name in dose or getattr(self, name) is not None}
        return replace(others, **{name: getattr(self, name) for name in mine})


SETTINGS: dict[str, Setting] = {
    one.name: Setting(one.name, kind, group, text, **more)
    for one in fields(Wishes)
    for kind, group, text, more in [one.metadata["row"]]
}
"""The table, by name, in reading order."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to play or to write, and how the listener wants it."""

    session: str
    """A session's id, or the path of a script."""
    wishes: Wishes = Wishes()
    """The choices for this run."""
    usual: Wishes = Wishes()
    """The listener's settings."""
    start: str | None = None
    """Where to begin: a time such as "3:20", or the name or id of an exercise."""
    resumes: bool = False
    """Begin where the session stopped last time."""
    keys_as_told: bool = False
    """Whether the listener has the keys that the coach names, if it is played live."""

    def chosen(self, name: str) -> Any:  # noqa: ANN401  the field's type
        """The value where scripts do not decide: this run's wish, or the settings, or the default."""
        for wishes in (self.wishes, self.usual):
            if (value := getattr(wishes, name)) is not None:
                return value
        return SETTINGS[name].usual

    def as_mapping(self) -> dict[str, object]:
        """What a resumed session keeps, as plain data with a version; `from_mapping` reads it back."""
        wishes = {
            name: setting.kind.plain(value)
            for name, setting in SETTINGS.items()
            if setting.kept and (value := getattr(self.wishes, name)) is not None
        }
        return {"version": VERSION, "session": self.session, "wishes": wishes}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Request:
        """Read what any version of Cuemat kept; a wish that cannot be read is left out.

        Raises:
            ValueError: It names no session.
        """
        session, wishes = mapping.get("session"), mapping.get("wishes")
        if not isinstance(session, str):
            message = "no session is named"
            raise ValueError(message)  # noqa: TRY004  the caller only knows bad mappings
        if isinstance(wishes, dict):
            return cls(session, read_wishes(wishes))
        return cls(session, _read_typed(mapping.get("choices")))


def read_wishes(values: Mapping[str, object]) -> Wishes:
    """Read wishes from plain data, without those that this version does not know or allow."""
    found: dict[str, object] = {}
    for name, setting in SETTINGS.items():
        if setting.kept and values.get(name) is not None:
            try:
                found[name] = setting.kind.take(values[name])
            except RefusedError:
                continue
    if "level" in found:
        found.pop("day", None)
    return Wishes(**found)  # type: ignore[arg-type]  # checked by their kinds


def _read_typed(choices: object) -> Wishes:
    """Read the wishes that version 0.1.0 kept as typed: `--day=3`."""
    found: dict[str, object] = {}
    for typed in choices if isinstance(choices, list) else []:
        option, _, text = str(typed).partition("=")
        setting = SETTINGS.get(option.removeprefix("--").replace("-", "_"))
        if setting and setting.kept:
            with suppress(RefusedError):
                found[setting.name] = setting.kind.plain(setting.kind.read(text))
    return read_wishes(found)
