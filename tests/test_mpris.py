"""Media keys, by the real playerctl on a private bus; the engine's time is pumped."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse

import pytest
from player.app import cover_file
from player.app.cover_file import keep_cover
from player.engine import Back, Jump, MoreTime, Mute, Next, Pause, Quit, State
from player.engine.engine import Engine
from player.engine.stock import Stock
from player.layout import plan
from player.library import Library
from player.outputs.protocol import TroubleKind
from player.remotes import media_keys
from player.remotes.aside import FEW, hush
from player.session import Choices
from player.testing.manual_output import ManualOutput

from tests.commands import User
from tests.private_bus import OBJECT, PLAYER, Bus, listening, on_the_bus, private_bus, until
from tests.test_engine import RATE, FakeCompiler

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tests.private_bus import Answer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="MPRIS is Linux's")

DONE = (0, "", "")
PROPERTIES = "org.freedesktop.DBus.Properties"


class Playing:
    """An engine at work whose output is pumped; its own clock stands still unless it is moved."""

    def __init__(self, until_done: Collection[int] = ()) -> None:
        self.now = 0.0
        self.output = ManualOutput(RATE)
        self.stock = Stock(FakeCompiler(until_done), RATE)
        while self.stock.work():
            pass
        self.engine = Engine(self.stock, self.output, lambda: self.now)
        for _ in range(2):
            self.engine.step()
        self.threads = [threading.Thread(target=work) for work in (self.stock.run, self.engine.run)]

    def becomes(self, state: State) -> None:
        until(lambda: self.engine.snapshot.state is state, f"it is {state}")

    def sounds_at(self, level: float) -> None:
        until(lambda: abs(self.engine.snapshot.volume - level) < 1e-9, f"the volume is {level}")

    @property
    def place(self) -> tuple[int, int]:
        section, frame = self.engine.snapshot.place
        return section, int(frame)

    def hear(self, seconds: float) -> None:
        """Let time pass, and wait until the engine has seen it."""
        goal = self.engine.snapshot.elapsed + seconds
        self.output.pump(round(seconds * RATE))
        self.now += seconds
        until(lambda: self.engine.snapshot.elapsed >= goal, f"{goal} s were heard")

    def go(self, command: Next | Back | Jump | Pause | Mute | MoreTime) -> None:
        """Send a command as the keyboard does."""
        before = self.engine.snapshot
        self.engine.send(command)
        until(lambda: self.engine.snapshot is not before, f"{command} is seen")


@contextmanager
def at_work(until_done: Collection[int] = ()) -> Iterator[Playing]:
    playing = Playing(until_done)
    for thread in playing.threads:
        thread.start()
    try:
        yield playing
    finally:
        playing.engine.send(Quit())
        playing.stock.close()
        for thread in playing.threads:
            thread.join()


def remotes() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "media keys"]


@pytest.fixture(scope="module")
def shared_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    with private_bus(tmp_path_factory.mktemp("bus")) as bus:
        yield bus


@pytest.fixture
def bus(shared_bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", shared_bus.address)
    return shared_bus


@pytest.fixture
def playing() -> Iterator[Playing]:
    with at_work() as playing:
        yield playing


@pytest.fixture
def keys(bus: Bus, playing: Playing) -> Iterator[Bus]:
    """The bus, with the engine on it."""
    with media_keys(playing.engine, "Morning", clock=lambda: playing.now):
        until(lambda: "cuemat" in players(bus), "the player is on the bus")
        yield bus
    assert not remotes()
    until(lambda: not players(bus), "the player has left the bus")


def players(bus: Bus) -> list[str]:
    return bus.run("playerctl", "--list-all").stdout.split()


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.code, answer.stdout, answer.stderr


def said(keys: Bus, *words: str) -> str:
    answer = keys.playerctl(*words)
    assert (answer.code, answer.stderr) == (0, "")
    return answer.stdout


def test_what_playerctl_prints(keys: Bus, playing: Playing) -> None:
    playing.go(Next())
    names = "mpris:trackid mpris:length xesam:title xesam:album xesam:artist status volume"
    form = "|".join(f"{{{{{name}}}}}" for name in names.split())

    assert said(keys, "metadata", "--format", form) == (
        "'/cuemat/section/1'|20000000|Bridge|Morning|Cuemat|Playing|1.0"
    )


def test_pause_and_play(keys: Bus, playing: Playing) -> None:
    playing.hear(2.5)
    for command, state, status in (
        ("pause", State.PAUSED, "Paused"),
        ("pause", State.PAUSED, "Paused"),
        ("play", State.PLAYING, "Playing"),
        ("play-pause", State.PAUSED, "Paused"),
        ("play-pause", State.PLAYING, "Playing"),
        ("stop", State.PAUSED, "Paused"),
        ("play", State.PLAYING, "Playing"),
    ):
        assert told(keys.playerctl(command)) == DONE
        playing.becomes(state)
        assert said(keys, "status") == status
    assert playing.place == (0, 250)


def test_next_and_previous(keys: Bus, playing: Playing) -> None:
    for command, section, title in (("next", 1, "Bridge"), ("next", 2, "Cat"), ("previous", 1, "Bridge")):
        assert told(keys.playerctl(command)) == DONE
        assert playing.place == (section, 0)
        assert said(keys, "metadata", "xesam:title") == title
    playing.hear(4)
    assert told(keys.playerctl("previous")) == DONE
    assert playing.place == (1, 0)


def test_next_at_the_last_exercise_fails_and_moves_nothing(keys: Bus, playing: Playing) -> None:
    playing.go(Jump(2))
    playing.hear(1)

    assert told(keys.playerctl("next")) == (1, "", "No player could handle this command")
    answer = keys.send("Next")
    assert (answer.code, answer.stderr) == (
        1,
        "Error org.freedesktop.DBus.Error.Failed: this is the last exercise",
    )
    assert playing.place == (2, 100)


def test_seeking(keys: Bus, playing: Playing) -> None:
    playing.go(Pause())
    for wanted, place in (("12", (2, 200)), ("3-", (1, 400)), ("4.5+", (2, 350))):
        assert told(keys.playerctl("position", wanted)) == DONE
        assert playing.place == place
    assert float(said(keys, "position")) == 13.5


@pytest.mark.parametrize(
    "arguments",
    [
        ("objpath:/cuemat/section/2", "int64:1000000"),
        ("objpath:/cuemat/section/0", "int64:-1"),
        ("objpath:/cuemat/section/0", "int64:20000001"),
    ],
)
def test_a_position_of_another_exercise_or_outside_is_ignored(
    keys: Bus, playing: Playing, arguments: tuple[str, str]
) -> None:
    playing.hear(0.5)

    assert keys.send("SetPosition", *arguments).code == 0
    assert playing.place == (0, 50)


def test_the_volume(keys: Bus, playing: Playing) -> None:
    for wanted, level in (("0.5", 0.5), ("0.2-", 0.3), ("7", 1.0)):
        assert told(keys.playerctl("volume", wanted)) == DONE
        playing.sounds_at(level)
        assert float(said(keys, "volume")) == pytest.approx(level)
    playing.go(Mute())
    assert float(said(keys, "volume")) == 0.0


@pytest.mark.parametrize(("rate", "code"), [("1", 0), ("2", 1), ("0.5", 1)])
def test_the_speed_stays(keys: Bus, rate: str, code: int) -> None:
    wanted = (f"string:{PLAYER}", "string:Rate")
    answer = keys.send("Set", *wanted, f"variant:double:{rate}", interface=PROPERTIES)

    assert answer.code == code
    assert ("another speed would change the dose" in answer.stderr) == bool(code)
    assert "double 1\n" in f"{keys.send('Get', *wanted, interface=PROPERTIES).stdout}\n"


def test_nothing_is_said_of_what_there_is_not(keys: Bus) -> None:
    for command in (("loop",), ("shuffle",), ("open", "file:///x.mp3")):
        assert keys.playerctl(*command).code == 1
    everything = keys.send("GetAll", "string:org.mpris.MediaPlayer2", interface=PROPERTIES).stdout
    assert '"Cuemat"' in everything
    assert '"file:' not in everything


def test_the_cover_is_a_picture_that_only_its_user_can_read(
    bus: Bus, playing: Playing, tmp_path: Path
) -> None:
    title, outlines = "Test", plan(Library.found().load("first-time").session, Choices())
    with media_keys(playing.engine, title, lambda: keep_cover(tmp_path, title, outlines)):
        until(lambda: bus.playerctl("status").code == 0, "it is on the bus")
        address = bus.playerctl("metadata", "mpris:artUrl").stdout
        entry = bus.run(
            *(
                "gdbus",
                "call",
                "--session",
                "--dest",
                "org.mpris.MediaPlayer2.cuemat",
                "--object-path",
                OBJECT,
            ),
            *("--method", "org.freedesktop.DBus.Properties.Get", "org.mpris.MediaPlayer2", "DesktopEntry"),
        )
    file = Path(unquote(urlparse(address).path))

    assert address.startswith("file:///")
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_mode & 0o077 == 0
    assert "cuemat" in entry.stdout


def test_covers_that_cannot_be_kept_are_left_out_and_old_ones_go(tmp_path: Path) -> None:
    outlines = plan(Library.found().load("first-time").session, Choices())
    (tmp_path / "file").write_text("in the way")

    assert keep_cover(tmp_path / "file", "Test", outlines) == ""
    for number in range(cover_file.MOST + 3):
        keep_cover(tmp_path, f"Test {number}", outlines[:1])
    assert len(list((tmp_path / "covers").iterdir())) == cover_file.MOST


def test_a_flood_of_senseless_calls_disturbs_nothing_and_hardly_the_log(
    keys: Bus, playing: Playing, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        flood(keys.address)
        playing.hear(0.1)
        assert keys.playerctl("status").stdout == "Playing"

    assert len(caplog.records) <= FEW
    assert not any(record.exc_info for record in caplog.records)


def test_of_what_the_library_complains_about_little_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    hush("dbus_fast")
    with caplog.at_level(logging.INFO):
        for number in range(1000):
            logging.getLogger("dbus_fast.message_bus").error("no. %d", number, exc_info=ValueError("oh"))
    told = [record for record in caplog.records if "no. " in record.getMessage()]

    assert 0 < len(told) <= FEW
    assert not any(record.exc_info for record in told)
    assert told[-1].getMessage().endswith("; no more of these are logged")


def flood(address: str) -> None:
    """Call what there is not, and what there is with the wrong words, some hundred times."""
    from dbus_fast import Message, MessageFlag, Variant  # noqa: PLC0415  Linux only

    calls: list[tuple[str, str, list[Any], str]] = [
        ("Seek", "s", ["x" * 100_000], PLAYER),
        ("SetPosition", "ox", ["/x", -(2**63)], PLAYER),
        ("Nothing", "", [], PLAYER),
        ("OpenUri", "s", ["y" * 100_000], PLAYER),
        ("Set", "ssv", [PLAYER, "Rate", Variant("s", "fast")], PROPERTIES),
        ("Set", "ssv", [PLAYER, "Volume", Variant("d", float("nan"))], PROPERTIES),
        ("Get", "ss", ["", ""], PROPERTIES),
        ("Get", "s", ["only one"], PROPERTIES),
    ]

    async def send(bus: Any) -> None:  # noqa: ANN401  a bus
        for _ in range(50):
            for member, signature, body, interface in calls:
                message = Message(
                    "org.mpris.MediaPlayer2.cuemat", OBJECT, interface, member, signature=signature, body=body
                )
                message.flags = MessageFlag.NONE
                await bus.call(message)

    with on_the_bus(address, send):
        pass


def test_quit_ends_the_session(keys: Bus, playing: Playing) -> None:
    assert keys.send("Quit", interface="org.mpris.MediaPlayer2").code == 0
    until(lambda: playing.engine.closed, "the engine has ended")


def test_a_lost_device_shows_as_paused_and_play_waits_for_it(keys: Bus, playing: Playing) -> None:
    playing.output.refusal = "gone"
    playing.output.fail(TroubleKind.LOST)
    playing.becomes(State.LOST)
    assert said(keys, "status") == "Paused"
    assert told(keys.playerctl("play-pause")) == DONE

    playing.output.refusal = None
    playing.now += 2

    playing.becomes(State.PLAYING)


@pytest.mark.parametrize("command", ["play", "play-pause", "next"])
def test_a_wait_shows_as_paused_and_a_button_of_the_headset_goes_on(bus: Bus, command: str) -> None:
    with at_work(until_done=[2]) as playing, media_keys(playing.engine, "Morning", clock=lambda: playing.now):
        until(lambda: "cuemat" in players(bus), "the player is on the bus")
        playing.output.pump(15 * RATE)
        playing.becomes(State.WAITING)
        assert said(bus, "status") == "Paused"
        assert said(bus, "metadata", "xesam:title") == "Cat – press Play when you are done"
        before = said(bus, "position")
        playing.output.pump(30 * RATE)
        assert said(bus, "position") == before

        assert told(bus.playerctl(command)) == DONE
        playing.becomes(State.PLAYING)
        assert playing.place == (3, 0)
        assert said(bus, "metadata", "xesam:title") == "The end"


def test_each_jump_is_told_with_its_position(keys: Bus, playing: Playing) -> None:
    with listening(keys.address) as listener:
        for count, command in enumerate(("next", "next", "previous"), 1):
            keys.playerctl(command)
            listener.hears("Seeked", count)
        playing.go(Back())
        listener.hears("Seeked", 4)

    assert listener.of("Seeked") == [[5_000_000], [10_000_000], [5_000_000], [0]]


def test_changes_are_told_once_and_the_position_never(keys: Bus, playing: Playing) -> None:
    with listening(keys.address) as listener:
        playing.hear(4)
        keys.playerctl("pause")
        keys.playerctl("pause")
        keys.playerctl("next")
        keys.playerctl("next")
        keys.playerctl("volume", "0.5")
        until(lambda: "Volume" in listener.changed(), "the volume is told")

    assert listener.changed() == ["PlaybackStatus", "Metadata", "CanGoNext", "Metadata", "Volume"]
    assert len(listener.of("Seeked")) == 2


def test_a_position_that_stands_still_is_told(keys: Bus, playing: Playing) -> None:
    playing.hear(4.5)
    with listening(keys.address) as listener:
        playing.go(MoreTime())
        playing.output.pump(250)
        playing.now += 2.5
        until(lambda: listener.of("Seeked"), "clients know that it stands still")

    assert listener.of("Seeked")[-1] == [4_500_000]


def test_a_second_player_has_a_name_of_its_own(keys: Bus, playing: Playing) -> None:
    with at_work() as other, media_keys(other.engine, "Evening", clock=lambda: other.now):
        until(lambda: len(players(keys)) == 2, "both are on the bus")
        second = next(name for name in players(keys) if name != "cuemat")
        assert second.startswith("cuemat.instance")
        assert told(keys.playerctl("next", player=second)) == DONE
        assert said(keys, "metadata", "xesam:album") == "Morning"
        assert (playing.place, other.place) == ((0, 0), (1, 0))


@contextmanager
def _nobody_listens(folder: Path) -> Iterator[str]:
    yield f"unix:path={folder / 'no-bus'}"


@contextmanager
def _nobody_answers(folder: Path) -> Iterator[str]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "dumb"))
        listener.listen()
        yield f"unix:path={folder / 'dumb'}"


@contextmanager
def _no_address(_folder: Path) -> Iterator[str]:
    yield ""


@contextmanager
def _nonsense(_folder: Path) -> Iterator[str]:
    yield "carrier pigeon"


@pytest.mark.parametrize(
    ("bus", "note"),
    [
        (_no_address, "InvalidAddressError"),
        (_nonsense, "InvalidAddressError"),
        (_nobody_listens, "FileNotFoundError"),
        (_nobody_answers, None),
    ],
)
def test_without_a_bus_the_session_plays(
    bus: object,
    note: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with ExitStack() as stack, caplog.at_level(logging.INFO):
        assert callable(bus)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", stack.enter_context(bus(tmp_path)))
        playing = stack.enter_context(at_work())
        with media_keys(playing.engine, "Morning"):
            if note:
                until(lambda: note in caplog.text, "the log says why")
            playing.hear(1)
        assert not remotes()
        assert playing.place == (0, 100)
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


def test_a_bus_that_dies_takes_nothing_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, playing: Playing
) -> None:
    with private_bus(tmp_path) as bus, caplog.at_level(logging.INFO):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        with media_keys(playing.engine, "Morning", clock=lambda: playing.now):
            until(lambda: players(bus) == ["cuemat"], "the player is on the bus")
            bus.kill()
            playing.go(Next())
            until(lambda: not remotes(), "the remote has ended")
            playing.hear(1)

    assert playing.place == (1, 100)
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


SHORT = """\
title: Short
steps:
  - exercise: {name: Warm, role: warm-up, say: March., move: 30s}
  - exercise: {name: Bridge, say: Lift., hold: 30s}
  - exercise: {name: Cool, role: cool-down, say: Breathe., move: 30s}
"""


def test_the_command_is_driven_as_well(bus: Bus, tmp_path: Path) -> None:
    user = User(tmp_path)
    user.write("short.yaml", SHORT)
    command = [sys.executable, "-m", "player", "play", "short.yaml", "--plain", "--output", "silent"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=user.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as play:
        until(lambda: "cuemat" in players(bus), "the player is on the bus")
        assert said(bus, "metadata", "xesam:album") == "Short"
        codes = [bus.playerctl("next").code for _ in range(4)]
        assert codes[-1] == 1
        assert said(bus, "metadata", "xesam:title") == "Cool"
        assert bus.send("Quit", interface="org.mpris.MediaPlayer2").code == 0
        _, errors = play.communicate(timeout=20)

    assert (play.returncode, errors) == (0, "")
