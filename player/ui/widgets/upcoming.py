"""The exercises that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from player.ui.texts import clipped, plain

if TYPE_CHECKING:
    from player.app.ports import ExerciseRow


class Upcoming(Widget):
    """A list of the next exercises with their doses, as many as fit."""

    DEFAULT_CSS = "Upcoming { height: 1fr; }"
    exercises: reactive[tuple[ExerciseRow, ...]] = reactive(())

    def render(self) -> Content:
        """Two lines for each exercise, and an empty one."""
        width, height = self.size
        parts = [plain("Then" if self.exercises else "Then it ends", "$soft"), Content()]
        room = max(0, (height - 2) // 3)
        for exercise in self.exercises[:room]:
            parts += [
                plain(clipped(exercise.title, width), "bold"),
                plain(clipped(exercise.dose, width), "$soft"),
                Content(),
            ]
        left = len(self.exercises) - room
        if left > 0 and self.size.height > len(parts):
            parts.append(plain(f"and {left} more", "$soft"))
        return Content("\n").join(parts)
