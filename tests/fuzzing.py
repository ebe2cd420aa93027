"""Unlikely scripts, each of which must either be usable or be refused with its lines.

One source of randomness feeds both the suite, which shrinks failures to a small example, and the long run
(`python -m tests.fuzz`), in which a number repeats the same script.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import yaml
from player.errors import Mistake, ScriptError, Source
from player.layout import estimate, plan
from player.library import Library
from player.pictures.handout import as_page
from player.pictures.timeline import as_svg
from player.script import (
    holds_exercise,
    holds_talk,
    model,
    parse_exercise,
    parse_head,
    parse_session,
    parse_talk,
    whole,
)
from player.script.files import decode
from player.session import Choices, Coaching, ExerciseStep, Session, Talk, TalkStep
from player.shelves import Origin, bundled, shelf_of
from player.timeline import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from player.session import Exercise

FILE = "s.yaml"
LIBRARY = Library((shelf_of(Origin.BUNDLED, bundled()),))
CHOICES = (Choices(), Choices(level=1.0), Choices(day=400, coaching=Coaching.BRIEF, extra_get_ready=600.0))
FORMS = (model.SESSION, model.EXERCISE, model.TALK_FILE, *model.STEP_FORMS.values())
WORDS = sorted({key.name for form in FORMS for key in form.keys} | {"for", "in", "out", "times", "every"})
VALUES = [
    *(
        "5s",
        "0",
        "-1",
        "1e400",
        ".nan",
        ".inf",
        "2-3",
        "30 min",
        "0.1s",
        "200",
        "99999999999",
        "1:30",
        "0x10",
    ),
    *("9" * 5000, "[5, 3, 1]", "+1", "{for: 2s, say: Down.}", "1 day", "every 366 weeks", "2026-01-01"),
    *("bridge", "bell", "posture", "on", "each", "alternating", "blocks", "left", "warm-up", "brief", "full"),
    *("<side>", "<other side>", "<b>", "", "~", "!!python/name:os.system", "*a", "&a [*a]", "<<", "|", "''"),
    *('"\\e[31m"', "🙂", "é" * 999, "word " * 200, "\u202eevil", "a: b", "Now left. Now right! 3x12 L/R ½"),
]
DOSES = {
    "reps": ("1", "200", "[3, 2, 1]", "2-30"),
    "sets": ("1", "20", "1-3"),
    "hold": ("0.1s", "30 min", "0.1-1800s", "5s", "[0.1s, 5s, 30 min]"),
    "every": ("0.5s", "60s", "5s"),
    "easier": ("{hold: 0.01, reps: 0.99}", "{exercise: bridge}", "Less."),
    "needs": ("[]", "[mat, chair]"),
    "avoid_if": ("hip", "[hip, bones, floor]"),
    "tones": ("on", "off"),
    "announce": ("on", "off"),
    "count": ("numbers", "ticks", "off"),
    "until": ("done",),
    "rest": ("0", "0.05s", "30 min", "1s"),
    "rest_between_sets": ("0", "30 min", "1s"),
    "sides": ("each", "alternating", "blocks", "none"),
    "first": ("left", "right"),
    "switch": ("0", "30 min", "{for: 1s, say: Roll over. And over. And over again.}"),
    "get_ready": ("0", "0.05s", "30 min"),
    "into": ("0", "0.05s", "5 min"),
    "back": ("0", "{for: 0, say: Back.}", "{for: 5 min}"),
    "progress": ("{reps: +1, every: 1 day, up_to: 200}", "{hold: +30 min, every: 1 day, up_to: 1800}"),
    "name": ("Left leg", "X " * 400),
    "caution": ("Stop. " * 100,),
}
SIGNS = "\x00\x07\x1b\r\n\t\x85\xa0\u200b\u202e\u2028\ufeff\U0001f642 :-#{}[]&*!|>'\"%@`,?<~=é½09azAZ"


@cache
def bundled_texts() -> tuple[str, ...]:
    """Every script, exercise and talk that comes with Cuemat."""
    entries = (*LIBRARY.scripts.values(), *LIBRARY.exercises.values(), *LIBRARY.talks.values())
    return tuple(entry.path.read_text("utf-8") for entry in entries)


def mutated(chance: Random) -> bytes:
    """A bundled text with a few changes: of words and values, lines, characters, bytes."""
    text = chance.choice(bundled_texts())
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        text = chance.choice(CHANGES)(text, chance)
    data = text.encode("utf-8", "surrogatepass")
    for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 3))):
        at = chance.randint(0, len(data))
        data = data[:at] + bytes([chance.randint(0, 255)]) + data[at + chance.randint(0, 2) :]
    return data


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Every value of each key in the bundled texts, by key."""
    pairs = [line.strip(" -").split(": ", 1) for text in bundled_texts() for line in text.split("\n")]
    found = sorted({(pair[0], pair[1]) for pair in pairs if len(pair) > 1})
    return {key: tuple(value for name, value in found if name == key) for key, _ in found}


def _grafted(text: str, chance: Random) -> str:
    """Replace values with others of the same keys, so most of it can still be read."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 8)):
        number = chance.randrange(len(lines))
        key, colon, _value = lines[number].partition(": ")
        if others := _known().get(key.strip(" -")):
            lines[number] = key + colon + chance.choice(others)
    return "\n".join(lines)


def _dosed(text: str, chance: Random) -> str:
    """Add dose keys with unlikely values below an exercise."""
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if line.strip().startswith("- exercise: ")]
    for number in sorted(chance.sample(places, min(len(places), 3)), reverse=True):
        indent = " " * (lines[number].index("-") + 2)
        keys = chance.sample(list(DOSES), chance.randint(1, 5))
        lines[number + 1 : number + 1] = [f"{indent}{key}: {chance.choice(DOSES[key])}" for key in keys]
    return "\n".join(lines)


def _token(text: str, chance: Random) -> str:
    """Change a value or a key."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    key, colon, _ = lines[number].partition(": ")
    if not colon:
        return text
    indent = key[: len(key) - len(key.lstrip(" -"))]
    value = lines[number].removeprefix(key + colon)
    keep = chance.random() < 0.7
    lines[number] = (
        f"{key if keep else indent + chance.choice(WORDS)}: {chance.choice(VALUES) if keep else value}"
    )
    return "\n".join(lines)


