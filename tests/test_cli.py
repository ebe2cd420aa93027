"""The commands as a user types them: results, messages, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from player import __version__
from player.app.settings import read_settings
from player.errors import UserError

from tests.commands import CHECKOUT, Outcome, User

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = """\
title: Short
steps:
  - exercise: {name: Warm, role: warm-up, say: March., move: 3s}
  - exercise:
      name: Bridge
      position: on your back
      say: Lift your hips.
      cue: Lift.
      hold: 5s
      reps: 2-4
      sides: each
  - exercise: {name: Cool, role: cool-down, say: Breathe., move: 3s}
"""


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    return User(tmp_path, spoken)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, spoken: Path) -> dict[str, Any]:
    user = User(tmp_path_factory.mktemp("home"), spoken)
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("show", "short.yaml", "--json", "--level", "0.5")
    assert outcome.code == 0, outcome.stderr
    loaded: dict[str, Any] = json.loads(outcome.stdout)
    return loaded


def test_version(user: User) -> None:
    assert user.cuemat("--version").stdout == f"cuemat {__version__}\n"


def test_list_shows_the_bundled_sessions_and_the_users_own_first(user: User) -> None:
    user.write("data/scripts/mine.yaml", SHORT)
    user.write("data/scripts/broken.yaml", "title: Broken\ntags: {}\nsteps: []")
    outcome = user.cuemat("list")
    lines = outcome.stdout.splitlines()

    assert outcome.code == 0
    assert lines[0].startswith("Yours")
    assert any(line.startswith("  mine") and "Short" in line for line in lines)
    assert any(line.startswith("  broken") and "broken.yaml:" in line for line in lines)
    assert any(line.startswith("  morning-stretch") for line in lines)


def test_an_unknown_session_is_met_with_what_was_meant(user: User) -> None:
    outcome = user.cuemat("show", "morning-strech")

    assert outcome.code == 2
    assert outcome.stdout == ""
    assert outcome.stderr == "cuemat: unknown session 'morning-strech'; did you mean 'morning-stretch'?\n"


def test_all_mistakes_of_a_script_are_told_at_once_with_their_places(user: User) -> None:
    user.write(
        "bad.yaml",
        "title: Bad\nstep: 1\nsteps:\n  - exercise: pelvic-tlt\n    reps: many\n  - rest: 5 foot\n",
    )
    outcome = user.cuemat("check", "bad.yaml")
    lines = outcome.stderr.splitlines()

    assert outcome.code == 2
    assert len(lines) == 4
    assert [line.split(": ")[0] for line in lines] == [
        "bad.yaml:2:1",
        "bad.yaml:4:15",
        "bad.yaml:5:11",
        "bad.yaml:6:11",
    ]
    assert "did you mean 'steps'" in lines[0]
    assert "did you mean 'pelvic-tilt'" in lines[1]


def test_a_good_script_is_ok_and_its_length_is_marked_as_an_estimate(user: User) -> None:
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("check", "short.yaml")

    assert outcome.code == 0
    assert outcome.stdout.startswith("short.yaml: ok, ≈ ")


def test_check_speak_measures(user: User) -> None:
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("check", "--speak", "short.yaml")

    assert outcome.code == 0
    assert "≈" not in outcome.stdout


CROWDED = SHORT.replace("cue: Lift.", "cue: Now slowly lift your hips as high as they will go.").replace(
    "hold: 5s", "move: 1s"
)


@pytest.mark.parametrize(("arguments", "sign"), [((), "≈ "), (("--speak",), "")])
def test_words_that_do_not_fit_their_movement_are_a_mistake(
    user: User, arguments: tuple[str, ...], sign: str
) -> None:
    user.write("crowded.yaml", CROWDED)
    outcome = user.cuemat("check", "crowded.yaml", *arguments)

    assert outcome.code == 2
    assert outcome.stderr.startswith(f"crowded.yaml:8:12: {sign}'")
    assert "write fewer words, or give more time" in outcome.stderr


def test_a_session_over_three_hours_is_a_mistake(user: User) -> None:
    steps = "\n".join(f"  - rest: {30 * 60 - index}s" for index in range(7))
    user.write("long.yaml", f"title: Long\nsteps:\n{steps}\n")
    outcome = user.cuemat("check", "long.yaml")

    assert outcome.code == 2
    assert "3 hours" in outcome.stderr or "three hours" in outcome.stderr


@pytest.mark.parametrize("command", ["check", "show", "play", "export -o growing.wav"])
def test_a_dose_that_would_grow_for_days_on_end_is_refused_before_it_is_laid_out(
    user: User, command: str
) -> None:
    growing = "reps: 200\n    hold: 1s\n    progress: {hold: +30 min, every: 1 day, up_to: 1800}"
    user.write("growing.yaml", f"title: Growing\nsteps:\n  - exercise: bridge\n    {growing}\n")
    assert user.cuemat("check", "growing.yaml").code == 0

    outcome = user.cuemat(*command.split(), "growing.yaml", "--day", "400")

    assert outcome.code == 2
    last = outcome.stderr.splitlines()[-1]
    assert last.endswith("the session lasts more than 300 hours; the limit is three hours, so split it")


def test_a_session_without_warm_up_or_cool_down_is_only_warned_about(user: User) -> None:
    user.write("bare.yaml", "title: Bare\nsteps:\n  - exercise: bridge\n")
    outcome = user.cuemat("check", "bare.yaml")

    assert outcome.code == 0
    assert [line.split(": ")[1] for line in outcome.stderr.splitlines()] == ["warning", "warning"]


def test_an_exercise_file_is_checked_too(user: User) -> None:
    user.write("plank.yaml", "name: Plank\nsay: Lift.\nhold: 0\n")
    outcome = user.cuemat("check", "plank.yaml", CHECKOUT / "scripts" / "exercises" / "bridge.yaml")

    assert outcome.code == 2
    assert outcome.stderr.startswith("plank.yaml:3:7: a hold cannot be 0")
    assert "an exercise" in outcome.stdout


def test_day_and_level_are_not_given_together(user: User) -> None:
    outcome = user.cuemat("show", "morning-stretch", "--day", "2", "--level", "1")

    assert outcome.code == 2
    assert "give only one" in outcome.stderr


@pytest.mark.parametrize(
    "option",
    [
        ("--day", "0"),
        ("--level", "1.5"),
        ("--coaching", "loud"),
        ("--extra-get-ready", "-1"),
        ("--rate", "9"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(user: User, option: tuple[str, str]) -> None:
    outcome = user.cuemat("show", "morning-stretch", *option)

    assert outcome.code == 2
    assert "Traceback" not in outcome.stderr


def test_an_unknown_voice_is_refused_with_what_was_meant(user: User) -> None:
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("export", "short.yaml", "-o", "short.wav", "--voice", "en-uss")

    assert outcome.code == 2
    assert "en-us" in outcome.stderr
    assert not (user.home / "short.wav").exists()


def test_an_existing_target_is_kept_without_force(user: User) -> None:
    user.write("short.yaml", SHORT)
    target = user.write("short.wav", "precious")
    refused = user.cuemat("export", "short.yaml", "-o", "short.wav")

    assert refused.code == 2
    assert "--force" in refused.stderr
    assert target.read_text() == "precious"

    assert user.cuemat("export", "short.yaml", "-o", "short.wav", "--force").code == 0
    assert target.read_bytes()[:4] == b"RIFF"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no such sealed folder here")
def test_what_cannot_be_done_is_one_line_and_exit_code_one(user: User) -> None:
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("export", "short.yaml", "-o", "/proc/short.wav")

    assert outcome.code == 1
    assert len(outcome.stderr.splitlines()) == 1


def test_the_same_export_twice_is_the_same_file(user: User) -> None:
    user.write("short.yaml", SHORT)
    for name in ("one.wav", "two.wav", "one.flac", "two.flac"):
        assert user.cuemat("export", "short.yaml", "-o", name).code == 0

    for ending in ("wav", "flac"):
        assert (user.home / f"one.{ending}").read_bytes() == (user.home / f"two.{ending}").read_bytes()


def test_two_exports_of_one_session_at_once_are_both_whole(user: User) -> None:
    user.write("short.yaml", SHORT)
    command = [sys.executable, "-m", "player", "export", "short.yaml", "-o"]
    both = [
        subprocess.Popen([*command, name], cwd=user.home, env=user.environment, stdout=subprocess.PIPE)
        for name in ("one.wav", "two.wav")
    ]

    assert [(one.communicate(timeout=120), one.returncode)[1] for one in both] == [0, 0]
    assert (user.home / "one.wav").read_bytes()[:4] == b"RIFF"
    assert abs((user.home / "one.wav").stat().st_size - (user.home / "two.wav").stat().st_size) < 96_000


def test_show_json_is_the_documented_interface(shown: dict[str, Any]) -> None:
    keys = {
        "": "format session title language voice day level rate frames exercises sections cues phases marks",
        "exercises": "id name kind role avoid_if dose",
        "sections": "start length exercise_id until_done",
        "phases": "start length kind exercise exercise_id position set sets rep reps side n of",
        "marks": "start title kind",
    }

    assert list(shown) == keys[""].split()
    assert (shown["format"], shown["session"], shown["rate"], shown["level"]) == (2, "short", 48_000, 0.5)
    for name in ("exercises", "sections", "phases", "marks"):
        assert all(list(entry) == keys[name].split() for entry in shown[name])
    for cue in shown["cues"]:
        content = "text" if cue["kind"] == "speech" else "sound"
        assert list(cue) == ["start", "length", "kind", content, "source"]
        assert list(cue["source"]) == ["file", "line"]


def test_show_json_says_what_the_exercises_are(shown: dict[str, Any]) -> None:
    assert [(one["name"], one["role"]) for one in shown["exercises"]] == [
        ("Warm", "warm-up"),
        ("Bridge", None),
        ("Cool", "cool-down"),
    ]
    assert {one["id"] for one in shown["exercises"]} == {
        section["exercise_id"] for section in shown["sections"] if section["exercise_id"]
    }
    assert not any(section["until_done"] for section in shown["sections"])


def test_show_json_still_has_the_first_format(user: User) -> None:
    user.write("short.yaml", SHORT)
    old = json.loads(user.cuemat("show", "short.yaml", "--json", "--json-format", "1").stdout)
    new = json.loads(user.cuemat("show", "short.yaml", "--json", "--json-format", "2").stdout)

    assert old["format"] == 1
    assert "exercises" not in old
    assert all(list(section) == ["start", "length", "exercise_id"] for section in old["sections"])
    assert {key: new[key] for key in ("cues", "phases", "marks")} == {
        key: old[key] for key in ("cues", "phases", "marks")
    }
    refused = user.cuemat("show", "short.yaml", "--json-format", "1")
    assert refused.code == 2
    assert refused.stderr.startswith("cuemat show: --json-format needs --json; ")


def test_show_json_covers_the_session(shown: dict[str, Any]) -> None:
    ends = [phase["start"] + phase["length"] for phase in shown["phases"]]

    assert [phase["start"] for phase in shown["phases"]] == [0, *ends[:-1]]
    assert ends[-1] == shown["frames"] == sum(section["length"] for section in shown["sections"])
    assert len(shown["sections"]) == len(shown["marks"])
    assert shown["phases"][-1]["kind"] == "done"
    assert {phase["side"] for phase in shown["phases"] if phase["kind"] == "hold"} == {"left", "right"}
    assert {phase["reps"] for phase in shown["phases"] if phase["kind"] == "hold"} == {3}
    assert [mark["title"] for mark in shown["marks"] if mark["kind"] == "exercise"] == [
        "Warm",
        "Bridge",
        "Cool",
    ]


def test_show_for_people_has_a_line_a_phase_and_what_is_said(user: User) -> None:
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("show", "short.yaml", "--coaching", "brief", "--ticks", "off")

    assert outcome.code == 0
    assert outcome.stdout.startswith("Short: ")
    assert "hold  5 s  rep 1/2  right" in outcome.stdout
    assert "“And let go.”" in outcome.stdout


def test_the_configuration_stands_between_script_and_default(user: User) -> None:
    user.write("short.yaml", SHORT)
    user.write("config.toml", '[voice]\nrate = 200\n[coaching]\nticks = false\ndetail = "brief"\n')
    quiet = json.loads(user.cuemat("show", "short.yaml", "--json").stdout)
    told = json.loads(
        user.cuemat("show", "short.yaml", "--json", "--coaching", "full", "--rate", "165").stdout
    )

    assert any(cue.get("text") == "And let go." for cue in quiet["cues"])
    assert not any(cue.get("text") == "Keep breathing." for cue in quiet["cues"])
    assert any(cue.get("text") == "Keep breathing." for cue in told["cues"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[voice]\nrat = 1\n", "unknown setting 'rat' in [voice]; did you mean 'rate'?"),
        ("[voice]\nrate = 'fast'\n", "voice.rate cannot be 'fast'; write a whole number"),
        ("[coaching]\ndetail = 'loud'\n", "coaching.detail cannot be 'loud'; write one of: full, brief"),
        ("voice = 1\n", "'voice' must be a table; write it as '[voice]'"),
        ("[voice\n", "config.toml:1:7: not TOML"),
        ("a = " + 9_999 * "[", "nested too deeply"),
        ("[sound]\nvolume = " + 9_999 * "9", "Exceeds the limit"),
        ("[sound]\nvolume = 0x" + 9_999 * "f", "sound.volume cannot be a huge number; write a whole number"),
        ("[sound]\nvolume = " + 4_000 * "9", f"sound.volume cannot be {40 * '9'}…; write a whole number"),
        (
            "[coaching]\nextra_get_ready = nan",
            "coaching.extra_get_ready cannot be nan; write seconds from 0 to 600",
        ),
        (
            "[coaching]\nextra_get_ready = -5",
            "coaching.extra_get_ready cannot be -5; write seconds from 0 to 600",
        ),
        (
            "[coaching]\nextra_get_ready = 1e9",
            "coaching.extra_get_ready cannot be 1000000000.0; write seconds",
        ),
    ],
)
def test_a_mistake_in_the_configuration_is_told(user: User, text: str, message: str) -> None:
    user.write("short.yaml", SHORT)
    user.write("config.toml", text)
    outcome = user.cuemat("check", "short.yaml")
    told = [line for line in outcome.stderr.splitlines() if "config.toml" in line]

    assert outcome.code == 0
    assert "short.yaml: ok" in outcome.stdout
    assert len(told) == 1
    assert message in told[0]
    assert told[0].endswith("; until then, the defaults apply")


def test_of_many_mistakes_in_the_configuration_the_first_is_told_and_their_number(user: User) -> None:
    user.write("config.toml", "[voice]\nrat = 1\npitch = 'low'\nrate = 9\n[vioce]\n[screen]\ntheme = 'red'\n")
    lines = user.cuemat("list").stderr.splitlines()

    assert [line.rpartition("config.toml:")[2].partition("; until")[0] for line in lines] == [
        "2:1: unknown setting 'rat' in [voice]; did you mean 'rate'? (and 4 more)"
    ]
    assert lines[0].startswith("cuemat: ")


HOSTILE: dict[str, Callable[[Path], object]] = {
    "binary": lambda path: path.write_bytes(b"\xff\xfe\x00" * 99),
    "huge": lambda path: path.write_bytes(b"#" * 2_000_000),
    "deep": lambda path: path.write_text(f"a = {'[' * 5000}"),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a link to itself": lambda path: path.symlink_to(path),
    "wrong types": lambda path: path.write_text("[voice]\nrate = []\n[keys]\nnext = 5\n"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_settings_keep_a_session_from_being_exported(user: User, kind: str) -> None:
    user.write("short.yaml", SHORT)
    HOSTILE[kind](user.home / "config.toml")
    outcome = user.cuemat("export", "short.yaml", "-o", "short.wav")

    assert outcome.code == 0
    assert (user.home / "short.wav").exists()
    assert outcome.stderr.count("config.toml") == outcome.stderr.count("until then, the defaults apply") == 1


@pytest.mark.parametrize("where", [os.devnull, "short.yaml/config.toml", "gone/config.toml"])
def test_where_no_settings_can_be_there_are_none(user: User, where: str) -> None:
    user.write("short.yaml", SHORT)
    outcome = user.cuemat("list", more={"CUEMAT_CONFIG": where})

    assert (outcome.code, outcome.stderr) == (0, "")


def test_no_home_only_means_no_settings(user: User) -> None:
    user.write("short.yaml", SHORT)
    names = ("CUEMAT_HOME", "CUEMAT_CONFIG", "CUEMAT_STATE", "CUEMAT_CACHE")
    more = {"HOME": os.devnull, **dict.fromkeys(names, "")}
    outcome = user.cuemat("export", "short.yaml", "-o", "short.wav", more=more)

    assert outcome.code == 0
    assert (user.home / "short.wav").exists()


def test_a_configuration_that_leads_to_a_pipe_or_a_device_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "config.toml"
    os.mkfifo(pipe)

    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(UserError, match="not a regular file"):
            read_settings(path)


def test_an_absurdly_large_configuration_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.touch()
    os.truncate(path, 10**12)

    with pytest.raises(UserError, match="larger than 1 MB"):
        read_settings(path)


def test_a_configuration_that_an_editor_saved_with_a_byte_order_mark_counts(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[voice]\r\nrate = 200\r\n")

    assert read_settings(path).wishes.rate == 200


def test_a_mistake_in_the_configuration_sends_nothing_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('"\\u001b[2J" = 1\n', encoding="utf-8")

    with pytest.raises(UserError) as refusal:
        read_settings(path)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{name}.yaml"),
        ("show", "{name}.yaml"),
        ("show", "{name}"),
        ("show", "short.yaml", "--svg", "{name}.svg"),
        ("show", "short.yaml", "--voice", "{name}"),
        ("show", "short.yaml", "--level", "{name}"),
        ("play", "short.yaml", "--plain", "--output", "{name}"),
        ("play", "short.yaml", "--plain", "--output", "silent", "--from", "{name}"),
        ("export", "short.yaml", "-o", "{name}.wav"),
        ("export", "short.yaml", "-o", "{name}"),
        ("export", "short.yaml", "-o", "a.wav", "--music", "{name}"),
        ("handout", "short.yaml", "-o", "{name}.html"),
        ("new", "Title", "-o", "{name}.yaml"),
        ("new", "Title", "-e", "{name}"),
        ("{name}",),
    ],
    ids=" ".join,
)
def test_what_was_typed_or_pasted_never_reaches_the_terminal_as_a_command(
    user: User, arguments: tuple[str, ...]
) -> None:
    name = "x\x1b]0;pwn\x07\u202ey"
    user.write("short.yaml", SHORT)
    user.write(f"{name}.yaml", SHORT)
    outcome = user.cuemat(*(argument.format(name=name) for argument in arguments))

    assert outcome.code in {0, 2}
    assert not [sign for sign in outcome.stdout + outcome.stderr if not sign.isprintable() and sign != "\n"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
@pytest.mark.parametrize(
    "arguments",
    [("handout", "short.yaml", "-o", "target.html"), ("new", "T", "-o", "target.html")],
    ids=["handout", "new"],
)
def test_a_pipe_is_no_target(user: User, arguments: tuple[str, ...]) -> None:
    user.write("short.yaml", SHORT)
    os.mkfifo(user.home / "target.html")
    outcome = user.cuemat(*arguments, "--force")

    assert outcome.code == 2
    assert (
        outcome.stderr == "cuemat: cannot write target.html: it is not a regular file; choose another name\n"
    )


@pytest.mark.parametrize(
    "command", [("show",), ("export", "-o", "a.wav"), ("play", "--plain", "--output", "silent")]
)
def test_a_session_that_would_hardly_ever_end_is_refused_by_whatever_would_do_it(
    user: User, command: tuple[str, ...]
) -> None:
    rests = "{name: Bridge, say: Lift., hold: 5s, reps: 200, sets: 20, rest: 30 min}"
    user.write("endless.yaml", f"title: T\nsteps:\n  - exercise: {rests}\n")
    outcome = user.cuemat(command[0], "endless.yaml", *command[1:])

    assert outcome.code == 2
    assert outcome.stderr == (
        "endless.yaml:3:5: the session takes more than 3 hours; shorten its doses or split it\n"
    )


@pytest.mark.parametrize("command", [("show",), ("export", "-o", "a.wav")])
def test_three_hours_of_words_are_refused_before_they_are_spoken(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    user = User(tmp_path)
    talk = "      - say: " + 100 * "Breathe. " + "\n"
    user.write("talk.yaml", "title: T\nsteps:\n  - repeat: 100\n    steps:\n" + 4 * talk)
    outcome = user.cuemat(command[0], "talk.yaml", *command[1:])

    assert outcome.code == 2
    assert "talk.yaml:1:1: the session lasts ≈ " in outcome.stderr
    assert not (user.home / "cache").exists()


def test_voices_lists_what_can_be_chosen(user: User) -> None:
    lines = user.cuemat("voices").stdout.splitlines()

    assert lines[0] == "Recommended:"
    assert [line.split()[0] for line in lines[1:4]] == ["heart", "en-us", "en-us+f2"]
    assert "needs pip install 'cuemat[natural]'" in lines[1]
    assert "Natural, English only (hibari-tts):" not in lines, "it is not installed here"
    assert lines[5].startswith("Built in (eSpeak NG")
    assert all(line.startswith("  en") for line in lines[6:10])


@pytest.mark.parametrize("kind", ["session", "exercise", "talk"])
def test_the_schema_beside_the_scripts_is_the_one_that_is_generated(user: User, kind: str) -> None:
    assert user.cuemat("schema", kind).stdout == (CHECKOUT / "scripts" / "schema" / f"{kind}.json").read_text(
        "utf-8"
    )


def test_every_bundled_script_tells_editors_its_schema() -> None:
    for path in (CHECKOUT / "scripts").rglob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve().parent == CHECKOUT / "scripts" / "schema"
        assert schema.is_file()


def test_every_bundled_script_passes_check(user: User) -> None:
    scripts = sorted((CHECKOUT / "scripts").rglob("*.yaml"))
    outcome = user.cuemat("check", *scripts)

    assert outcome.code == 0
    assert [line for line in outcome.stderr.splitlines() if "unknown music" not in line] == []
    assert len(outcome.stdout.splitlines()) == len(scripts) > 10


@pytest.mark.parametrize(
    "arguments",
    [
        *(("--help",), ("list",), ("check", "short.yaml"), ("schema",), ("show", "--help"), ("--version",)),
        *(("exercises",), ("new", "New", "-o", "n.yaml"), ("handout", "short.yaml", "-o", "s.html")),
    ],
)
def test_what_needs_no_sound_imports_none(user: User, arguments: tuple[str, ...]) -> None:
    user.write("short.yaml", SHORT)
    code = (
        "import sys\nfrom player.cli import main\n"
        f"try:\n main({list(arguments)!r})\nexcept SystemExit: pass\n"
        "print(*{m.split('.')[0] for m in sys.modules} & {'numpy', 'textual', 'rich', 'pyttsx3'},"
        " file=sys.stderr)"
    )

    assert user.python(code).stderr == "\n"


def test_the_panel_starts_without_numpy(user: User) -> None:
    code = (
        "import sys, player.cli.panel, player.ui.app\n"
        "from player.app.panel import fill_ports\nfrom player.cli.around import surroundings\n"
        "ports = fill_ports(surroundings())\nports.sessions.rows(), ports.unfinished(None)\n"
        "print(*{'numpy', 'pyttsx3'} & set(sys.modules))"
    )

    assert user.python(code) == Outcome(0, "\n", "")


def test_nothing_happens_at_import(user: User) -> None:
    code = "import player, player.cli, player.library, player.script, player.layout, player.speech.speaker"

    assert user.python(code) == Outcome(0, "", "")
    assert list(user.home.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["list", "schema", "--help", "--version"])
def test_no_space_for_what_is_said_is_one_line(user: User, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "player", command],
            stdout=full, stderr=subprocess.PIPE, env=user.environment, text=True, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        1,
        "cuemat: the disk is full\n",
    )


def test_a_reader_that_has_seen_enough_is_no_error(user: User) -> None:
    command = [sys.executable, "-m", "player", "schema"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=user.home, env=user.environment, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""
