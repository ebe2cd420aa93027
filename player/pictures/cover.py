"""The cover picture: a session's name, its length, and a strip of what the listener does.

Players show covers as small thumbnails, so it holds a few large things, and each session's cover differs. The
font comes with the drawing library, so the picture is the same on every machine.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from player.pictures.palette import STILL, fill_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFont import FreeTypeFont, ImageFont

    from player.timeline import Timeline

    Font = FreeTypeFont | ImageFont

SIZE = 600
"""Width and height in pixels."""
MARGIN = 42
STRIP = 432, 558
"""First and last line of the strip, in pixels."""
TITLE_SIZES = (96, 84, 72, 60)
"""Font sizes in pixels; the first that fits is used. The smallest is readable at a third of its size."""
TITLE_LINES = 3
SPACING = 1.15
LENGTH_SIZE = 72
GROUND, TEXT, QUIET = "#20242b", "#ffffff", STILL.fill


def draw_cover(title: str, timeline: Timeline) -> bytes:
    """A square PNG; the same session gives the same bytes."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  only formats with covers load it

    picture = Image.new("RGB", (SIZE, SIZE), GROUND)
    draw = ImageDraw.Draw(picture)
    for size in TITLE_SIZES:
        lines = list(_wrap(title, ImageFont.load_default(size)))
        if len(lines) <= TITLE_LINES:
            break
    else:
        lines = [*lines[: TITLE_LINES - 1], f"{lines[TITLE_LINES - 1]} …"]
    for number, line in enumerate(lines):
        place = MARGIN, MARGIN + round(number * size * SPACING)
        draw.text(place, line, TEXT, ImageFont.load_default(size))
    minutes = max(1, round(timeline.length / timeline.rate / 60))
    place = MARGIN, STRIP[0] - LENGTH_SIZE - MARGIN // 2
    draw.text(place, f"{minutes} min", QUIET, ImageFont.load_default(LENGTH_SIZE))
    for column, colour in enumerate(_strip(timeline, SIZE)):
        draw.line((column, STRIP[0], column, STRIP[1]), colour)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _strip(timeline: Timeline, width: int) -> Iterator[str]:
    """The colour of each column: that of the phase at its middle."""
    for column in range(width if timeline.phases else 0):
        frame = timeline.length * (2 * column + 1) // (2 * width)
        yield fill_of(timeline.phase_at(frame).kind)


def _wrap(text: str, font: Font) -> Iterator[str]:
    """Wrap the text into lines that fit; cut a word that is too long."""
    room = SIZE - 2 * MARGIN
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > room:
            yield line
            longer = word
        while font.getlength(longer) > room:
            longer = f"{longer[:-2]}…"
        line = longer
    yield line
