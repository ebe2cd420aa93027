"""Sessions for tests: made by hand, made at random, and clip lengths to go with them."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

from hypothesis import strategies as st
from player.errors import Source
from player.layout import Lengths, Outline
from player.session import (
    Back,
    BreatheStep,
    Choices,
    Closing,
    Coaching,
    Counting,
    Defaults,
    Dose,
    Easier,
    Exercise,
    ExerciseStep,
    Growing,
    IntervalsStep,
    Move,
    Progress,
    Range,
    RepeatStep,
    RestStep,
    Role,
    SayStep,
    Session,
    Side,
    Sides,
    SilenceStep,
    SoundStep,
    Switch,
    Talk,
    TalkStep,
    WalkStep,
    Words,
)
from player.timeline import Frames

HERE = Source("session.yaml", 1, 1)
SOUNDS = {
    "tick": 0.08,
    "hold-starts": 0.56,
    "hold-ends": 0.62,
    "halfway": 0.37,
    "rest": 0.7,
    "switch-sides": 0.56,
    "set-ends": 0.6,
    "session-ends": 1.64,
    "glide": 0.5,
    "bell": 2.5,
}


def words(text: str) -> Words:
    return Words(text, HERE)


def hold_for(seconds: float, say: str = "Lift your hips.", cue: str | None = "Lift.") -> Move:
    return Move(words(say), words(cue) if cue else None, hold=Range(seconds, seconds))


def exercise(
    *moves: Move, name: str = "Bridge", position: str | None = "on your back", **more: object
) -> Exercise:
    place = words(position) if position else None
    return Exercise(name.lower().replace(" ", "-"), name, HERE, moves, position=place, **more)  # type: ignore[arg-type]


def session(*steps: object, **more: object) -> Session:
    done = tuple(ExerciseStep(HERE, step) if isinstance(step, Exercise) else step for step in steps)
    return Session("test", "Test", HERE, done, **more)  # type: ignore[arg-type]


def lengths_for(outline: Outline, rate: int = 100, seed: int = 0) -> Lengths:
    """Every text gets a length between 0.3 and 4.3 s that depends only on the text and the seed."""
    speech = {
        text: Frames(round((0.3 + crc32(f"{seed}{text}".encode()) % 4000 / 1000) * rate))
        for text in outline.texts()
    }
    return Lengths(speech, {name: Frames(round(length * rate)) for name, length in SOUNDS.items()}, rate)


texts = st.sampled_from(
    [
        "Lift your hips.",
        "Gently hollow your lower back. Keep the shoulders down.",
        "Let both knees roll slowly to the side, and stay there for a while; do not push at all.",
        "Relax.",
    ]
)
maybe_words = st.none() | texts.map(words)
seconds = st.floats(0.5, 70).map(lambda value: round(value, 1))
short = st.none() | st.floats(0, 6).map(lambda value: round(value, 1))


easier = st.builds(Easier, maybe_words, maybe_words, st.sampled_from([(), ("chair",)]))


@st.composite
def moves(draw: st.DrawFn) -> Move:
    span = Range(*sorted((draw(seconds), draw(seconds)))) if draw(st.booleans()) else None
    back = draw(st.none() | st.builds(Back, short, maybe_words))
    if span is None:
        pace = draw(seconds)
        return Move(draw(maybe_words), draw(maybe_words), move=Range(pace, pace))
    return Move(draw(maybe_words), draw(maybe_words), hold=span, into=draw(short), back=back)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    name = draw(st.sampled_from(["Bridge", "Cat stretch", "Pelvic tilt", "Side leg raise"]))
    sets = draw(st.integers(1, 3))
    sides = draw(st.sampled_from(Sides))
    dose = Dose(
        sets=Range(sets, sets),
        reps=tuple(
            Range(count, count) for count in draw(st.lists(st.integers(1, 4), min_size=1, max_size=1))
        ),
        rest=draw(short),
        rest_between_sets=draw(st.none() | seconds),
        sides=sides,
        first=draw(st.sampled_from(Side)),
    )
    position = draw(
        st.sampled_from([None, "on your back", "standing", "on your <other side> side", "on the moon"])
    )
    if sides is Sides.NONE and position and "<" in position:
        position = "on your left side"
    progress = draw(
        st.none() | st.builds(Progress, st.sampled_from(Growing), st.just(1.0), st.just(1), st.just(6))
    )
    return exercise(
        *draw(st.lists(moves(), min_size=1, max_size=3)),
        name=name,
        position=position,
        dose=dose,
        setup=draw(maybe_words),
        switch=draw(st.none() | st.builds(Switch, short, maybe_words)),
        get_ready=draw(short),
        ticks=draw(st.none() | st.booleans()),
        progress=progress,
        feel=draw(maybe_words),
        fault=draw(maybe_words),
        easier=draw(st.none() | easier),
        caution=draw(maybe_words),
        role=draw(st.none() | st.sampled_from(Role)),
        works=draw(st.sampled_from([None, "leg"])),
        prepare=draw(maybe_words),
        tones=draw(st.sampled_from([None, None, True])),
        announce=draw(st.sampled_from([None, None, None, False])),
        counting=draw(st.none() | st.sampled_from(Counting)),
    )


@st.composite
def rhythms(draw: st.DrawFn) -> Exercise:
    """Reps on a beat, intervals, and ladders of holds."""
    beat, reps = draw(st.floats(1, 40).map(lambda value: round(value, 1))), draw(st.integers(2, 6))
    kind = draw(st.sampled_from(["every", "intervals", "ladder", "hold and rest"]))
    say, cue = words("Lift your hips."), words("Lift.")
    sides = draw(st.sampled_from([Sides.NONE, Sides.NONE, Sides.EACH]))
    if kind == "every":
        move, dose = Move(say, cue, move=Range(beat, beat)), Dose(reps=(Range(reps, reps),), every=beat)
    elif kind == "intervals":
        move = Move(say, cue, move=Range(beat, beat))
        dose = Dose(reps=(Range(reps, reps),), rest=draw(short), intervals=True)
    elif kind == "ladder":
        holds = tuple(
            Range(length, length) for length in draw(st.lists(seconds, min_size=reps, max_size=reps))
        )
        move = Move(say, cue, hold=holds[0], holds=holds)
        dose = Dose(sets=Range(reps, reps), rest_between_sets=draw(st.none() | seconds))
    else:
        move = Move(say, cue, hold=Range(beat, beat))
        dose = Dose(reps=(Range(reps, reps),), rest=draw(seconds))
    dose = replace(dose, sides=sides)
    return exercise(move, name="Plank", position=draw(st.sampled_from(["standing", "face down"])), dose=dose)


steps = st.one_of(
    exercises().map(lambda it: ExerciseStep(HERE, it)),
    exercises().map(lambda it: ExerciseStep(HERE, it)),
    rhythms().map(lambda it: ExerciseStep(HERE, it)),
    st.builds(
        IntervalsStep,
        st.just(HERE),
        seconds,
        seconds,
        st.integers(1, 5),
        st.lists(rhythms(), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(WalkStep, st.just(HERE), st.floats(30, 900).map(round).map(float)),
    st.builds(SayStep, st.just(HERE), texts.map(words)),
    st.builds(
        TalkStep,
        st.just(HERE),
        st.builds(
            Talk, st.just("posture"), st.just("Posture"), st.lists(texts.map(words), min_size=1).map(tuple)
        ),
    ),
    st.builds(RestStep, st.just(HERE), seconds),
    st.builds(SilenceStep, st.just(HERE), seconds),
    st.builds(BreatheStep, st.just(HERE), seconds, seconds, st.integers(1, 4), short.map(lambda s: s or 0.0)),
    st.builds(SoundStep, st.just(HERE), st.just("bell")),
)
several = st.lists(steps, min_size=1, max_size=3).map(tuple)
sessions = st.builds(
    Session,
    id=st.just("random"),
    title=st.just("Random"),
    source=st.just(HERE),
    steps=st.lists(
        steps | st.builds(RepeatStep, st.just(HERE), st.integers(1, 2), several), min_size=1, max_size=3
    ).map(tuple),
    needs=st.sampled_from([(), ("mat",), ("mat", "chair")]),
    ticks=st.none() | st.booleans(),
    opening=st.sampled_from([None, None, False]),
    closing=st.none() | st.sampled_from(Closing),
    defaults=st.builds(Defaults, short, short, short, short, short, short),
)
choices = st.builds(
    Choices,
    day=st.integers(1, 9),
    level=st.none() | st.sampled_from([0.0, 0.5, 1.0]),
    coaching=st.none() | st.sampled_from(Coaching),
    ticks=st.none() | st.booleans(),
    extra_get_ready=st.sampled_from([0.0, 5.0]),
)
