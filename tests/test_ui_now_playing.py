"""The screen that plays, on an engine whose time is pumped: every key, playing and paused."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from player.engine import (
    Again,
    Back,
    Command,
    Done,
    MoreTime,
    Mute,
    Next,
    Quit,
    SeekBy,
    SeekTo,
    State,
    Toggle,
    Volume,
    Whereabouts,
)
from player.errors import OutputError
from player.outputs.protocol import TroubleKind
from player.testing.panel import NOW, Still, example
from player.timeline import PhaseKind
from player.ui.glyphs import BARS, CROSS, SQUARE
from player.ui.screens.now_playing import NowPlaying
from player.ui.widgets.banner import Banner
from player.ui.widgets.bar import Bar
from player.ui.widgets.big_text import BigText
from player.ui.widgets.dose import DoseFigures
from player.ui.widgets.strip import SessionStrip
from textual.css.query import NoMatches
from textual.worker import WorkerState

from tests.panels import Stage, pumped, watch
from tests.test_engine import Player, frames

if TYPE_CHECKING:
    from player.app.ports import Playing
    from player.app.request import Request
    from player.engine import Snapshot

PAUSED = replace(NOW, state=State.PAUSED)
WAITING = replace(NOW, state=State.WAITING, waits=True)
DRAWN = " ▀▄█▌▐▖▗▘▙▚▛▜▝▞▟"
KEYS: list[tuple[str, Command]] = [
    *((key, Toggle()) for key in ("space", "p", "k")),
    *((key, Next()) for key in ("n", "greater_than_sign")),
    *((key, Back()) for key in ("b", "less_than_sign")),
    *((key, SeekBy(-10)) for key in ("left", "j")),
    *((key, SeekBy(10)) for key in ("right", "l")),
    ("t", MoreTime()),
    ("w", Whereabouts()),
    ("r", Again()),
    *((key, Volume(0.1, by=True)) for key in ("plus", "0")),
    *((key, Volume(-0.1, by=True)) for key in ("minus", "9")),
    ("m", Mute()),
]


def banner(stage: Stage) -> str:
    return stage.screen.query_one(Banner).query_one(BigText).text


def timer(stage: Stage) -> str:
    return stage.screen.query_one("#timer", BigText).text


@pytest.mark.parametrize("snapshot", [NOW, PAUSED], ids=["playing", "paused"])
def test_every_key_asks_the_engine_for_one_thing(snapshot: Snapshot) -> None:
    engine = Still(snapshot)

    async def scene(stage: Stage) -> None:
        for key, command in KEYS:
            engine.sent.clear()
            await stage.pilot.press(key)

            assert engine.sent == [command], key

    watch(scene, example(engine=engine), "any")


def test_while_it_waits_the_screen_says_which_key_goes_on_and_the_footer_has_it() -> None:
    player = Player(until_done=[1])

    async def scene(stage: Stage) -> None:
        player.hear(9)
        await stage.look()
        assert "enter Done" not in stage.text()
        await do(stage, player, "enter")
        assert player.place == (1, 400)

        player.hear(30)
        await stage.look()
        assert "Waiting" in banner(stage)
        assert timer(stage) == ""
        assert "Press enter when you are done" in stage.words("#words")
        assert "space Pause  enter Done" in stage.text()
        assert "0:10 left" in stage.text()

        await do(stage, player, "enter")
        assert (player.state, player.place) == (State.PLAYING, (2, 0))
        assert "enter Done" not in stage.text()

    watch(scene, pumped(player), "any")


def test_in_a_pause_of_a_wait_the_listener_can_be_done_too() -> None:
    player = Player(until_done=[1])

    async def scene(stage: Stage) -> None:
        player.hear(11)
        await stage.look()
        await do(stage, player, "space")
        assert "space resumes" in stage.words("#words")
        assert "enter Done" in stage.text()
        await do(stage, player, "enter")
        assert (player.state, player.place) == (State.PLAYING, (2, 0))

    watch(scene, pumped(player), "any")


def test_a_click_on_the_key_says_that_the_listener_is_done() -> None:
    engine = Still(WAITING)

    async def scene(stage: Stage) -> None:
        line = stage.text().splitlines()[-1]
        await stage.pilot.click("KeyLine", offset=(line.index("Done"), 0))
        assert engine.sent == [Done()]

    watch(scene, example(engine=engine), "any")


@pytest.mark.parametrize("paused", [False, True], ids=["playing", "paused"])
def test_go_to_jumps_to_the_chosen_exercise(paused: bool) -> None:  # noqa: FBT001  a parameter of the test
    player = Player()

    async def scene(stage: Stage) -> None:
        if paused:
            await do(stage, player, "space")
        await stage.press("g")
        assert stage.name == "GoingTo"
        await do(stage, player, "down", "enter")

        assert stage.name == "NowPlaying"
        assert player.place == (2, 0)
        assert player.state is (State.PAUSED if paused else State.PLAYING)

    watch(scene, pumped(player), "any")


@pytest.mark.parametrize("close", ["escape", "g"])
def test_go_to_can_be_closed(close: str) -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        await stage.press("slash", "j", "k", close)

        assert (stage.name, engine.sent) == ("NowPlaying", [])

    watch(scene, example(engine=engine), "any")


@pytest.mark.parametrize("snapshot", [NOW, PAUSED], ids=["playing", "paused"])
def test_help_shows_every_key(snapshot: Snapshot) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("question_mark")
        assert stage.name == "Help"
        assert "repeat the instruction" in stage.text()
        await stage.press("escape")
        assert stage.name == "NowPlaying"

    watch(scene, example(snapshot), "any")


@pytest.mark.parametrize(
    ("key", "snapshot"), [("q", NOW), ("q", PAUSED), ("escape", NOW), ("ctrl+q", PAUSED), ("ctrl+c", NOW)]
)
def test_quit_asks_and_going_on_is_the_default(key: str, snapshot: Snapshot) -> None:
    engine = Still(snapshot)

    async def scene(stage: Stage) -> None:
        await stage.press(key)
        assert stage.name == "Quitting"
        await stage.press("enter")
        assert (stage.name, engine.sent) == ("NowPlaying", [])
        await stage.press(key, "n")
        assert (stage.name, engine.sent) == ("NowPlaying", [])
        await stage.press(key, "y")
        assert engine.sent == [Quit()]
        assert stage.panel.return_value == "stopped at 5:30; resume with: cuemat play --continue"

    watch(scene, example(engine=engine), "any")


def test_quitting_with_the_list_of_the_question() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        await stage.press("q", "down", "enter")

        assert engine.sent == [Quit()]

    watch(scene, example(engine=engine), "any")


def test_quitting_goes_back_to_the_list_where_the_session_was_chosen() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("enter")
        assert stage.name == "NowPlaying"
        await stage.press("q", "y")
        assert stage.name == "Browser"
        assert stage.told() == ["stopped at 5:30"]

    watch(scene)


def test_the_strip_is_clicked_to_seek() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        strip = stage.screen.query_one(SessionStrip)
        await stage.pilot.click(strip, offset=(37, 1))

        [command] = engine.sent
        assert isinstance(command, SeekTo)
        assert command.seconds == pytest.approx(37.5 / strip.size.width * NOW.length)

    watch(scene, example(engine=engine), "any")


def test_the_footer_s_keys_are_buttons() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        line = stage.text().splitlines()[-1]
        for word in ("Pause", "Next", "More"):
            await stage.pilot.click("KeyLine", offset=(line.index(word), 0))
        assert engine.sent == [Toggle(), Next(), MoreTime()]

        for nothing in (0, line.index("Pause") + len("Pause"), len(line) + 1):
            await stage.pilot.click("KeyLine", offset=(nothing, 0))
        assert len(engine.sent) == 3

    watch(scene, example(engine=engine), "any")


def test_the_command_palette_does_what_keys_do() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        await stage.pilot.press("ctrl+p")
        await stage.press(*"mute")
        await stage.press("enter")
        await stage.press("enter")

        assert engine.sent == [Mute()]

    watch(scene, example(engine=engine), "any")


def test_the_command_palette_names_each_thing_once() -> None:
    async def scene(stage: Stage) -> None:
        commands = [command.title for command in stage.panel.get_system_commands(stage.screen)]

        assert {"Next exercise", "Mute, and unmute", "End the session, after a question"} <= set(commands)
        assert len(commands) == len(set(commands))
        assert not {"Focus Next", "Copy selected text"} & set(commands)

    watch(scene, example(engine=Still()), "any")


def test_a_search_for_a_command_that_fails_ends_no_session() -> None:
    async def fail() -> None:
        raise NoMatches

    async def scene(stage: Stage) -> None:
        await stage.pilot.press("ctrl+p")
        await stage.pilot.press("ctrl+p")
        worker = stage.screen.run_worker(fail())
        await stage.pilot.pause()
        assert worker.state is WorkerState.ERROR
        assert stage.name == "Palette"
        await stage.pilot.press("escape")
        await stage.pilot.pause()

        assert stage.name == "NowPlaying"
        assert stage.panel.fault is None

    watch(scene, example(engine=Still()), "any")


async def do(stage: Stage, player: Player, *keys: str) -> None:
    await stage.press(*keys)
    player.turn()
    await stage.look()


def test_what_is_shown_follows_what_is_heard() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        player.hear(1.5)
        await stage.look()
        assert (banner(stage), timer(stage)) == (f"{SQUARE} Hold", "3")
        assert stage.words("#words") == "100"
        assert stage.screen.has_class("-hold")
        player.hear(3)
        await stage.look()
        assert timer(stage) == "1"
        assert stage.screen.has_class("-rest")
        assert not stage.screen.has_class("-hold")
        await do(stage, player, "n")
        assert stage.screen.query_one("#name", BigText).text == "Bridge"
        assert stage.screen.query_one(Bar).done == 0

    watch(scene, pumped(player), "any")


def test_pausing_and_going_on() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        player.hear(3)
        await do(stage, player, "space")
        assert (banner(stage), player.hear(1)) == (f"{BARS} Paused", [])
        assert "space resumes" in stage.words("#words")
        await do(stage, player, "space")
        assert banner(stage) == f"{SQUARE} Hold"
        assert player.hear(2)[150:] == frames(0, 300, 350)

    watch(scene, pumped(player), "any")


def test_back_restarts_the_exercise_and_then_goes_to_the_one_before() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        player.hear(13.5)
        await do(stage, player, "b")
        assert player.place == (2, 0)
        await do(stage, player, "b")
        assert player.place == (1, 0)

    watch(scene, pumped(player), "any")


def test_more_time_and_the_refusal_of_it_are_shown() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        player.hear(2.5)
        await do(stage, player, "t")
        assert stage.words("#words").startswith("more time works in rests")
        player.hear(2)
        await do(stage, player, "t")
        assert stage.words("#words").startswith("ten more seconds")

    watch(scene, pumped(player), "any")


def test_volume_mute_and_what_is_still_being_prepared_stand_beside_the_phase() -> None:
    player = Player(ready=False)

    async def scene(stage: Stage) -> None:
        assert banner(stage).endswith("One moment")
        player.stock.work()
        await do(stage, player, "minus")
        assert "≈ 0:17 left" in stage.text()
        assert "volume 90% · preparing 1 of 4" in stage.text()
        await do(stage, player, "m")
        assert "muted" in stage.text()
        player.ready = True
        await do(stage, player, "m", "plus")
        assert "0:20 left" in stage.text()
        assert "≈" not in stage.text()
        assert "preparing" not in stage.text()

    watch(scene, pumped(player), "any")


def test_a_lost_device_is_said_with_what_can_be_done_and_playing_goes_on() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        player.hear(3)
        player.output.fail(TroubleKind.LOST)
        player.output.refusal = "no sound device"
        player.turn()
        await stage.look()
        assert banner(stage) == f"{CROSS} No sound"
        assert "retrying" in stage.words("#words")
        assert "resumes when the sound is back" in stage.words("#words")
        player.output.refusal = None
        player.now += 1.0
        player.turn()
        await stage.look()
        assert banner(stage) == f"{SQUARE} Hold"

    watch(scene, pumped(player), "any")


def test_another_device_stays_paused_and_space_goes_on() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        player.hear(3)
        player.output.fail(TroubleKind.CHANGED, device="Loudspeakers")
        player.turn()
        await stage.look()
        assert "sound would now come from Loudspeakers; paused · space resumes" in stage.words("#words")
        await do(stage, player, "space")
        assert player.state is State.PLAYING

    watch(scene, pumped(player), "any")


def test_a_fault_is_shown_and_leaving_it_does_not_ask() -> None:
    error = OutputError("no sound device")
    failed = replace(NOW, state=State.FAILED, message="no sound device", error=error)

    async def scene(stage: Stage) -> None:
        assert "no sound device · q goes back" in stage.words("#words")
        await stage.press("q")
        assert stage.panel.return_value is error

    watch(scene, example(failed), "any")


def test_the_end_shows_what_was_done_and_what_was_left_out() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        for _ in range(3):
            player.hear(2)
            await stage.look()
        await do(stage, player, "n")
        for _ in range(10):
            player.hear(1)
            await stage.look()
        await stage.settle()
        assert stage.name == "Closing"
        assert "–  Bridge  left out" in stage.text()
        assert "✓  Cat  5 times" in stage.text()
        assert "0:16 of listening and moving." in stage.text()
        await stage.press("enter")
        assert stage.panel.return_value is None

    watch(scene, pumped(player), "any")


def test_the_end_closes_whatever_lies_over_the_screen() -> None:
    player = Player()

    async def scene(stage: Stage) -> None:
        await stage.press("enter", "question_mark")
        playing = next(one for one in stage.panel.screen_stack if isinstance(one, NowPlaying))
        player.hear(20.1)
        playing.look()
        await stage.settle()
        assert stage.name == "Closing"
        await stage.press("q")
        assert stage.name == "Browser"

    watch(scene, pumped(player))


def test_a_remote_that_ends_the_session_ends_the_screen() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        await stage.press("enter")
        engine.closed = True
        await stage.look()
        assert stage.name == "Browser"

    watch(scene, example(engine=engine))


def test_a_session_that_cannot_begin_says_why_where_it_was_chosen() -> None:
    error = OutputError("no voice can speak")

    def refuse(_: Request) -> Playing:
        raise error

    async def scene(stage: Stage) -> None:
        await stage.press("enter")
        assert stage.name == "Browser"
        assert stage.told() == ["no voice can speak"]

    watch(scene, replace(example(), play=refuse))


def test_a_session_that_cannot_begin_ends_the_panel_that_was_opened_for_it() -> None:
    error = OutputError("no voice can speak")

    def refuse(_: Request) -> Playing:
        raise error

    async def scene(stage: Stage) -> None:
        assert stage.panel.return_value is error

    watch(scene, replace(example(), play=refuse), "any")


def test_a_session_that_begins_after_its_screen_was_left_is_closed() -> None:
    begun, closed, may_begin = threading.Event(), threading.Event(), threading.Event()
    ports = example()

    def slow(request: Request) -> Playing:
        begun.set()
        assert may_begin.wait(10)
        return replace(ports.play(request), close=closed.set)

    async def scene(stage: Stage) -> None:
        await stage.pilot.press("enter")
        assert begun.wait(10)
        await stage.pilot.press("q")
        await stage.pilot.pause()
        assert stage.name == "Browser"
        may_begin.set()
        await stage.settle()
        assert closed.wait(10)

    watch(scene, replace(ports, play=slow))


def test_leaving_a_session_closes_it() -> None:
    closed = threading.Event()
    ports = example()

    async def scene(stage: Stage) -> None:
        await stage.press("enter")
        await stage.press("q", "y")
        assert closed.wait(10)

    watch(scene, replace(ports, play=lambda one: replace(ports.play(one), close=closed.set)))


def test_a_frozen_screen_does_not_touch_the_sound() -> None:
    player = Player()
    heard: list[int] = []

    async def scene(stage: Stage) -> None:
        await stage.look()
        pumping = threading.Thread(target=lambda: heard.extend(player.hear(4)))
        pumping.start()
        pumping.join()  # in the panel's own loop: for so long nothing is drawn and no key is read

        assert heard == frames(0, 0, 400)
        await stage.look()
        assert stage.screen.has_class("-rest")

    watch(scene, pumped(player), "any")


def test_what_a_script_says_is_neither_markup_nor_a_control() -> None:
    nasty = "[bold]x[/bold] \x1b[2J[link=file:///]\u202eevil"
    snapshot = replace(NOW, saying=nasty, title=nasty, message=nasty)

    async def scene(stage: Stage) -> None:
        assert "[bold]x[/bold] [2J[link=file:///]evil" in stage.words("#words").replace("\n", "")
        assert not {"\x1b", "\u202e"} & set(stage.text())

    watch(scene, example(snapshot), "any")


def test_sides_sets_and_reps_are_shapes() -> None:
    doing = replace(NOW.activity, side="right", set=2, sets=3, rep=2, reps=4)

    async def scene(stage: Stage) -> None:
        dose = "\n".join(
            stage.screen.query_one(DoseFigures).render_line(y).text.strip() for y in range(3)
        ).split("\n")
        assert [row for row in dose if row] == ["● ◉ ○ ○  rep 2 of 4", "■ ▣ □  set 2 of 3"]
        assert stage.screen.query_one("#side", BigText).text.startswith("Right")

    watch(scene, example(replace(NOW, activity=doing)), "any")


def test_phase_time_and_name_are_drawn_big_at_every_size_and_in_every_phase() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        for size in ((40, 12), (80, 24), (120, 40)):
            await stage.pilot.resize_terminal(*size)
            for phase in PhaseKind:
                engine.snapshot = replace(NOW, phase=phase)
                await stage.look()
                for big in stage.screen.query(BigText):
                    assert big.size.height >= 3
                    assert all(letter in DRAWN for letter in row(big, big.size.height // 2)), (size, big.text)

    watch(scene, example(engine=engine), "any")


def test_in_a_tiny_terminal_shapes_are_signs_that_every_font_has() -> None:
    engine = Still()

    async def scene(stage: Stage) -> None:
        for phase in PhaseKind:
            engine.snapshot = replace(NOW, phase=phase)
            await stage.look()
            assert stage.text().replace("\n", "").isprintable()
        assert "← Left" in stage.text()

    watch(scene, example(engine=engine), "any", size=(20, 5))


def row(big: BigText, y: int) -> str:
    return big.render_line(y).text


def test_without_colour_letters_are_drawn_by_shape_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def scene(stage: Stage) -> None:
        name = stage.screen.query_one("#name", BigText)
        assert "▄" in "".join(row(name, y) for y in range(name.size.height))

    watch(scene, example(), "any")


def test_without_motion_the_bar_moves_by_whole_cells() -> None:
    async def scene(stage: Stage) -> None:
        stage.panel.animation_level = "none"
        await stage.look()
        assert stage.screen.query_one(Bar).done % 8 == 0

    watch(scene, example(), "any")


def test_the_place_of_the_run_before_is_offered_and_c_goes_there() -> None:
    ports, gone = example(), threading.Event()
    offers = ["Morning stretch stopped at 4:10, today at 07:40; c resumes it"]

    def play(request: Request) -> Playing:
        return replace(ports.play(request), offer=lambda _key: offers[0], go_on=gone.set)

    async def scene(stage: Stage) -> None:
        assert offers[0] in stage.words("#words")
        await stage.press("c")
        assert gone.is_set()
        offers[0] = ""
        await stage.look()
        assert "c resumes it" not in stage.words("#words")

    watch(scene, replace(ports, play=play), "morning-stretch")
