"""A mistyped command is refused in one line; a correct one works with its words in any order."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from player.cli.command import Task
from player.cli.root import parse

from tests.commands import CHECKOUT, User

if TYPE_CHECKING:
    from pathlib import Path

SHORT = "title: Short\nsteps:\n  - silence: 60s\n"
WHOLE = "write a whole number from"
LINES_ONLY = ["dumb", ""]


@pytest.fixture
def user(tmp_path: Path, spoken: Path) -> User:
    user = User(tmp_path, spoken)
    user.write("short.yaml", SHORT)
    return user


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("play x --rate 1e400", f"cuemat play: --rate cannot be '1e400'; {WHOLE} 100 to 450"),
        ("show x --rate nan", f"cuemat show: --rate cannot be 'nan'; {WHOLE} 100 to 450"),
        ("check x --rate 99999", f"cuemat check: --rate cannot be '99999'; {WHOLE} 100 to 450"),
        ("check x --rate 0", f"cuemat check: --rate cannot be '0'; {WHOLE} 100 to 450"),
        ("check x --rate -5", f"cuemat check: --rate cannot be '-5'; {WHOLE} 100 to 450"),
        ("check x --pitch 100", f"cuemat check: --pitch cannot be '100'; {WHOLE} 0 to 99"),
        ("export x -o y --pitch -1", f"cuemat export: --pitch cannot be '-1'; {WHOLE} 0 to 99"),
        ("list --day x", f"cuemat list: --day cannot be 'x'; {WHOLE} 1 to 3650"),
        ("export --all -o y --jobs 1.5", f"cuemat export: --jobs cannot be '1.5'; {WHOLE} 1 to 64"),
        ("show x --level nan", "cuemat show: --level cannot be 'nan'; write a number from 0 to 1"),
        (
            "show x --extra-get-ready 1e400",
            "cuemat show: --extra-get-ready cannot be '1e400'; write seconds from 0 to 600",
        ),
        (
            "play x --music-level 7dB",
            "cuemat play: --music-level cannot be '7dB'; write decibels from -40 to 6",
        ),
        ("show x --coaching loud", "cuemat show: --coaching cannot be 'loud'; write one of: full, brief"),
        ("schema all", "cuemat schema: kind cannot be 'all'; write one of: session, exercise, talk"),
        ("plya x", "cuemat: unknown command 'plya'; did you mean 'play'?"),
        ("xyzzy", "cuemat: unknown command 'xyzzy'; see `cuemat --help`"),
        ("--verbos list", "cuemat: unknown option '--verbos'; did you mean '--verbose'?"),
        ("play x --volum 3", "cuemat play: unknown option '--volum'; did you mean '--volume'?"),
        ("show --jsn", "cuemat show: unknown option '--jsn'; did you mean '--json'?"),
        ("show x -x", "cuemat show: unknown option '-x'; see `cuemat show --help`"),
        ("show", "cuemat show: missing SESSION; see `cuemat show --help`"),
        ("play x --from", "cuemat play: --from needs a value; see `cuemat play --help`"),
        ("show x --json=3", "cuemat show: --json takes no value; remove the = and what follows"),
        ("show a b", "cuemat show: unexpected 'b'; put text that contains spaces in quotes"),
        (
            "list --day 1 --level 0",
            "cuemat list: --day and --level both choose the dose; give only one",
        ),
    ],
)
def test_a_mistake_in_a_command_is_one_line(
    typed: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = parse(typed.split())

    assert code == 2
    assert capsys.readouterr().err == f"{message}\n"


@pytest.mark.parametrize("short", ["--d 3", "--d=3", "--da 3"])
def test_no_option_may_be_shortened_and_the_whole_one_is_named(
    short: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse(["list", *short.split()]) == 2
    assert capsys.readouterr().err.endswith("; did you mean '--day'?\n")


@pytest.mark.parametrize(
    "typed", [["new", "--- A title ---"], ["show", "--", "--day"], ["new", "-o", "x", "T"]]
)
def test_what_only_looks_like_an_option_is_none(typed: list[str]) -> None:
    task = parse(typed)

    assert isinstance(task, Task)
    assert task.name == typed[0]


@pytest.mark.parametrize("setting", ["rate = 9", "pitch = 100"])
def test_check_says_of_a_voice_that_could_not_speak_what_the_others_do(user: User, setting: str) -> None:
    user.write("config.toml", f"[voice]\n{setting}\n")
    checked, shown = user.cuemat("check", "short.yaml"), user.cuemat("show", "short.yaml")

    told = [line for line in shown.stderr.splitlines(keepends=True) if "config.toml" in line]

    assert checked.code == shown.code == 0
    assert told
    assert told[0] in checked.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="its shell closes nothing")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("list", 0),
        ("check short.yaml", 0),
        ("check nowhere.yaml", 2),
        ("export short.yaml -o short.wav", 0),
    ],
)
def test_whatever_is_closed_the_work_is_done(user: User, typed: str, code: int, closed: str) -> None:
    command = ["sh", "-c", f'exec "$0" -m player {typed} {closed}', sys.executable]
    done = subprocess.run(
        command, cwd=user.home, env=user.environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == code
    assert "bug" not in done.stderr
    assert "ERROR" not in (user.home / "state" / "cuemat.log").read_text("utf-8")
    assert (user.home / "short.wav").exists() == typed.startswith("export")


@pytest.mark.skipif(sys.platform == "win32", reason="no folder in use can be removed there")
@pytest.mark.parametrize(
    ("typed", "code"),
    [("list", 0), ("show first-time", 0), ("export first-time -o a.wav", 2), ("new A -o a.yaml", 2)],
)
def test_in_a_folder_that_is_gone_commands_work_or_say_so(user: User, typed: str, code: int) -> None:
    gone = user.home / "gone"
    gone.mkdir()
    command = ["sh", "-c", f'rmdir ../gone && exec "$0" -m player {typed}', sys.executable]
    done = subprocess.run(
        command, cwd=gone, env=user.environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == code
    assert done.stderr.endswith("change to another one, and try again\n" if code else "")
    assert "bug" not in done.stderr


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("MemoryError()", "there is not enough memory; close other programs, and try again"),
        (
            "OSError(12, 'Cannot allocate memory')",
            "there is not enough memory; close other programs, and try again",
        ),
        (
            'RuntimeError("can\'t start new thread")',
            "there is not enough memory; close other programs, and try again",
        ),
        (
            "OSError(24, 'Too many open files')",
            "too many files are open; close other programs, and try again",
        ),
    ],
)
def test_what_the_system_lacks_is_no_bug(user: User, problem: str, said: str) -> None:
    done = user.python(
        "from player.cli import main, running\n"
        f"def fail(task): raise {problem}\n"
        "running._run = fail\n"
        "raise SystemExit(main(['list']))\n"
    )

    assert (done.code, done.stderr) == (1, f"cuemat: {said}\n")


@pytest.fixture(scope="session")
def latin_1(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a system with an old locale."""
    if shutil.which("localedef") is None:
        pytest.skip("needs localedef")
    folder = tmp_path_factory.mktemp("locales")
    made = subprocess.run(
        ["localedef", "-i", "de_DE", "-f", "ISO-8859-1", folder / "de_DE.ISO-8859-1"],
        capture_output=True,
        check=False,
    )
    old = {"LOCPATH": str(folder), "LC_ALL": "de_DE.ISO-8859-1"}
    encoding = subprocess.run(
        [sys.executable, "-c", "import sys; print(sys.getfilesystemencoding())"],
        env={**os.environ, **old},
        capture_output=True,
        text=True,
        check=False,
    )
    if encoding.stdout.strip() != "iso8859-1":
        why = made.stderr.decode(errors="replace")[:80].strip()
        pytest.skip(f"localedef makes no locale (Debian: locales): {why}")
    return old


