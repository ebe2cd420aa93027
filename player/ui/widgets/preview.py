"""The contents of a session before it plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.ui.texts import lines, minutes, plain
from player.ui.widgets.strip import SessionStrip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from player.app.ports import Preview, SessionRow


class PreviewPane(VerticalScroll, can_focus=False):
    """Shows the exercises with doses, the skyline and the cautions, or the mistakes."""

    DEFAULT_CSS = """
    PreviewPane { padding: 1 3; scrollbar-size-vertical: 1; }
    PreviewPane SessionStrip { height: 3; margin: 1 0; }
    PreviewPane Static { height: auto; }
    PreviewPane #exercises { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  Textual's name for it
        super().__init__(id=id)
        self._head, self._strip = Static(), SessionStrip()
        self._exercises, self._body = Static(id="exercises"), Static()

    def compose(self) -> ComposeResult:
        """Text, the skyline, and more text."""
        yield self._head
        yield self._strip
        yield self._exercises
        yield self._body

    def show(self, summary: SessionRow | None, preview: Preview | None, problem: str = "") -> None:
        """Show a session; None: nothing is chosen, or it is not read yet."""
        self.scroll_home(animate=False)
        self._strip.display = self._exercises.display = preview is not None
        if summary is None:
            self._head.update("")
            self._body.update("")
            return
        self._head.update(lines(*_head(summary, preview)))
        if preview:
            self._strip.stretches = preview.strip
            self._exercises.update(lines(*_exercises(preview)))
            self._body.update(lines(*_cautions(preview)))
        else:
            self._body.update(lines(*_wrong(summary, problem)))


def _head(summary: SessionRow, preview: Preview | None) -> Iterator[Content]:
    yield plain(summary.title, "bold")
    if summary.about:
        yield plain(summary.about, "$soft")
    if preview:
        yield Content()
        yield plain(minutes(preview.seconds), "$accent")
        if preview.needs:
            yield plain(f"needs {', '.join(preview.needs)}")
    if summary.tags:
        yield plain(" ".join(f"#{tag}" for tag in summary.tags), "$soft")


def _exercises(preview: Preview) -> Iterator[Content]:
    for exercise in preview.exercises:
        title = plain(exercise.title, "bold")
        yield Content.assemble(("■ ", "$hold-ink"), title, "  ", plain(exercise.dose, "$soft"))


def _cautions(preview: Preview) -> Iterator[Content]:
    for caution in preview.cautions:
        yield Content()
        yield Content.assemble(("! ", "bold $warning"), plain(caution))


def _wrong(summary: SessionRow, problem: str) -> Iterator[Content]:
    mistakes = summary.mistakes or tuple(problem.splitlines())
    if mistakes:
        yield Content()
        yield plain("This script has mistakes. Open it in your editor and correct them:", "$warning")
    for mistake in mistakes:
        yield Content()
        yield plain(mistake)
