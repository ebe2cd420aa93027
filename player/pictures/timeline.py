"""A session as a picture: a row for each section, its phases to scale, with names and times.

There are rows instead of one long band, because an hour with holds of two seconds fits no screen. All rows
have the same scale, so lengths can be compared. Text from a script is untrusted, so it is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.pictures.markup import harmless
from player.pictures.palette import PHASES, fill_of
from player.timeline import CueKind
from player.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from player.timeline import Phase, Section, Timeline

_NAMES_WIDTH, _BARS_WIDTH, _MARGIN = 300, 900, 16
_ROW, _BAR, _TOP = 30, 16, 84
_WORD_FROM = 46
"""Width in pixels from which a bar fits a word."""


def as_svg(title: str, timeline: Timeline) -> str:
    """The timeline as a complete SVG document."""
    longest = max(section.length for section in timeline.sections)
    scale = _BARS_WIDTH / longest
    rows = list(zip(timeline.starts, timeline.sections, strict=True))
    width = _NAMES_WIDTH + _BARS_WIDTH + 2 * _MARGIN + 56
    height = _TOP + _ROW * len(rows) + _MARGIN
    head = harmless(f"{title}: {clock(timeline.length / timeline.rate)}")
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    letters = 'font-family="sans-serif" font-size="13" fill="#22262c"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {letters}>',
        f"<title>{head}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{_MARGIN}" y="32" font-size="20">{head}</text>',
        *_legend(),
    ]
    for index, (start, section) in enumerate(rows):
        lines += _row(section, start, timeline.rate, scale, _TOP + index * _ROW)
    return "\n".join([*lines, "</svg>", ""])


def _legend() -> Iterator[str]:
    x = _MARGIN
    for kind, shades in PHASES.items():
        name = kind.replace("_", " ")
        yield f'<rect x="{x}" y="50" width="14" height="14" fill="{shades.fill}"/>'
        yield f'<text x="{x + 19}" y="62">{name}</text>'
        x += 44 + 8 * len(name)
    yield f'<path d="M{x} 57h20" stroke="#22262c" stroke-width="2"/><text x="{x + 26}" y="62">speech</text>'


def _row(section: Section, start: int, rate: int, scale: float, y: int) -> Iterator[str]:
    name = section.mark.title
    length, begins = clock(section.length / rate), clock(start / rate)
    yield f'<text x="{_MARGIN + 40}" y="{y + 13}" text-anchor="end" fill="#5b6470">{begins}</text>'
    yield f'<text x="{_MARGIN + 50}" y="{y + 13}">{harmless(_short(name))}</text>'
    left = _NAMES_WIDTH + _MARGIN
    for phase in section.phases:
        yield _bar(phase, start, rate, left + phase.start * scale, phase.length * scale, y)
    spoken = [cue for cue in section.cues if cue.kind is CueKind.SPEECH]
    words = "".join(
        f"M{left + cue.start * scale:.1f} {y + _BAR + 3}h{max(cue.length * scale, 1):.1f}" for cue in spoken
    )
    if words:
        yield f'<path d="{words}" stroke="#22262c" stroke-width="2"/>'
    yield f'<text x="{left + section.length * scale + 8:.1f}" y="{y + 13}" fill="#5b6470">{length}</text>'


def _bar(phase: Phase, start: int, rate: int, x: float, width: float, y: int) -> str:
    kind, doing = phase.kind.replace("_", " "), phase.activity
    parts = [kind, f"{phase.length / rate:.1f} s", f"from {clock((start + phase.start) / rate)}"]
    if doing.rep is not None:
        parts.append(f"rep {doing.rep} of {doing.reps}")
    if doing.side:
        parts.append(doing.side)
    word = ""
    if width >= _WORD_FROM + 3 * len(kind):
        word = f'<text x="{x + 5:.1f}" y="{y + 12}" font-size="11">{kind}</text>'
    return (
        f'<g><title>{harmless(", ".join(parts))}</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" '
        f'height="{_BAR}" fill="{fill_of(phase.kind)}" stroke="#fff" stroke-width="0.5"/>{word}</g>'
    )


def _short(name: str, most: int = 34) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
