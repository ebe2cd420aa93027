"""The keys of a movement and of its dose: the first part of the table in `model`."""

from __future__ import annotations

from player.script import kinds
from player.script.forms import Form, Key
from player.script.kinds import Listing, Several, Text
from player.script.values import Limits
from player.session import Side, Sides

MINUTE = 60.0
SHORTEST = 0.1
"""Seconds; the ear cannot distinguish shorter times."""

MOST_REPS = 200
MOST_SETS = 20
MOST_MOVES = 20

HOLD = Limits(SHORTEST, 30 * MINUTE, "hold")
MOVING = Limits(SHORTEST, 30 * MINUTE, "movement")
WORK_LENGTH = Limits(1, 30 * MINUTE, "time of work")
BEAT = Limits(0.5, MINUTE, "rhythm")
PAUSE = Limits(SHORTEST / 2, 30 * MINUTE)
"""A time that may also be 0."""
WAY = Limits(SHORTEST / 2, 5 * MINUTE)
"""The way into or out of a hold; may be 0."""

REPS_LIMITS = Limits(1, MOST_REPS)
SETS_LIMITS = Limits(1, MOST_SETS)

# A move

SAY = Key("say", Text(), "What the coach says in full, the first time.", "Flatten your back.")
CUE = Key("cue", Text(), "What the coach says briefly after that. Default: the full text.", "Flatten.")
HOLD_KEY = Key(
    "hold",
    Several(kinds.time_range(HOLD), MOST_SETS),
    "How long the muscle holds, to the frame; a range starts low; a list gives one hold for each set.",
    "5s",
)
HOLDING = Key("holding", Text(), "What the coach says in a short hold.", "And squeeze.")
MOVE_KEY = Key("move", kinds.time_range(MOVING), "How long a movement at its own pace takes.", "2s")
INTO = Key("into", kinds.time(WAY), "The way into the hold. Default: 2 to 5 s, by the hold's length.", "3s")
FOR = Key("for", kinds.time(WAY), "How long it takes.", "2s")
BACK_SAY = Key("say", Text(), "What the coach says meanwhile.", "And relax.")
BACK_FORM = Form("a way back", "The way out of a hold.", (FOR, BACK_SAY), short=FOR)
BACK = Key("back", BACK_FORM, "The way out of the hold. Default: 2 to 4 s, by the hold's length.", "2s")
_OF_A_HOLD = (("into", "hold"), ("back", "hold"), ("holding", "hold"))
MOVE = Form(
    "a move",
    "One movement within a rep: into a hold, or at its own pace.",
    (SAY, CUE, HOLD_KEY, HOLDING, MOVE_KEY, INTO, BACK),
    exactly_one=("hold", "move"),
    needs=_OF_A_HOLD,
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
RHYTHM = Key("every", kinds.time(BEAT), "From one rep to the next, exactly.", "2s")
WORK = Key("work", kinds.time(WORK_LENGTH), "Intervals: how long each work lasts, exactly.", "20s")
ROUNDS = Key("rounds", kinds.count(REPS_LIMITS), "Intervals: how many times to work.", "8")
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

DOSE_KEYS = (
    *(REPS, RHYTHM, SETS, WORK, ROUNDS, REST, REST_BETWEEN_SETS, SIDES, FIRST, SWITCH),
    *(GET_READY, TICKS, PROGRESS),
)
ONE_MOVE = (SAY, CUE, HOLD_KEY, HOLDING, MOVE_KEY, INTO, BACK)
"""The keys of a move that may stand on an exercise itself."""
OF_ONE_MOVE = ("say", "cue", "holding", "into", "back")
NEED_EACH_OTHER = (
    *(("first", "sides"), ("switch", "sides"), ("works", "sides"), *_OF_A_HOLD),
    *(("every", "reps"), ("work", "rounds"), ("rounds", "work")),
)
_NO_ROUNDS = "write 'rounds: 8'"
NOT_TOGETHER = (
    ("reps", "work", _NO_ROUNDS),
    ("sets", "work", _NO_ROUNDS),
    ("rest_between_sets", "work", "write 'rest: 10s'"),
    ("sides", "work", "write an 'intervals' step with one exercise for each side"),
    ("every", "work", "keep one"),
    ("every", "move", "keep one"),
    ("every", "moves", "write one movement, with 'say' and 'cue'"),
    ("rest", "every", "the next rep begins on the beat, so delete it"),
)
"""Each first key has no place beside the second; the third says what to do instead."""
