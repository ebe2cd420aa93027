"""The command line's own grammar; it imports nothing heavy, so that `--help` is there at once."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from player import __version__
from player.cli.authoring import add_exercises, add_handout, add_new
from player.cli.grammar import Parser, number, one_of, too_much, whole_number
from player.session import Coaching, Safety
from player.speech.manner import PITCHES, RATES

if TYPE_CHECKING:
    from collections.abc import Sequence

_SESSION = "a session's id (see `cuemat list`) or the path of a script"
_DAYS = 3650


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for; exits with 2 and one clear message where it makes no sense."""
    parser: argparse.ArgumentParser = Parser(
        prog="cuemat",
        description="A calm voice and a few soft sounds that guide you through exercises for a sore back.",
        epilog="Exit codes: 0 done, 1 could not, 2 something in the command or the script is to be mended.",
    )
    parser.add_argument("--version", action="version", version=f"cuemat {__version__}")
    parser.set_defaults(verbose=False)
    _add_verbose(parser)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands (none opens the control panel)"
    )
    _add_list(commands)
    _add_play(commands)
    _add_show(commands)
    _add_check(commands)
    _add_export(commands)
    add_new(commands)
    add_exercises(commands)
    add_handout(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of scripts, for editors")
    schema.add_argument(
        "kind", nargs="?", choices=("session", "exercise", "talk"), help="of which files (default: of any)"
    )
    commands.add_parser("outputs", help="list where sound can go")
    commands.add_parser("voices", help="list the voices that can speak")
    _add_doctor(commands)
    for name, command in commands.choices.items():
        if name != "export":
            _add_verbose(command)
    options, unknown = parser.parse_known_args(sys.argv[1:] if arguments is None else arguments)
    typed = commands.choices[options.command] if options.command else parser
    if unknown:
        typed.error(too_much(unknown))
    if getattr(options, "level", None) is not None and options.day is not None:
        typed.error("--day and --level each choose a dose; give one of them")
    if options.command == "play" and options.goes_on == (options.session is not None):
        typed.error("which session? give one, or --continue; not both")
    if options.command == "play" and options.goes_on and options.start is not None:
        typed.error("--from and --continue each say where to begin; give one of them")
    if options.command == "show" and options.force and options.svg is None:
        typed.error("--force goes with --svg")
    if options.command == "export":
        _check_export(typed, options)
    return options


def _add_verbose(
    parser: argparse.ArgumentParser, more: str = "say what is done; more goes into the log"
) -> None:
    """Before the command or after it: the one must not undo the other, hence no default here."""
    parser.add_argument("--verbose", action="store_true", default=argparse.SUPPRESS, help=more)


def _add_list(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listing = commands.add_parser("list", help="list the sessions")
    listing.add_argument("--json", action="store_true", help="for machines")
    _add_dose(listing.add_argument_group("the dose whose length is shown"))


def _add_play(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    play = commands.add_parser("play", help="play a session")
    play.add_argument("session", metavar="SESSION", nargs="?", help=_SESSION)
    play.add_argument(
        "--continue", dest="goes_on", action="store_true", help="go on with the session that was broken off"
    )
    play.add_argument("--plain", action="store_true", help="one line a phase: for screen readers and logs")
    play.add_argument("--from", dest="start", metavar="TIME|NAME", help="begin at 3:20, or at an exercise")
    play.add_argument("--volume", type=whole_number(0, 100), metavar="0..100", help="in percent (100)")
    play.add_argument(
        "--output",
        metavar="ADAPTER[:DEVICE]",
        help="where sound goes (see `cuemat outputs`); - is a WAV stream",
    )
    play.add_argument("--speed", action=_NoSpeed, nargs="?", help=argparse.SUPPRESS)
    _add_music(play)
    _add_choices(play)
    _add_voice(play)


class _NoSpeed(argparse.Action):
    """Refuses `--speed`, and says why."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        parser.error("there is no --speed: it would change how long you hold and rest, which is the dose")


def _add_show(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    show = commands.add_parser("show", help="show what a session says and does, and when")
    show.add_argument("session", metavar="SESSION", help=_SESSION)
    show.add_argument("--json", action="store_true", help="the whole timeline, in frames, for machines")
    show.add_argument("--svg", metavar="FILE", help="write it as a picture: the phases to scale; .svg")
    show.add_argument("--force", action="store_true", help="overwrite the picture if it exists")
    _add_choices(show)
    _add_voice(show)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="find every mistake in scripts")
    check.add_argument("files", metavar="FILE", nargs="+", help="session scripts or exercises")
    check.add_argument("--watch", action="store_true", help="check again whenever a file is saved")
    check.add_argument(
        "--speak", action="store_true", help="measure how long the words take, instead of estimating"
    )
    _add_choices(check)
    _add_voice(check)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="write a session as a sound file")
    export.add_argument("session", metavar="SESSION", nargs="?", help=_SESSION)
    export.add_argument("--all", action="store_true", help="every session in the list that has changed")
    export.add_argument(
        "--jobs", type=whole_number(1, 64), metavar="N", help="how many at once, with --all (one a processor)"
    )
    export.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="the file to write: .wav, .flac or .mp3; with the extra cuemat[m4b] also .m4a, .m4b or .opus; "
        "a folder with --split and --all",
    )
    export.add_argument(
        "--format", metavar="FORMAT", help="its format, if its ending does not say it (mp3 in a folder)"
    )
    export.add_argument(
        "--quality", choices=("speech", "music"), default="speech", help="of formats that lose some (speech)"
    )
    export.add_argument("--split", action="store_true", help="one numbered file an exercise, and a playlist")
    export.add_argument(
        "--sidecars", action="store_true", help="chapters and words as files, too: .vtt, .lrc, .chapters.json"
    )
    _add_verbose(export, "say how loud it is, and what is done; more goes into the log")
    export.add_argument("--force", action="store_true", help="overwrite the file if it exists")
    _add_music(export)
    _add_choices(export)
    _add_voice(export)


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser("doctor", help="check that all works here; its report is for bug reports")
    doctor.add_argument("--output", metavar="ADAPTER[:DEVICE]", help="where a soft tone is played")
    doctor.add_argument("--quiet", action="store_true", help="play no tone")
    doctor.add_argument("--clear", action="store_true", help="empty the cache: all is spoken anew")


def _check_export(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.all and options.session is not None:
        parser.error("--all means every session; leave SESSION out, or --all")
    if not options.all and options.session is None:
        parser.error("which session? give one, or --all")
    if options.all and options.split:
        parser.error("--split takes one session at a time; leave --all out")
    if options.jobs is not None and not options.all:
        parser.error("--jobs goes with --all; leave it out, or give --all")


def _add_choices(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what you choose for this run")
    _add_dose(group)
    group.add_argument(
        "--coaching", type=one_of(Coaching), choices=tuple(Coaching), help="how much is said (full)"
    )
    group.add_argument("--ticks", choices=("on", "off"), help="soft ticks at the end of longer holds (on)")
    group.add_argument(
        "--safety", type=one_of(Safety), choices=tuple(Safety), help="the advice at the start (short)"
    )
    group.add_argument(
        "--extra-get-ready",
        type=number(0, 600, "seconds", "s"),
        metavar="SECONDS",
        help="more time before every exercise (0)",
    )


def _add_dose(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--day", type=whole_number(1, _DAYS), metavar="N", help="doses that grow do so by this day (1)"
    )
    group.add_argument(
        "--level", type=number(0, 1), metavar="0..1", help="where in each range: 0 is the low end"
    )


def _add_voice(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the voice")
    group.add_argument("--voice", metavar="ID", help="as `cuemat voices` lists it (en-us)")
    group.add_argument(
        "--rate", type=whole_number(RATES[0], RATES[-1]), metavar="WPM", help="words a minute (165)"
    )
    group.add_argument(
        "--pitch", type=whole_number(PITCHES[0], PITCHES[-1]), metavar="0..99", help="how high it speaks (45)"
    )


def _add_music(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the music")
    group.add_argument(
        "--music", metavar="NAME|FILE|off", help="a bed by its name, or any sound file (what the script says)"
    )
    group.add_argument(
        "--music-level",
        type=number(-40, 6, "decibels", "db"),
        default=0.0,
        metavar="DB",
        help="softer or louder, -40 to 6 (0)",
    )
