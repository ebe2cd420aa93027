"""The script language: every key, its kind and unit, its limits and its meaning, in one place.

The reader, the JSON Schema and (by a test) the authors' page all follow this table.
"""

from __future__ import annotations

from enum import StrEnum

from player.script import kinds
from player.script.forms import Form, Key
from player.script.kinds import Listing, Name, Several, Text
from player.script.steps import MOST_STEPS, NamedOrInPlace, Step
from player.script.values import Limits
from player.session import Coaching, Role, Safety, Side, Sides

MINUTE = 60.0
SHORTEST = 0.1
"""Seconds; the ear cannot distinguish shorter times."""

MOST_REPS = 200
MOST_SETS = 20
MOST_MOVES = 20
MOST_POINTS = 366
"""Points of a talk: one for each day of a year."""
MOST_TIMES = 100
"""Limit for a repeat, and for breaths."""

HOLD = Limits(SHORTEST, 30 * MINUTE, "hold")
MOVING = Limits(SHORTEST, 30 * MINUTE, "movement")
REST_LENGTH = Limits(SHORTEST, 30 * MINUTE, "rest")
SILENCE_LENGTH = Limits(SHORTEST, 30 * MINUTE, "silence")
BREATH = Limits(SHORTEST, MINUTE, "breath")
PAUSE = Limits(SHORTEST / 2, 30 * MINUTE)
"""A time that may also be 0."""
WAY = Limits(SHORTEST / 2, 5 * MINUTE)
"""The way into or out of a hold; may be 0."""

REPS_LIMITS = Limits(1, MOST_REPS)
SETS_LIMITS = Limits(1, MOST_SETS)
TIMES_LIMITS = Limits(1, MOST_TIMES)


class Language(StrEnum):
    """The languages that the coach speaks."""

    ENGLISH = "en"


# A move

SAY = Key("say", Text(), "What the coach says in full, the first time.", "Flatten your back.")
CUE = Key("cue", Text(), "What the coach says briefly after that. Default: the full text.", "Flatten.")
HOLD_KEY = Key(
    "hold", kinds.time_range(HOLD), "How long the muscle holds, to the frame; a range starts low.", "5s"
)
MOVE_KEY = Key("move", kinds.time_range(MOVING), "How long a movement at its own pace takes.", "2s")
INTO = Key("into", kinds.time(WAY), "The way into the hold. Default: 2 to 5 s, by the hold's length.", "3s")
FOR = Key("for", kinds.time(WAY), "How long it takes.", "2s")
BACK_SAY = Key("say", Text(), "What the coach says meanwhile.", "And relax.")
BACK_FORM = Form("a way back", "The way out of a hold.", (FOR, BACK_SAY), short=FOR)
BACK = Key("back", BACK_FORM, "The way out of the hold. Default: 2 to 4 s, by the hold's length.", "2s")
MOVE = Form(
    "a move",
    "One movement within a rep: into a hold, or at its own pace.",
    (SAY, CUE, HOLD_KEY, MOVE_KEY, INTO, BACK),
    exactly_one=("hold", "move"),
    needs=(("into", "hold"), ("back", "hold")),
)
MOVE_ENTRY = "{say: Point your toes., move: 2s}"
MOVES = Key(
    "moves",
    Listing(MOVE, MOST_MOVES, MOVE_ENTRY),
    "The movements of one rep, done in turn.",
    f"[{MOVE_ENTRY}]",
)

# A dose

REPS = Key(
    "reps",
    Several(kinds.count_range(REPS_LIMITS), MOST_SETS),
    "How often, on each side; a list gives one number for each set. Default: 1.",
    "10",
)
SETS = Key("sets", kinds.count_range(SETS_LIMITS), "How many sets of these reps. Default: 1.", "3")
REST = Key("rest", kinds.time(PAUSE), "Between reps, at least.", "3s")
REST_BETWEEN_SETS = Key("rest_between_sets", kinds.time(PAUSE), "Between sets, at least.", "1 min")
SIDES = Key(
    "sides",
    kinds.choice(Sides),
    "each: all reps of one side, then all of the other, in each set; alternating: rep by rep; "
    "blocks: all sets of one side, then of the other. Default: none.",
    "each",
)
FIRST = Key("first", kinds.choice(Side), "The side to begin with. Default: right.", "left")
SWITCH_SAY = Key("say", Text(), "What the coach says meanwhile.", "Now roll over.")
SWITCH_FOR = Key("for", kinds.time(PAUSE), "How long it takes, at least.", "12s")
SWITCH_FORM = Form(
    "a change of sides", "How the listener changes sides.", (SWITCH_FOR, SWITCH_SAY), short=SWITCH_FOR
)
SWITCH = Key("switch", SWITCH_FORM, "How to change sides, if 'now left' is not enough.", "8s")
GET_READY = Key("get_ready", kinds.time(PAUSE), "Time to get ready, at least.", "8s")
TICKS = Key("ticks", kinds.on_off(), "Soft ticks in long holds.", "off")