@pytest.mark.parametrize("locale", ["latin-1", "ASCII"])
def test_names_that_an_old_locale_cannot_say_are_written_as_far_as_it_can(
    user: User, locale: str, request: pytest.FixtureRequest
) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    more = plain if locale == "ASCII" else request.getfixturevalue("latin_1")
    steps = "  - say: Hello.\n  - exercise: {name: Brücke ½ – “ok”, say: Lift., hold: 5s}\n"
    user.write("old.yaml", f"title: 背中 A\nsteps:\n{steps}")
    written = run_raw(user, "export", "old.yaml", "-o", "parts", "--split", "--format", "wav", more=more)
    others = [
        run_raw(user, *words, more=more)
        for words in (
            ["show", "old.yaml"],
            ["check", "old.yaml"],
            ["handout", "old.yaml", "-o", "h.html"],
            ["list"],
        )
    ]

    assert [done.returncode for done in (written, *others)] == [0] * 5
    assert b"bug" not in b"".join(done.stderr for done in (written, *others))
    bridge = "02-Brücke ½ - -ok.wav" if locale == "latin-1" else "02-Br-cke - - -ok.wav"
    encoding = "iso-8859-1" if locale == "latin-1" else "ascii"
    assert {path.name for path in (user.home / "parts").iterdir()} == {
        os.fsdecode(one.encode(encoding)) for one in ("01-A.wav", bridge, "A.m3u8")
    }


