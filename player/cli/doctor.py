"""`cuemat doctor`: print what the doctor finds, line by line, as it finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from player.app.request import Group
from player.cli import screen
from player.cli.command import command
from player.cli.options import asks
from player.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.app.request import Request
    from player.doctor.findings import Finding
    from player.doctor.patient import Patient


@command(
    "doctor",
    "It speaks a sentence, plays a soft tone, writes a moment of sound in each format, and checks folders, "
    "scripts, cache and terminal. On a terminal it can also find out with you whether your loudspeaker falls "
    "asleep. The report contains nothing personal.",
    examples=(("doctor", "try everything"), ("doctor --clear", "also empty the cache of spoken words")),
    plays=True,
)
@asks(Group.SOUND, session=False, leave_out=frozenset({"volume", "keep_awake"}))
@click.option("--quiet", is_flag=True, help="play no tone")
@click.option("--clear", is_flag=True, help="empty the cache, so everything is spoken again")
def doctor(request: Request, *, quiet: bool, clear: bool) -> int:
    """Print the report; 1 if something needs attention."""
    from player.app.checkup import admit
    from player.doctor.checks import examine, versions

    for line in versions():
        print(line)
    drawn = screen.can_be_drawn_on()
    patient = admit(request.wishes, terminal=screen.kind(), can_be_drawn_on=drawn, quiet=quiet, clear=clear)
    found: list[Finding] = []
    for finding in examine(patient):
        found.append(finding)
        _show(finding)
    if screen.can_answer() and all(one.well for one in found if one.name in {"sound", "voice"}):
        found += _listen(patient)
    wrong = sum(not one.well for one in found)
    print(
        f"{counted(wrong, 'thing')} {'needs' if wrong == 1 else 'need'} attention."
        if wrong
        else "All is well."
    )
    return 1 if wrong else 0


def _listen(patient: Patient) -> Iterator[Finding]:
    """Find out with the listener whether their loudspeaker falls asleep, if they wish."""
    from player.doctor.sleep import OFFER, can_be_tried, listen

    if can_be_tried(patient) and _ask(f"{OFFER}? [Y/n] ").strip().lower() in {"", "y", "yes"}:
        finding = listen(patient, _ask, print)
        _show(finding)
        yield finding


def _ask(question: str) -> str:
    """Ask on the terminal; one that has closed says no."""
    try:
        return input(question)
    except EOFError:
        print()
        return "n"


def _show(finding: Finding) -> None:
    from player.doctor.findings import OK, TO_DO

    text = "\n".join(finding.lines())
    word, colour = (OK, "green") if finding.well else (TO_DO, "red")
    coloured = click.style(word, fg=colour, bold=not finding.well)
    click.echo(coloured + text.removeprefix(word), color=screen.wants_colour())


COMMAND = doctor