MORE_REPS = Key("reps", kinds.growing(REPS_LIMITS, timed=False), "How many reps to add.", "+1")
MORE_SETS = Key("sets", kinds.growing(SETS_LIMITS, timed=False), "How many sets to add.", "+1")
MORE_HOLD = Key("hold", kinds.growing(HOLD, timed=True), "How much to add to each hold.", "+1s")
EVERY = Key("every", kinds.days(), "After how many days of practice to add it.", "1 day", required=True)
UP_TO = Key("up_to", kinds.bare(), "The value at which growth ends.", "30", required=True)
PROGRESS_FORM = Form(
    "a progress rule",
    "How the dose grows from day to day.",
    (MORE_REPS, MORE_SETS, MORE_HOLD, EVERY, UP_TO),
    exactly_one=("reps", "sets", "hold"),
    refined=(
        ("reps", "up_to", kinds.count(REPS_LIMITS)),
        ("sets", "up_to", kinds.count(SETS_LIMITS)),
        ("hold", "up_to", kinds.time(HOLD)),
    ),
)
PROGRESS = Key("progress", PROGRESS_FORM, "How the dose grows.", "{reps: +1, every: 1 day, up_to: 30}")

# An exercise

NAME = Key("name", Text(), "Its name, as the coach says it.", "Pelvic tilt", required=True)
OTHER_NAME = Key("name", Text(), "What this session calls it.", "Pelvic tilt")
TARGETS = Key(
    "targets", Several(Text(spoken=False), 20), "The muscles it works on.", "[lower back, abdominals]"
)
NEEDS = Key("needs", Several(Text(), 20), "What to have at hand.", "[mat]")
POSITION = Key("position", Text(), "The starting position.", "on your back")
SETUP = Key("setup", Text(), "How to get ready in that position.", "Bend your knees.")
FEEL = Key("feel", Text(), "Where the listener feels it.", "You feel your belly work.")
FAULT = Key("fault", Text(), "One common mistake.", "Do not push with your feet.")
EASIER_SAY = Key("say", Text(), "What the coach says.", "Make the movement smaller.", required=True)
EASIER_FORM = Form("an easier way", "An easier variant.", (EASIER_SAY,), short=EASIER_SAY)
EASIER = Key("easier", EASIER_FORM, "An easier variant.", "Make the movement smaller.")
CAUTION = Key("caution", Text(), "Spoken once before it, at most 12 words.", "Stop if it hurts more.")
REFERENCE = Key(
    "reference",
    Text(spoken=False),
    "Where it comes from; never spoken.",
    "Exercises to ease pain (article, 2020)",
)
ROLE = Key("role", kinds.choice(Role), "Not counted in '3 of 7'.", "warm-up")

_DOSE = (REPS, SETS, REST, REST_BETWEEN_SETS, SIDES, FIRST, SWITCH, GET_READY, TICKS, PROGRESS)
_ONE_MOVE = (SAY, CUE, HOLD_KEY, MOVE_KEY, INTO, BACK)

EXERCISE = Form(
    "an exercise",
    "One movement with a starting position and a dose.",
    (
        *(NAME, TARGETS, NEEDS, POSITION, SETUP, MOVES, *_ONE_MOVE, *_DOSE),
        *(FEEL, FAULT, EASIER, CAUTION, REFERENCE, ROLE),
    ),
    exactly_one=("hold", "move", "moves"),
    apart=("moves", ("say", "cue", "into", "back")),
    needs=(("first", "sides"), ("switch", "sides"), ("into", "hold"), ("back", "hold")),
)

# The steps of a session