def _added(text: str, chance: Random) -> str:
    """Add a key beside a key."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip(" -"))].replace("-", " ")
    lines.insert(number + 1, f"{indent}{chance.choice(WORDS)}: {chance.choice(VALUES)}")
    return "\n".join(lines)


def _line(text: str, chance: Random) -> str:
    """Delete, double, move, indent or cut a line, or take one from another text."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    line = lines[number]
    stranger = chance.choice(chance.choice(bundled_texts()).split("\n"))
    fates: tuple[list[str], ...] = (
        [],
        [line] * 2,
        [stranger, line],
        [f"  {line}"],
        [line.removeprefix("  ")],
        [line[: len(line) // 2]],
    )
    lines[number : number + 1] = chance.choice(fates)
    if chance.random() < 0.2:
        lines.insert(chance.randint(0, len(lines)), line)
    return "\n".join(lines)


def _block(text: str, chance: Random) -> str:
    """Repeat some lines many times."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    some = lines[start : start + chance.randint(1, 12)]
    return "\n".join([*lines[:start], *(some * chance.choice((2, 10, 200))), *lines[start:]])


def _repeated(text: str, chance: Random) -> str:
    """Put all steps into a repeat."""
    head, steps, rest = text.partition("\nsteps:")
    if not steps:
        return text
    inner = "\n".join(f"    {line}" for line in rest.split("\n")[1:])
    return f"{head}\nsteps:\n  - repeat: {chance.choice((2, 20, 100))}\n    steps:\n{inner}\n"


def _signs(text: str, chance: Random) -> str:
    """Remove or replace characters."""
    at = chance.randint(0, len(text))
    new = "".join(chance.choice(SIGNS) for _ in range(chance.randint(0, 4)))
    return text[:at] + new + text[at + chance.randint(0, 6) :]


CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _token,
    _grafted,
    _grafted,
    _dosed,
    _dosed,
    _added,
    _line,
    _block,
    _repeated,
    _signs,
)


def from_nothing(chance: Random) -> bytes:
    """A text that was never a script: the language's words in any order, or only characters."""
    if chance.random() < 0.1:
        return "".join(chance.choice(SIGNS) for _ in range(chance.randint(0, 200))).encode()
    tree: object = _tree(chance, 4)
    if chance.random() < 0.7:
        tree = {"title": "T", "steps": [_step(chance) for _ in range(chance.randint(1, 5))]}
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)).encode()


def _tree(chance: Random, depth: int) -> object:
    kind = chance.random()
    if depth == 0 or kind < 0.4:
        return chance.choice(VALUES if kind < 0.3 else WORDS)
    if kind < 0.6:
        return [_tree(chance, depth - 1) for _ in range(chance.randint(0, 4))]
    return {chance.choice(WORDS): _tree(chance, depth - 1) for _ in range(chance.randint(0, 5))}


def _step(chance: Random) -> object:
    lead, form = chance.choice(list(model.STEP_FORMS.items()))
    others = chance.sample([key.name for key in form.keys], chance.randint(0, min(3, len(form.keys))))
    return {name: _tree(chance, 3) for name in dict.fromkeys([lead, *others])}


def used(data: bytes) -> bool:
    """Whether a file's bytes are accepted; accepted files are used as the commands do.

    Raises:
        AssertionError: It is refused without a place or with unprintable text, or breaks a promise of every
            session.
    """
    refused = _refusal(data)
    for mistake in refused:
        assert mistake.source.line >= 1
        assert mistake.source.column >= 1
        assert mistake.message.isprintable()
    return not refused


def _refusal(data: bytes) -> tuple[Mistake, ...]:
    try:
        _use(decode(data, FILE))
    except ScriptError as problem:
        return problem.mistakes or (Mistake(Source(FILE, 0), "no mistake"),)
    return ()


def _use(text: str) -> None:
    if holds_exercise(text, FILE):
        _lay_out(_alone(parse_exercise(text, FILE, "s")), alone=True)
    elif holds_talk(text, FILE):
        _lay_out(_alone(parse_talk(text, FILE, "s")), alone=True)
    else:
        assert parse_head(text, FILE).title
        _lay_out(parse_session(text, FILE, "s", LIBRARY).session)


def _alone(one: Exercise | Talk) -> Session:
    here = Source(FILE, 1)
    step = TalkStep(here, one) if isinstance(one, Talk) else ExerciseStep(here, one)
    return Session("s", "Alone", here, (step,))


def _lay_out(session: Session, *, alone: bool = False) -> None:
    """Make the session's timeline, picture and page."""
    counted = sum(whole.size(step, session.defaults).seconds for step in session.steps)
    if alone and counted > LONGEST:
        return  # only a session is refused for its length
    assert counted <= LONGEST
    for choices in CHOICES:
        timeline = estimate(plan(session, choices))
        assert counted <= timeline.length / timeline.rate
        assert all(misfit.message.isprintable() for misfit in timeline.misfits)
        assert all(cue.content.isprintable() for cue in timeline.cues)
    assert as_svg(session.title, timeline).count("<script") == 0
    assert as_page(session, LIBRARY.drawing).count("<script") == 0