def run_raw(user: User, *words: str, more: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "player", *words],
        cwd=user.home,
        env={**user.environment, **more},
        capture_output=True,
        check=False,
    )


def test_a_damaged_configuration_is_told_and_hides_no_session(user: User) -> None:
    user.write("config.toml", "[voice]\nrat = 1\n")
    listed = user.cuemat("list")

    assert listed.code == 0
    assert "  first-time" in listed.stdout
    assert listed.stderr in user.cuemat("check", "short.yaml").stderr
    assert "unknown setting 'rat' in [voice]; did you mean 'rate'?" in listed.stderr


def test_music_and_an_output_that_are_gone_are_told_and_end_nothing(user: User) -> None:
    user.write("config.toml", "[sound]\nmusic = 'gone'\noutput = 'gone'\n")
    done = user.cuemat("export", "short.yaml", "-o", "gone.wav")
    user.write("config.toml", "")

    assert done.code == 0
    assert done.stderr.splitlines()[:2] == [
        "cuemat: config.toml: unknown music 'gone'; until you correct it, the script's own music plays",
        "cuemat: config.toml: no output 'gone'; until you correct it, the usual one plays",
    ]


def on_a_terminal(user: User, kind: str, *words: str) -> tuple[int, str]:
    """The exit code and output of a command on a terminal of that kind; `q` ends it."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "player", *words]
    environment = {**user.environment, "TERM": kind}
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = ""
        while select.select([ours], [], [], 30)[0]:
            try:
                seen += os.read(ours, 4096).decode()
            except OSError:  # Linux says so when the terminal's last user has gone
                break
            if "q end" in seen:
                os.write(ours, b"q")
    os.close(ours)
    return process.returncode, seen


@pytest.mark.parametrize("kind", LINES_ONLY)
def test_a_terminal_that_cannot_be_drawn_on_gets_plain_lines(user: User, kind: str) -> None:
    code, seen = on_a_terminal(user, kind, "play", str(user.home / "short.yaml"), "--output", "silent")

    assert code == 0
    assert "q end" in seen
    assert "\x1b" not in seen


@pytest.mark.parametrize("kind", LINES_ONLY)
def test_the_panel_says_what_works_without_it(user: User, kind: str) -> None:
    code, seen = on_a_terminal(user, kind)

    assert code == 2
    assert seen == (
        "cuemat: the control panel cannot be drawn on this terminal; "
        "use `cuemat list` and `cuemat play SESSION` instead\r\n"
    )