WHICH = Key(
    "exercise",
    NamedOrInPlace(EXERCISE),
    "An exercise of the catalogue by its id, or one written in place.",
    "pelvic-tilt",
)
EXERCISE_STEP = Form(
    "an exercise step",
    "An exercise, with this session's own dose if it has one.",
    (WHICH, OTHER_NAME, POSITION, SETUP, HOLD_KEY, INTO, BACK, *_DOSE, FEEL, FAULT, EASIER, CAUTION),
)
TALK = Key("say", Text(), "What the coach says.", "Lie down when you are ready.")
LEAVES = Key("position", Text(), "The listener's position after this, if it changes.", "on your back")
WHICH_TALK = Key("talk", Name(), "A talk by its id: each day brings its next point.", "posture")
REST_STEP = Key("rest", kinds.time(REST_LENGTH), "A rest, announced, at least this long.", "30s")
SILENCE = Key("silence", kinds.time(SILENCE_LENGTH), "Silence, for exactly this long.", "10s")
BREATHE_IN = Key("in", kinds.time(BREATH), "How long each breath in lasts.", "4s", required=True)
BREATHE_OUT = Key("out", kinds.time(BREATH), "How long each breath out lasts.", "6s", required=True)
BREATHS = Key("times", kinds.count(TIMES_LIMITS), "How many breaths.", "5", required=True)
BREATHE_FORM = Form(
    "paced breathing", "Breathing in time with the coach.", (BREATHE_IN, BREATHE_OUT, BREATHS)
)
BREATHE = Key("breathe", BREATHE_FORM, "Paced breathing.", "{in: 4s, out: 6s, times: 5}")
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
    "say": Form("a talk", "The coach speaks.", (TALK, LEAVES)),
    "talk": Form("a point of a talk", "The day's point of a talk.", (WHICH_TALK,)),
    "breathe": Form("a breathing step", "Paced breathing.", (BREATHE,)),
    "sound": Form("a sound step", "One sound.", (SOUND,)),
    "silence": Form("a silence step", "Silence.", (SILENCE,)),
    "rest": Form("a rest step", "A rest.", (REST_STEP,)),
}
"""The kinds of steps by their leading key; the first of these keys in a step decides."""

# A session

TITLE = Key("title", Text(spoken=False), "Its title.", "Morning stretch", required=True)
ABOUT = Key("about", Text(spoken=False), "What it is, in one sentence.", "Ten gentle minutes on the mat.")
LANGUAGE = Key("language", kinds.choice(Language), "The language of the script. Default: en.", "en")
TAGS = Key("tags", Several(Text(spoken=False), 20), "Words to find it by.", "[stretch, gentle]")
TIMES_PER_DAY = Key("times_per_day", kinds.count(Limits(1, 24)), "How many times a day.", "2")
DAYS_PER_WEEK = Key("days_per_week", kinds.count(Limits(1, 7)), "How many days a week.", "7")
SCHEDULE_FORM = Form("a schedule", "How often to do the session.", (TIMES_PER_DAY, DAYS_PER_WEEK))
SCHEDULE = Key("schedule", SCHEDULE_FORM, "How often to do it.", "{times_per_day: 2, days_per_week: 7}")
MUSIC = Key("music", Name(), "A bed from sounds/ or the script's folder. Default: none.", "still-water")
COACHING = Key("coaching", kinds.choice(Coaching), "How much the coach says. Default: full.", "brief")
SAFETY = Key("safety", kinds.choice(Safety), "Which safety advice to begin with. Default: short.", "full")
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
    (GET_READY, REST, REST_BETWEEN_SETS, BETWEEN, INTO_ALL, BACK_ALL),
)
DEFAULTS = Key("defaults", DEFAULTS_FORM, "For every exercise that does not set its own.", "{rest: 5s}")
SESSION = Form(
    "a session",
    "What the listener does in one go.",
    (TITLE, ABOUT, LANGUAGE, TAGS, NEEDS, SCHEDULE, MUSIC, TICKS, COACHING, SAFETY, DEFAULTS, STEPS),
)

# A talk

TALK_TITLE = Key("title", Text(spoken=False), "Its title.", "Posture", required=True)
POINTS = Key(
    "points",
    Listing(Text(), MOST_POINTS, "Change your position often."),
    "What the coach says: the first on day 1, the next on day 2; the first follows the last.",
    "[Change your position often.]",
    required=True,
)
TALK_FILE = Form("a talk by days", "Something to think about, one point a day.", (TALK_TITLE, POINTS))
