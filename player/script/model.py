"""The script language: every key, its kind and unit, its limits and its meaning, in one place.

The reader, the JSON Schema and (by a test) the authors' page all follow this table.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from player.script import kinds, movement, schedule, special
from player.script.forms import Fields, Form, Key
from player.script.kinds import Listing, Name, Several, Text
from player.script.movement import MINUTE, PAUSE, WAY
from player.script.steps import MOST_STEPS, NamedOrInPlace, Step
from player.script.values import Limits
from player.session import Avoid, Closing, Coaching, Counting, Kind, Role, Safety, Words

MOST_POINTS = 366
"""Points of a talk: one for each day of a year."""
MOST_TIMES = 100
"""Limit for a repeat, and for breaths."""
TIMES_LIMITS = Limits(1, MOST_TIMES)
REST_LENGTH = Limits(movement.SHORTEST, 30 * MINUTE, "rest")
SILENCE_LENGTH = Limits(movement.SHORTEST, 30 * MINUTE, "silence")
WALK_LENGTH = Limits(1, 120 * MINUTE, "walk")
BREATH = Limits(movement.SHORTEST, MINUTE, "breath")
BREATH_HELD = Limits(movement.SHORTEST, MINUTE)
"""May also be 0."""


class Language(StrEnum):
    """The languages that the coach speaks."""

    ENGLISH = "en"


class Until(StrEnum):
    """What a step may wait for at its end."""

    DONE = "done"


# An exercise

NAME = Key("name", Text(), "Its name, as the coach says it.", "Pelvic tilt", required=True)
SPOKEN = Key("spoken", Text(), "Its name as the coach says it, if not as written.", "Front of the hip")
OTHER_NAME = Key("name", Text(), "What this session calls it.", "Pelvic tilt")
TARGETS = Key(
    "targets", Several(Text(spoken=False), 20), "The muscles it works on.", "[lower back, abdominals]"
)
NEEDS = Key("needs", Several(Text(), 20, least=0), "What to have at hand; []: nothing.", "[mat]")
POSITION = Key("position", Text(), "The starting position.", "on your back")
PREPARE = Key("prepare", Text(), "What to fetch before taking the position.", "Put a chair beside you.")
SETUP = Key("setup", Text(), "How to get ready in that position.", "Bend your knees.")
FEEL = Key("feel", Text(), "Where the listener feels it.", "You feel your belly work.")
FAULT = Key("fault", Text(), "One common mistake.", "Do not push with your feet.")
EASIER_SAY = Key("say", Text(), "What the coach says.", "Make the movement smaller.")
EASIER_POSITION = Key("position", Text(), "Its own position.", "sitting")
EASIER_NEEDS = Key("needs", Several(Text(), 20), "What it needs.", "[chair]")
EASIER_ID = Key("exercise", Name(), "An easier exercise, by its id.", "pelvic-tilt")
EASIER_HOLD = Key("hold", special.part(), "The part of the hold.", "0.5")
EASIER_REPS = Key("reps", special.part(), "The part of the reps.", "0.6")
EASIER_FORM = Form(
    "an easier way",
    "An easier variant.",
    (EASIER_SAY, EASIER_POSITION, EASIER_NEEDS, EASIER_ID, EASIER_HOLD, EASIER_REPS),
    at_least_one=("say", "exercise", "hold", "reps"),
    against=tuple((part, "exercise", "the other exercise has its own dose") for part in ("hold", "reps")),
    short=EASIER_SAY,
)
EASIER = Key("easier", EASIER_FORM, "An easier variant.", "Make the movement smaller.")
HARDER = Key("harder", Name(), "A harder exercise, by its id.", "bridge")
CAUTION = Key("caution", Text(), "Spoken once before it, at most 12 words.", "Stop if it hurts more.")
REFERENCE = Key(
    "reference",
    Text(spoken=False),
    "Where it comes from; never spoken.",
    "Exercises to ease pain (article, 2020)",
)
ROLE = Key("role", kinds.choice(Role), "Not counted in '3 of 7'.", "warm-up")
KIND = Key("kind", kinds.choice(Kind), "What it does for the listener.", "stretch")
AVOID_IF = Key("avoid_if", Several(kinds.choice(Avoid), len(Avoid)), "Who leaves it out.", "[hip, bones]")
WORKS = Key("works", special.limb(), "The limb that works, for 'left leg next'.", "leg")
TONES = Key("tones", kinds.on_off(), "Tones at the start and end of holds. Default: on.", "off")
ANNOUNCE = Key("announce", kinds.on_off(), "Whether to say name, number and dose. Default: on.", "off")
COUNT = Key(
    "count", special.switch(Counting, Counting.NUMBERS, Counting.OFF), "How reps are counted.", "ticks"
)

_ABOUT = (FEEL, FAULT, EASIER, HARDER, CAUTION)
_FOR_WHOM = (SPOKEN, KIND, AVOID_IF, WORKS)
_COACHED = (TONES, ANNOUNCE, COUNT)

_BESIDE = "write it beside 'exercise', with two spaces less"
EXERCISE = Form(
    "an exercise",
    "One movement with a starting position and a dose.",
    (
        *(NAME, TARGETS, NEEDS, POSITION, PREPARE, SETUP, movement.MOVES, *movement.ONE_MOVE),
        *(*movement.DOSE_KEYS, *_ABOUT, REFERENCE, ROLE, *_FOR_WHOM, *_COACHED),
    ),
    exactly_one=("hold", "move", "moves", "work"),
    or_else="every",
    apart=("moves", movement.OF_ONE_MOVE),
    needs=movement.NEED_EACH_OTHER,
    against=movement.NOT_TOGETHER,
    elsewhere=(("until", _BESIDE),),
)
_WORK_SAYS = "in intervals, 'work' says how long; delete it"
INTERVAL_EXERCISE = Form(
    "an exercise in intervals",
    "One exercise of an intervals step, without a dose.",
    (
        *(NAME, TARGETS, NEEDS, POSITION, PREPARE, SETUP, movement.SAY, movement.CUE),
        *(*_ABOUT, REFERENCE, KIND, AVOID_IF),
    ),
    elsewhere=(
        *((name, _WORK_SAYS) for name in ("hold", "move", "every", "reps", "sets", "work", "rest", "rounds")),
        ("moves", "in intervals there is one movement; write 'say' and 'cue'"),
        ("sides", "write the exercise twice, once for each side"),
    ),
)

# The steps of a session

UNTIL = Key("until", kinds.choice(Until), "done: wait at its end until the listener says so.", "done")
WHICH: Key[Words | Fields] = Key(
    "exercise",
    NamedOrInPlace(EXERCISE),
    "An exercise of the catalogue by its id, or one written in place.",
    "pelvic-tilt",
)
EXERCISE_STEP = Form(
    "an exercise step",
    "An exercise, with this session's own dose if it has one.",
    (
        *(WHICH, UNTIL, OTHER_NAME, NEEDS, POSITION, PREPARE, SETUP, movement.HOLD_KEY, movement.HOLDING),
        *(movement.INTO, movement.BACK, *movement.DOSE_KEYS, *_ABOUT, *_FOR_WHOM, *_COACHED),
    ),
    against=movement.NOT_TOGETHER,
)
TALK = Key("say", Text(), "What the coach says.", "Lie down when you are ready.")
LEAVES = Key("position", Text(), "The listener's position after this, if it changes.", "on your back")
WHICH_TALK = Key("talk", Name(), "A talk by its id: each day brings its next point.", "posture")
TALK_LEAD = Key("lead", Text(), "What the coach says before the point.", "A thought for today.")
REST_STEP = Key("rest", kinds.time(REST_LENGTH), "A rest, announced, at least this long.", "30s")
SILENCE = Key("silence", kinds.time(SILENCE_LENGTH), "Silence, for exactly this long.", "10s")
BREATHE_IN = Key("in", kinds.time(BREATH), "How long each breath in lasts.", "4s", required=True)
BREATHE_OUT = Key("out", kinds.time(BREATH), "How long each breath out lasts.", "6s", required=True)
BREATH_HOLD = Key(
    "hold", kinds.time(BREATH_HELD), "How long to hold the breath after the breath in. Default: 0.", "7s"
)
BREATH_REST = Key("rest", kinds.time(BREATH_HELD), "How long to rest after the breath out. Default: 0.", "4s")
BREATHS = Key("times", kinds.count(TIMES_LIMITS), "How many breaths.", "5", required=True)
BREATHE_FORM = Form(
    "paced breathing",
    "Breathing in time with the coach.",
    (BREATHE_IN, BREATH_HOLD, BREATHE_OUT, BREATH_REST, BREATHS),
)
BREATHE = Key("breathe", BREATHE_FORM, "Paced breathing.", "{in: 4s, out: 6s, times: 5}")
WALK = Key("walk", kinds.time(WALK_LENGTH), "A walk, with a word to turn round half way.", "10 min")
STEP_WORK = replace(movement.WORK, required=True)
STEP_REST = Key("rest", kinds.time(PAUSE), "How long each rest between lasts, exactly.", "10s", required=True)
STEP_ROUNDS = replace(movement.ROUNDS, required=True)
IN_TURN: Key[tuple[Words | Fields, ...]] = Key(
    "exercises",
    Listing(NamedOrInPlace(INTERVAL_EXERCISE), 50, "bridge"),
    "The exercises: each round takes the next one.",
    "[bridge, superman]",
    required=True,
)
INTERVALS_FORM = Form(
    "intervals",
    "Work and rest in turn, each exactly as long as written.",
    (STEP_WORK, STEP_REST, STEP_ROUNDS, IN_TURN),
)
INTERVALS = Key(
    "intervals",
    INTERVALS_FORM,
    "Intervals: several exercises in turn.",
    "{work: 20s, rest: 10s, rounds: 8, exercises: [bridge, superman]}",
)
SOUND = Key("sound", Name(), "One sound, by its name in sounds/.", "bell")
REPEAT = Key("repeat", kinds.count(TIMES_LIMITS), "How many times to do its steps.", "2")

STEPS = Key(
    "steps",
    Listing(Step(lambda: STEP_FORMS), MOST_STEPS, "rest: 30s"),
    "The steps, in order.",
    "[{say: Hello.}]",
    required=True,
)
REPEAT_STEP = Form("a repeat", "Steps done several times.", (REPEAT, STEPS))
STEP_FORMS: dict[str, Form] = {
    "exercise": EXERCISE_STEP,
    "repeat": REPEAT_STEP,
    "intervals": Form("an intervals step", "Work and rest in turn.", (INTERVALS, UNTIL)),
    "say": Form("a talk", "The coach speaks.", (TALK, LEAVES, UNTIL)),
    "talk": Form("a point of a talk", "The day's point of a talk.", (WHICH_TALK, TALK_LEAD)),
    "breathe": Form("a breathing step", "Paced breathing.", (BREATHE,)),
    "sound": Form("a sound step", "One sound.", (SOUND,)),
    "silence": Form("a silence step", "Silence.", (SILENCE,)),
    "walk": Form("a walk step", "A walk.", (WALK, UNTIL)),
    "rest": Form("a rest step", "A rest.", (REST_STEP, UNTIL)),
}
"""The kinds of steps by their leading key; the first of these keys in a step decides."""

# A session

TITLE = Key("title", Text(spoken=False), "Its title.", "Morning stretch", required=True)
ABOUT = Key("about", Text(spoken=False), "What it is, in one sentence.", "Ten gentle minutes on the mat.")
LANGUAGE = Key("language", kinds.choice(Language), "The language of the script. Default: en.", "en")
TAGS = Key("tags", Several(Text(spoken=False), 20), "Words to find it by.", "[stretch, gentle]")
TIMES_PER_DAY = Key("times_per_day", kinds.count(schedule.TIMES), "How many times a day.", "2")
DAYS_PER_WEEK = Key("days_per_week", kinds.count(schedule.DAYS), "How many days a week.", "7")
EVERY_HOURS = Key("every_hours", kinds.count(schedule.HOURS), "Hours from one time to the next.", "2")
IN_WORDS = Key("in words", schedule.in_words(), "How often, in words.", "twice a day")
SCHEDULE_FORM = Form(
    "a schedule",
    "How often to do the session.",
    (TIMES_PER_DAY, DAYS_PER_WEEK, EVERY_HOURS),
    against=(("times_per_day", "every_hours", "keep one"),),
    short=IN_WORDS,
)
SCHEDULE = Key("schedule", SCHEDULE_FORM, "How often to do it.", "twice a day, 5 days a week")
MUSIC = Key("music", Name(), "A bed from sounds/ or the script's folder. Default: none.", "still-water")
COACHING = Key("coaching", kinds.choice(Coaching), "How much the coach says. Default: full.", "brief")
SAFETY = Key("safety", kinds.choice(Safety), "Which safety advice to begin with. Default: short.", "full")
OPENING = Key("opening", kinds.on_off(), "What the coach says at the start. Default: on.", "off")
CLOSING = Key(
    "closing",
    special.switch(Closing, Closing.ON, Closing.OFF),
    "How it ends: off: with its last step; lying: without advice, sound or getting up.",
    "lying",
)
BETWEEN = Key(
    "between_exercises",
    kinds.time(PAUSE),
    "From one exercise to the next, including announcement and get-ready time.",
    "15s",
)
INTO_ALL = Key("into", kinds.time(WAY), "The way into each hold.", "2s")
BACK_ALL = Key("back", kinds.time(WAY), "The way out of each hold.", "2s")
DEFAULTS_FORM = Form(
    "the defaults",
    "Values for every exercise of the session that does not set its own.",
    (
        *(movement.GET_READY, movement.REST, movement.REST_BETWEEN_SETS, BETWEEN, INTO_ALL, BACK_ALL),
        *_COACHED,
    ),
)
DEFAULTS = Key("defaults", DEFAULTS_FORM, "For every exercise that does not set its own.", "{rest: 5s}")
SESSION = Form(
    "a session",
    "What the listener does in one go.",
    (
        *(TITLE, ABOUT, LANGUAGE, TAGS, NEEDS, SCHEDULE, MUSIC, movement.TICKS, COACHING, SAFETY),
        *(OPENING, CLOSING, DEFAULTS, STEPS),
    ),
)

# A talk

TALK_TITLE = Key("title", Text(spoken=False), "Its title.", "Posture", required=True)
LEAD = Key("lead", Text(), "What the coach says before each point.", "A thought for today.")
POINTS = Key(
    "points",
    Listing(Text(), MOST_POINTS, "Change your position often."),
    "What the coach says: the first on day 1, the next on day 2; the first follows the last.",
    "[Change your position often.]",
    required=True,
)
TALK_FILE = Form("a talk by days", "Something to think about, one point a day.", (TALK_TITLE, LEAD, POINTS))
