"""The table of what the bundled exercises teach."""

from __future__ import annotations

from dataclasses import dataclass

from player.session import Sides
from player.wording.posture import Posture


@dataclass(frozen=True)
class Row:
    """One row of the catalogue: the starting dose, and where its growth ends."""

    name: str
    targets: set[str]
    posture: Posture
    hold: tuple[float, float]
    reps: tuple[int, int]
    sets: int = 1
    sides: Sides = Sides.NONE
    holds_a_rep: int = 1


ROWS = {
    "rotational-stretch": Row(
        "Lower-back rotational stretch",
        {"lower back", "core"},
        Posture.BACK,
        (5, 10),
        (2, 3),
        sides=Sides.ALTERNATING,
    ),
    "knee-to-chest": Row(
        "Knee to chest", {"lower back", "gluteals"}, Posture.BACK, (5, 5), (2, 3), sides=Sides.ALTERNATING
    ),
    "draw-in": Row("Draw-in manoeuvre", {"transversus abdominis"}, Posture.BACK, (5, 5), (5, 5)),
    "pelvic-tilt": Row(
        "Pelvic tilt", {"lower back", "abdominals"}, Posture.BACK, (5, 5), (5, 30), holds_a_rep=2
    ),
    "side-leg-raise": Row(
        "Lying side leg raise",
        {"hip abductors", "core", "lower back"},
        Posture.SIDE,
        (2, 2),
        (10, 10),
        sets=3,
        sides=Sides.EACH,
    ),
    "superman": Row("Superman", {"spinal extensors"}, Posture.FRONT, (2, 2), (5, 10)),
    "seated-rotation": Row(
        "Seated rotational stretch",
        {"core", "lower back"},
        Posture.SEATED,
        (10, 10),
        (3, 5),
        sides=Sides.ALTERNATING,
    ),
    "partial-curl": Row("Partial curl", {"abdominals"}, Posture.BACK, (5, 5), (10, 10), sets=3),
    "bridge": Row("Bridge", {"gluteals", "lower back", "hips"}, Posture.BACK, (2, 2), (15, 15), sets=3),
    "glute-squeeze": Row("Gluteus stretch", {"gluteals"}, Posture.SEATED, (5, 5), (10, 10)),
    "hamstring-stretch": Row(
        "Hamstring stretch", {"hamstrings"}, Posture.STANDING, (20, 30), (1, 1), sides=Sides.EACH
    ),
    "piriformis-stretch": Row(
        "Piriformis stretch", {"piriformis"}, Posture.BACK, (20, 30), (1, 1), sides=Sides.EACH
    ),
    "psoas-stretch": Row(
        "Psoas stretch", {"psoas major"}, Posture.KNEELING, (30, 30), (1, 1), sides=Sides.EACH
    ),
    "seated-hamstring-stretch": Row(
        "Hamstring stretch on the chair", {"hamstrings"}, Posture.SEATED, (20, 30), (1, 1), sides=Sides.EACH
    ),
}
MOVING = {
    *("cat-stretch", "seated-cat", "marching", "sit-to-stand"),
    *("warm-up", "cool-down", "seated-warm-up", "seated-cool-down"),
}
