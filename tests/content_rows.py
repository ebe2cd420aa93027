"""The table of what the bundled exercises teach."""

from __future__ import annotations

from dataclasses import dataclass

from player.layout.positions import Place
from player.session import Sides


@dataclass(frozen=True)
class Row:
    """One row of the catalogue: at the starting dose, and where the growing ends."""

    name: str
    targets: set[str]
    place: Place
    hold: tuple[float, float]
    reps: tuple[int, int]
    sets: int = 1
    sides: Sides = Sides.NONE
    holds_a_rep: int = 1


ROWS = {
    "rotational-stretch": Row(
        "Lower-back rotational stretch",
        {"lower back", "core"},
        Place.BACK,
        (5, 10),
        (2, 3),
        sides=Sides.ALTERNATING,
    ),
    "knee-to-chest": Row(
        "Knee to chest", {"lower back", "gluteals"}, Place.BACK, (5, 5), (2, 3), sides=Sides.ALTERNATING
    ),
    "draw-in": Row("Draw-in manoeuvre", {"transversus abdominis"}, Place.BACK, (5, 5), (5, 5)),
    "pelvic-tilt": Row(
        "Pelvic tilt", {"lower back", "abdominals"}, Place.BACK, (5, 5), (5, 30), holds_a_rep=2
    ),
    "side-leg-raise": Row(
        "Lying side leg raise",
        {"hip abductors", "core", "lower back"},
        Place.SIDE,
        (2, 2),
        (10, 10),
        sets=3,
        sides=Sides.EACH,
    ),
    "superman": Row("Superman", {"spinal extensors"}, Place.FRONT, (2, 2), (5, 10)),
    "seated-rotation": Row(
        "Seated rotational stretch",
        {"core", "lower back"},
        Place.SEATED,
        (10, 10),
        (3, 5),
        sides=Sides.ALTERNATING,
    ),
    "partial-curl": Row("Partial curl", {"abdominals"}, Place.BACK, (5, 5), (10, 10), sets=3),
    "bridge": Row("Bridge", {"gluteals", "lower back", "hips"}, Place.BACK, (2, 2), (15, 15), sets=3),
    "glute-squeeze": Row("Gluteus stretch", {"gluteals"}, Place.SEATED, (5, 5), (10, 10)),
    "hamstring-stretch": Row(
        "Hamstring stretch", {"hamstrings"}, Place.STANDING, (20, 30), (1, 1), sides=Sides.EACH
    ),
    "piriformis-stretch": Row(
        "Piriformis stretch", {"piriformis"}, Place.BACK, (20, 30), (1, 1), sides=Sides.EACH
    ),
    "psoas-stretch": Row(
        "Psoas stretch", {"psoas major"}, Place.KNEELING, (30, 30), (1, 1), sides=Sides.EACH
    ),
}
MOVING = {"cat-stretch", "warm-up", "cool-down", "seated-warm-up", "seated-cool-down"}
