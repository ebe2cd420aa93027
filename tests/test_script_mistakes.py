"""Every mistake, with its exact message."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from player.errors import ScriptError
from player.script import model, nodes, read_text

from tests.scripting import exercise_mistakes, mistakes, session

HEAD = "title: T\nsteps:\n"
LEADS = ", ".join(model.STEP_FORMS)

OF_SESSIONS = [
    ("titel: T\nsteps:\n  - rest: 5s\n", ["s.yaml:1:1: unknown key 'titel'; did you mean 'title'?"]),
    (
        "title: T\nfoo: 1\nsteps: [{rest: 5s}]",
        [
            (
                "s.yaml:2:1: unknown key 'foo'; the keys here are: title, about, language, tags, needs, "
                "schedule, music, ticks, coaching, safety, opening, closing, defaults, steps"
            )
        ],
    ),
    (
        "about: x",
        [
            "s.yaml:1:1: 'steps' is missing; write for example 'steps: [{say: Hello.}]'",
            "s.yaml:1:1: 'title' is missing; write for example 'title: Morning stretch'",
        ],
    ),
    ("", ["s.yaml:1:1: the file is empty; begin with 'title: …'"]),
    ("# only a comment", ["s.yaml:1:1: the file is empty; begin with 'title: …'"]),
    ("- a", ["s.yaml:1:1: expected a session, not a list; write for example 'title: Morning stretch'"]),
    (
        "just text",
        ["s.yaml:1:1: expected a session with its keys; write for example 'title: Morning stretch'"],
    ),
    (
        "title:\nsteps:",
        [
            "s.yaml:1:7: the text is missing; write for example 'title: Morning stretch'",
            "s.yaml:2:7: 'steps' needs a list, with each entry on its own line: '- rest: 30s'",
        ],
    ),
    (
        "title: T\nsteps: []",
        ["s.yaml:2:8: 'steps' needs a list, with each entry on its own line: '- rest: 30s'"],
    ),
    (
        "title: T\nsteps: {rest: 5s}",
        ["s.yaml:2:8: 'steps' needs a list, with each entry on its own line: '- rest: 30s'"],
    ),
    (HEAD + "  - exercse: bridge", ["s.yaml:3:5: unknown step 'exercse'; did you mean 'exercise'?"]),
    (HEAD + "  - exercise: brige", ["s.yaml:3:15: unknown exercise 'brige'; did you mean 'bridge'?"]),
    (
        HEAD + "  - exercise: xyzzy",
        [
            (
                "s.yaml:3:15: unknown exercise 'xyzzy'; write the name of a file in "
                "scripts/exercises/, without its ending"
            )
        ],
    ),
    (HEAD + "  - sound: bel", ["s.yaml:3:12: unknown sound 'bel'; did you mean 'bell'?"]),
    (
        HEAD + "  - sound: ../x",
        ["s.yaml:3:12: unknown sound '../x'; write the name of a file in sounds/, without its ending"],
    ),
    (
        HEAD + "  - rest",
        [f"s.yaml:3:5: 'rest' is not a step; a step begins with one of {LEADS}, as in '- rest: 30s'"],
    ),
    (
        HEAD + "  - 5",
        [f"s.yaml:3:5: '5' is not a step; a step begins with one of {LEADS}, as in '- rest: 30s'"],
    ),
    (HEAD + "  - {}", ["s.yaml:3:5: the step is empty; write for example '- rest: 30s'"]),
    (
        HEAD + "  -",
        [f"s.yaml:3:4: this is not a step; a step begins with one of {LEADS}, as in '- rest: 30s'"],
    ),
    (
        HEAD + "  - [a]",
        [f"s.yaml:3:5: this is not a step; a step begins with one of {LEADS}, as in '- rest: 30s'"],
    ),
    (
        HEAD + "  - say: Hi.\n    sound: bell",
        ["s.yaml:4:5: 'sound' is a separate step; begin a new line with '- sound: …'"],
    ),
    (HEAD + "  - exercise: bridge\n    rep: 5", ["s.yaml:4:5: unknown key 'rep'; did you mean 'reps'?"]),
    (
        HEAD + "  - exercise:\n    name: X\n    hold: 5s",
        [
            (
                "s.yaml:3:14: the exercise is missing; write its id, or indent the lines below "
                "by two more spaces"
            )
        ],
    ),
    (
        HEAD + "  - exercise: bridge\n    hold: 0",
        ["s.yaml:4:11: a hold cannot be 0; write for example 'hold: 5s'"],
    ),
    (
        HEAD + "  - exercise: bridge\n    hold: 5 lightyears",
        ["s.yaml:4:11: unknown unit 'lightyears' in '5 lightyears'; write for example 'hold: 5s'"],
    ),
    (
        HEAD + "  - exercise: bridge\n    hold: -5s",
        ["s.yaml:4:11: a time cannot be negative; write for example 'hold: 5s'"],
    ),
    (HEAD + "  - rest: 0s", ["s.yaml:3:11: a rest cannot be 0; write for example 'rest: 30s'"]),
    (HEAD + "  - silence: 2 h", ["s.yaml:3:14: '2 h' is too much; the limit is 30 minutes"]),
    (HEAD + "  - exercise: bridge\n    reps: 0", ["s.yaml:4:11: '0' is too little; the minimum is 1"]),
    (HEAD + "  - exercise: bridge\n    reps: 201", ["s.yaml:4:11: '201' is too much; the limit is 200"]),
    (
        HEAD + "  - exercise: bridge\n    reps: ten",
        ["s.yaml:4:11: 'ten' is not a number; write for example 'reps: 10'"],
    ),
    (
        HEAD + "  - exercise: bridge\n    reps: 2.5",
        ["s.yaml:4:11: '2.5' is not a whole number from 1 to 200; write for example 'reps: 10'"],
    ),
    (
        HEAD + "  - exercise: bridge\n    reps: [5, 3]\n    sets: 3",
        ["s.yaml:5:11: 'reps' lists one number for each of 2 sets; write 'sets: 2', or leave 'sets' out"],
    ),
    (
        HEAD + "  - exercise: cat-stretch\n    hold: 5s",
        ["s.yaml:4:11: 'hold' changes nothing, because no move of 'cat-stretch' holds; delete it"],
    ),
    (
        HEAD + "  - exercise: bridge\n    first: left",
        ["s.yaml:4:12: 'first' makes no sense without 'sides'; write for example 'sides: each'"],
    ),
    (
        HEAD + "  - exercise: rotational-stretch\n    sides: none",
        [
            (
                "s.yaml:4:12: the texts of 'rotational-stretch' mention sides; write 'sides: each', "
                "'alternating' or 'blocks'"
            )
        ],
    ),
    (
        HEAD + "  - exercise: bridge\n    setup: On the <side>.",
        ["s.yaml:4:12: '<side>' means nothing without sides; write 'sides: each', or name the side itself"],
    ),
    (
        HEAD + "  - exercise: ladder\n    sets: 2",
        ["s.yaml:4:11: 'reps' lists one number for each of 3 sets; write 'sets: 3', or leave 'sets' out"],
    ),
    (
        HEAD + "  - exercise: bridge\n    sides: eech",
        ["s.yaml:4:12: unknown value 'eech'; did you mean 'each'?"],
    ),
    (
        HEAD + "  - exercise: bridge\n    sides: both",
        ["s.yaml:4:12: unknown value 'both'; write 'none' or 'each' or 'alternating' or 'blocks'"],
    ),
    (
        HEAD + "  - say: On the <side>.",
        ["s.yaml:3:10: '<side>' means nothing without sides; write 'left' or 'right'"],
    ),
    (
        HEAD + "  - say: Hello <name>.",
        [("s.yaml:3:10: unknown placeholder '<name>'; the placeholders are '<side>' and '<other side>'")],
    ),
    (HEAD + "  - say: On the <sied>.", ["s.yaml:3:10: unknown placeholder '<sied>'; did you mean '<side>'?"]),
    (HEAD + "  - say: '...'", ["s.yaml:3:10: '...' contains nothing to speak; write words"]),
    (
        HEAD + "  - say: {a: b}",
        [
            (
                "s.yaml:3:10: expected a text, not further keys; put it in quotes if it begins "
                "with '{' or '[' or contains ': '"
            )
        ],
    ),
    (
        HEAD + "  - say: [x]",
        [
            (
                "s.yaml:3:10: expected a text, not a list; put it in quotes if it begins with "
                "'{' or '[' or contains ': '"
            )
        ],
    ),
    (
        HEAD + "  - say:",
        ["s.yaml:3:9: the text is missing; write for example 'say: Lie down when you are ready.'"],
    ),
    (
        HEAD + "  - breathe: {in: 4s, out: 6s}",
        ["s.yaml:3:14: 'times' is missing; write for example 'times: 5'"],
    ),
    (
        HEAD + "  - breathe: 4",
        [
            (
                "s.yaml:3:14: expected paced breathing with its keys; write for example "
                "'breathe: {in: 4s, out: 6s, times: 5}'"
            )
        ],
    ),
    (
        HEAD + "  - breathe: {in: 4s, out: 6s, times: 0}",
        ["s.yaml:3:39: '0' is too little; the minimum is 1"],
    ),
    (
        HEAD + "  - repeat: 101\n    steps: [{rest: 1s}]",
        ["s.yaml:3:13: '101' is too much; the limit is 100"],
    ),
    (HEAD + "  - repeat: 2", ["s.yaml:3:5: 'steps' is missing; write for example 'steps: [{say: Hello.}]'"]),
    (
        HEAD + "  - repeat: {steps: 1}",
        [
            "s.yaml:3:5: 'steps' is missing; write for example 'steps: [{say: Hello.}]'",
            "s.yaml:3:13: expected a number, not further keys; write for example 'repeat: 2'",
        ],
    ),
    ("title: T\nlanguage: de\nsteps: [{rest: 1s}]", ["s.yaml:2:11: unknown value 'de'; write 'en'"]),
    (
        "title: T\nticks: maybe\nsteps: [{rest: 1s}]",
        ["s.yaml:2:8: 'maybe' is neither 'on' nor 'off'; write for example 'ticks: off'"],
    ),
    (
        "title: T\ndefaults: {holds: 3s}\nsteps: [{rest: 1s}]",
        [
            (
                "s.yaml:2:12: unknown key 'holds'; the keys here are: get_ready, rest, "
                "rest_between_sets, between_exercises, into, back, tones, announce, count"
            )
        ],
    ),
    (
        "title: T\nschedule: {times_per_day: 0, days_per_week: 8}\nsteps: [{rest: 1s}]",
        [
            "s.yaml:2:27: '0' is too little; the minimum is 1",
            "s.yaml:2:45: '8' is too much; the limit is 7",
        ],
    ),
    (
        "title: T\ntitle: U\nsteps: [{rest: 1s}]",
        ["s.yaml:2:1: duplicate key 'title' (first in line 1); keep one"],
    ),
    (
        HEAD + "  - say: Now: breathe.",
        ["s.yaml:3:13: a text that contains ': ' must be in quotes: say: \"…: …\""],
    ),
    (
        HEAD + "  - say: {Breathe} in.\n  - rest: 5s",
        ["s.yaml:3:10: a text that begins with '{' must be in quotes: say: \"{…\""],
    ),
    (
        HEAD + "  - say: [Breathe] in.",
        ["s.yaml:3:10: a text that begins with '[' must be in quotes: say: \"[…\""],
    ),
    (HEAD + "  - say: *gently*", ["s.yaml:3:10: a text that begins with '*' must be in quotes: say: \"*…\""]),
    (HEAD + "  - say: *gently", ["s.yaml:3:10: a text that begins with '*' must be in quotes: \"*…\""]),
    (HEAD + "  - say: &you there", ["s.yaml:3:10: a text that begins with '&' must be in quotes: \"&…\""]),
    (HEAD + "  - say: !Go", ["s.yaml:3:10: a text that begins with '!' must be in quotes: \"!…\""]),
    (
        HEAD + "  - say: !!python/object:os.system x",
        ["s.yaml:3:10: a text that begins with '!' must be in quotes: \"!…\""],
    ),
    (HEAD + "  - say: % of you", ["s.yaml:3:10: a text that begins with '%' must be in quotes: say: \"%…\""]),
    (HEAD + "  - say: @home", ["s.yaml:3:10: a text that begins with '@' must be in quotes: say: \"@…\""]),
    (HEAD + "  - say: `a`", ["s.yaml:3:10: a text that begins with '`' must be in quotes: say: \"`…\""]),
    (
        HEAD + '  - say: "Go" now',
        ["s.yaml:3:15: nothing may follow the closing quote; put the whole text in the other kind of quotes"],
    ),
    (HEAD + '  - say: "Go', ["s.yaml:3:10: the quote that begins here never ends; close it"]),
    (HEAD + "\t- say: Go.", ["s.yaml:3:1: the line is indented with a tab; use spaces, two for each level"]),
    (
        HEAD + "  - say: Go.\n\t  rest: 3s",
        ["s.yaml:4:1: the line is indented with a tab; use spaces, two for each level"],
    ),
    (
        HEAD + "  - say: - go",
        ["s.yaml:3:10: unexpected '-'; begin a new line with it, or put the text in quotes"],
    ),
    (HEAD + "  - say: > go", ["s.yaml:3:10: a text that begins with '>' must be in quotes: say: \">…\""]),
    (
        HEAD + "  - say: a\n   rest: 5s",
        ["s.yaml:4:4: the line does not fit here; indent it exactly like its neighbours"],
    ),
    (
        HEAD + "  - exercise: {name: X, hold: 5s",
        ["s.yaml:3:15: the '{' that begins here never ends; close it"],
    ),
    (
        HEAD + "  - {say: Left, then right.}",
        ["s.yaml:3:17: the comma before 'then right.' splits the text; put the whole text in quotes"],
    ),
    (HEAD + "  - <<: a", ["s.yaml:3:5: '<<' (a merge of keys) is not allowed; write the keys out"]),
    (
        "title: T\n---\ntitle: U",
        ["s.yaml:2:1: a file contains one script; delete the line '---' and what follows"],
    ),
    (
        "title: T\n...\nx: y",
        ["s.yaml:3:1: a file contains one script; delete the line '...' or '---' and what follows"],
    ),
    ("title: T\nfoo\nsteps: x", ["s.yaml:2:1: a ':' is missing after the key; write 'key: value'"]),
    ("a: \x1b[31m", ["s.yaml:1:4: hidden control character (U+001B); delete it"]),
    (
        'title: "a\\x1b[31m"\nsteps: [{rest: 1s}]',
        ["s.yaml:1:8: hidden control character (U+001B); delete it"],
    ),
    ("title: \u202eabc", ["s.yaml:1:8: hidden control character (U+202E); delete it"]),
    ("title: \x00", ["s.yaml:1:8: hidden control character (U+0000); delete it"]),
    ("? [a]\n: b", ["s.yaml:1:3: a key must be one word; put a text that begins with '{' or '[' in quotes"]),
    (
        "title: T\n  about: x\nsteps: []",
        ["s.yaml:2:8: the line does not fit here; indent it exactly like its neighbours"],
    ),
    (
        (
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            "[[[[[[[[[[[[[[[["
        ),
        ["s.yaml:1:65: nested too deeply; a script may nest 'repeat' at most 8 times"],
    ),
    (
        HEAD + "  - repeat: 100\n    steps: [{repeat: 100, steps: [{rest: 1s}]}]",
        ["s.yaml:3:5: with repeats, the session has more than 2,000 steps; repeat less"],
    ),
    (
        HEAD + "  - rest: 30 min\n" * 7,
        ["s.yaml:9:5: the session takes more than 3 hours; shorten its doses or split it"],
    ),
    (
        HEAD + "  - {exercise: bridge, reps: 200, sets: 20}\n" * 3,
        [
            "s.yaml:4:5: the session takes more than 3 hours; shorten its doses or split it",
            "s.yaml:5:5: the session has more than 10,000 cues; write fewer reps, sets or repeats",
        ],
    ),
    (
        HEAD + "  - exercise: {name: Left calf, hold: 5s}",
        ["s.yaml:3:5: 'Left calf' has no counterpart on the other side; add it, or write 'sides: each'"],
    ),
    (
        HEAD + "  - exercise: {name: Left calf, hold: 5s}\n  - exercise: {name: Right calf, hold: 6s}",
        ["s.yaml:4:5: 'Right calf' and 'Left calf' differ in dose; give both sides the same"],
    ),
]

OF_EXERCISES = [
    (
        "{name: N}",
        ["e.yaml:1:1: 'hold', 'move', 'moves', 'work' or 'every' is missing; write for example 'hold: 5s'"],
    ),
    ("{hold: 5s}", ["e.yaml:1:1: 'name' is missing; write for example 'name: Pelvic tilt'"]),
    ("{name: N, hold: 5s, move: 2s}", ["e.yaml:1:21: 'hold' and 'move' exclude each other; keep one"]),
    (
        "{name: N, moves: [{say: A., hold: 5s, move: 2s}, {say: B.}, x, {hold: 2s, into: 3s}]}",
        [
            "e.yaml:1:39: 'hold' and 'move' exclude each other; keep one",
            "e.yaml:1:50: 'hold' or 'move' is missing; write for example 'hold: 5s'",
            (
                "e.yaml:1:61: expected a move with its keys; write for example '- {say: Point "
                "your toes., move: 2s}'"
            ),
        ],
    ),
    (
        "{name: N, moves: [{move: 2s, into: 3s, back: 1s}]}",
        [
            "e.yaml:1:30: 'into' makes no sense without 'hold'; write for example 'hold: 5s'",
            "e.yaml:1:40: 'back' makes no sense without 'hold'; write for example 'hold: 5s'",
        ],
    ),
    (
        "{name: N, moves: [{hold: 5s}], hold: 5s, say: A., into: 2s}",
        [
            "e.yaml:1:11: 'hold' and 'moves' exclude each other; keep one",
            "e.yaml:1:42: with 'moves', 'say' belongs to each single move; write it there",
            "e.yaml:1:51: with 'moves', 'into' belongs to each single move; write it there",
        ],
    ),
    (
        "{name: N, move: 2s, into: 3s}",
        ["e.yaml:1:21: 'into' makes no sense without 'hold'; write for example 'hold: 5s'"],
    ),
    (
        "{name: N, moves: []}",
        [
            (
                "e.yaml:1:18: 'moves' needs a list, with each entry on its own line: '- {say: Point "
                "your toes., move: 2s}'"
            )
        ],
    ),
    (
        "{name: N, moves: {hold: 5s}}",
        [
            (
                "e.yaml:1:18: 'moves' needs a list, with each entry on its own line: '- {say: Point "
                "your toes., move: 2s}'"
            )
        ],
    ),
    (
        "{name: N, hold: 5s, first: left}",
        ["e.yaml:1:21: 'first' makes no sense without 'sides'; write for example 'sides: each'"],
    ),
    (
        "{name: N, hold: 5s, first: rihgt, sides: each}",
        ["e.yaml:1:28: unknown value 'rihgt'; did you mean 'right'?"],
    ),
    (
        "{name: N, hold: 5s, switch: 3s}",
        ["e.yaml:1:21: 'switch' makes no sense without 'sides'; write for example 'sides: each'"],
    ),
    (
        "{name: N, hold: 5s, sides: alternating, switch: 3s}",
        ["e.yaml:1:49: 'switch' changes nothing if the sides alternate; write 'rest', or 'sides: each'"],
    ),
    (
        "{name: N, hold: 5s, sides: none, first: left, say: To the <side>.}",
        [
            "e.yaml:1:41: 'first' makes no sense without 'sides'; write for example 'sides: each'",
            "e.yaml:1:52: '<side>' means nothing without sides; write 'sides: each', or name the side itself",
        ],
    ),
    (
        "{name: N, hold: 5s, cue: <side>., back: {say: <other side>.}}",
        [
            "e.yaml:1:26: '<side>' means nothing without sides; write 'sides: each', or name the side itself",
            (
                "e.yaml:1:47: '<other side>' means nothing without sides; write 'sides: each', or "
                "name the side itself"
            ),
        ],
    ),
    (
        "{name: <side> N, sides: each, hold: 5s}",
        ["e.yaml:1:8: '<side>' means nothing without sides; write 'left' or 'right'"],
    ),
    (
        "{name: N, hold: 5s, progress: {reps: +1}}",
        [
            "e.yaml:1:31: 'every' is missing; write for example 'every: 1 day'",
            "e.yaml:1:31: 'up_to' is missing; write for example 'up_to: 30'",
        ],
    ),
    (
        "{name: N, hold: 5s, progress: {every: 1 day, up_to: 3}}",
        ["e.yaml:1:31: 'reps', 'sets' or 'hold' is missing; write for example 'reps: +1'"],
    ),
    (
        "{name: N, hold: 5s, progress: {reps: +1, sets: +1, every: 1 day, up_to: 3}}",
        ["e.yaml:1:42: 'reps' and 'sets' exclude each other; keep one"],
    ),
    (
        "{name: N, hold: 5s, reps: 10, progress: {reps: +1, every: 1 day, up_to: 3}}",
        ["e.yaml:1:73: 'up_to: 3' is below the start (10); write a larger number"],
    ),
    (
        "{name: N, hold: 5s, progress: {hold: +1s, every: 1 dya, up_to: 30 fortnights}}",
        ["e.yaml:1:50: '1 dya' is not a number of days or weeks; write for example 'every: 1 day'"],
    ),
    (
        "{name: N, hold: 5s, progress: {hold: +1s, every: 1 day, up_to: 30 fortnights}}",
        ["e.yaml:1:64: unknown unit 'fortnights' in '30 fortnights'; write for example 'up_to: 10s'"],
    ),
    (
        "{name: N, move: 5s, progress: {hold: +1s, every: 1 day, up_to: 30s}}",
        ["e.yaml:1:31: 'hold' cannot grow: no move here holds; write 'reps' or 'sets'"],
    ),
    (
        "{name: N, hold: 5s, reps: [3, 2], progress: {sets: +1, every: 1 day, up_to: 5}}",
        ["e.yaml:1:45: 'sets' cannot grow if 'reps' lists each set; write 'reps: 10'"],
    ),
    (
        "{name: N, hold: 5s, progress: {reps: 0, every: 1 day, up_to: 5}}",
        ["e.yaml:1:38: '0' is too little; the minimum is 1"],
    ),
    (
        "{name: N, hold: 5s, progress: {reps: -1, every: 1 day, up_to: 5}}",
        ["e.yaml:1:38: the number cannot be negative; write for example 'reps: +1'"],
    ),
    (
        "{name: N, hold: 5s, progress: {reps: +1s, every: 1 day, up_to: 5}}",
        ["e.yaml:1:38: '1s' is not a number; write for example 'reps: +1'"],
    ),
    (
        "{name: N, hold: 10-5s}",
        ["e.yaml:1:17: the range '10-5s' runs backwards; write the smaller end first"],
    ),
    ("{name: N, hold: 1e400}", ["e.yaml:1:17: '1e400' is not a time; write for example 'hold: 5s'"]),
    ("{name: N, hold: .nan}", ["e.yaml:1:17: '.nan' is not a time; write for example 'hold: 5s'"]),
    (
        "{name: N, hold: [[5s]]}",
        ["e.yaml:1:18: expected a time, not a list; write for example 'hold: 5s'"],
    ),
    ("{name: N, hold: }", ["e.yaml:1:17: the value is missing; write for example 'hold: 5s'"]),
    (
        "{name: N, hold: 5s, easier: {}}",
        [
            (
                "e.yaml:1:29: 'say', 'exercise', 'hold' or 'reps' is missing; "
                "write for example 'say: Make the movement smaller.'"
            )
        ],
    ),
    (
        "{name: N, hold: 5s, easier: {say: Small, or smaller.}}",
        ["e.yaml:1:42: the comma before 'or smaller.' splits the text; put the whole text in quotes"],
    ),
    (
        "{name: N, hold: 5s, back: And relax.}",
        ["e.yaml:1:27: 'And relax.' is not a time; write for example 'back: 2s'"],
    ),
    (
        "{name: N, hold: 5s, role: warmup}",
        ["e.yaml:1:27: unknown value 'warmup'; did you mean 'warm-up'?"],
    ),
    (
        "{name: N, hold: 5s, targets: []}",
        ["e.yaml:1:30: the list is empty; write for example 'targets: [lower back, abdominals]'"],
    ),
    (
        "{name: N, hold: 5s, reps: [1,2,x]}",
        ["e.yaml:1:32: 'x' is not a number; write for example 'reps: 10'"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), OF_SESSIONS)
def test_mistakes_of_sessions(text: str, expected: list[str]) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(("text", "expected"), OF_EXERCISES)
def test_mistakes_of_exercises(text: str, expected: list[str]) -> None:
    assert exercise_mistakes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [case for case in OF_SESSIONS if "quote" in case[1][0] or "indent" in case[1][0]]
)
def test_the_pure_parser_complains_in_the_same_words(
    text: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)

    assert mistakes(text) == expected


def test_all_mistakes_at_once_in_their_order() -> None:
    text = """\
        title: T
        tikcs: on
        defaults: {rest: -1s}
        steps:
          - say: To the <side>.
          - exercise: bridge
            hold: 0
            rep: 5
          - exercise: broken
          - exercise: broken
          - exercise: brige
          - repeat: 2
            steps:
              - silence: forever
        """

    assert mistakes(text) == [
        "exercises/broken.yaml:1:34: a hold cannot be 0; write for example 'hold: 5s'",
        "s.yaml:2:1: unknown key 'tikcs'; did you mean 'ticks'?",
        "s.yaml:3:18: a time cannot be negative; write for example 'rest: 3s'",
        "s.yaml:5:10: '<side>' means nothing without sides; write 'left' or 'right'",
        "s.yaml:7:11: a hold cannot be 0; write for example 'hold: 5s'",
        "s.yaml:8:5: unknown key 'rep'; did you mean 'reps'?",
        "s.yaml:11:15: unknown exercise 'brige'; did you mean 'bridge'?",
        "s.yaml:14:18: 'forever' is not a time; write for example 'silence: 10s'",
    ]


def test_a_hundred_mistakes_are_enough() -> None:
    found = mistakes(HEAD + "  - rest: 0s\n" * 1000)

    assert len(found) == 101
    assert found[-1] == "s.yaml:102:11: and perhaps more; correct these first, then check again"


def nested(depth: int) -> str:
    """Return repeats in one another, `depth` deep."""
    return "title: T\nsteps: " + "[{repeat: 1, steps: " * depth + "[{rest: 1s}]" + "}]" * depth


def test_repeats_are_nested_eight_deep_and_no_deeper() -> None:
    assert mistakes(nested(9)) == ["s.yaml:2:169: 'repeat' is nested more than 8 times; nest it less deeply"]
    assert len(session(nested(8)).steps) == 1


def test_a_text_ends_somewhere() -> None:
    message = "s.yaml:3:10: the text has 1,001 characters; the limit is 1,000, so split it"

    assert mistakes(f"{HEAD}  - say: {'a' * 1001}") == [message]


@pytest.mark.parametrize("depth", [100, 10_000, 900_000])
def test_deep_yaml_is_refused_before_it_hurts(depth: int) -> None:
    message = "s.yaml:1:65: nested too deeply; a script may nest 'repeat' at most 8 times"

    assert mistakes("[" * depth) == [message]


@pytest.mark.parametrize("opening", ["- ", "[a, ", "{a: ", "a: [", "[{a: "])
@pytest.mark.parametrize("depth", [200, 3_000])
def test_whatever_is_nested_too_deeply_is_refused_in_the_same_words(opening: str, depth: int) -> None:
    (message,) = mistakes(opening * depth)

    assert message.endswith("nested too deeply; a script may nest 'repeat' at most 8 times")


def test_ten_million_steps_are_refused_by_arithmetic() -> None:
    text = "title: T\nsteps: " + "[{repeat: 100, steps: " * 8 + "[{say: Hi.}]" + "}]" * 8

    assert mistakes(text) == [
        "s.yaml:2:9: the session has more than 10,000 cues; write fewer reps, sets or repeats",
        "s.yaml:2:9: the session takes more than 3 hours; shorten its doses or split it",
        "s.yaml:2:9: with repeats, the session has more than 2,000 steps; repeat less",
    ]


def test_a_yaml_bomb_does_not_go_off() -> None:
    text = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))

    assert mistakes(text) == ["s.yaml:1:4: a text that begins with '&' must be in quotes: \"&…\""]


def test_more_nodes_than_any_session_needs_are_refused() -> None:
    assert mistakes("[" + "a," * 60_000 + "]") == ["s.yaml:1:100000: the script is too long; split it"]


def test_what_no_terminal_should_see_never_reaches_a_message() -> None:
    found = mistakes('title: "\\e]0;x\\a"\n"\\e[31m": 1\nsteps: [{rest: 1s}]')

    assert all(line.isprintable() for line in found)
    assert found == [
        "s.yaml:1:8: hidden control character (U+001B); delete it",
        "s.yaml:2:1: hidden control character (U+001B); delete it",
        (
            "s.yaml:2:1: unknown key '\\u001b[31m'; the keys here are: title, about, language, tags, needs, "
            "schedule, music, ticks, coaching, safety, opening, closing, defaults, steps"
        ),
    ]


def refusal(path: Path) -> str:
    with pytest.raises(ScriptError) as caught:
        read_text(path, "s.yaml")
    return str(caught.value)


def test_files_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes("title: é\nabout: é".encode() + b"\xff")

    assert refusal(path) == "s.yaml:2:9: not UTF-8 text; save the file as UTF-8"
    path.write_text("title: T", encoding="utf-16")
    assert refusal(path) == "s.yaml:1:1: not UTF-8 text; save the file as UTF-8"


def test_files_that_are_no_files(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.yaml"
    if hasattr(os, "mkfifo"):
        os.mkfifo(fifo)

        assert refusal(fifo) == "s.yaml:1:1: not a regular file; name a script that ends in .yaml"
    assert refusal(tmp_path) == "s.yaml:1:1: not a regular file; name a script that ends in .yaml"
    assert refusal(tmp_path / "none.yaml") == "s.yaml:1:1: cannot be read: no such file or directory"
    assert refusal(tmp_path / "a\0b.yaml") == "s.yaml:1:1: cannot be read: no such file"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")  # noqa: PTH110 - at collection
def test_a_device_is_never_opened() -> None:
    assert refusal(Path("/dev/zero")) == "s.yaml:1:1: not a regular file; name a script that ends in .yaml"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000_000)

    assert refusal(path) == "s.yaml:1:1: larger than 1 MB; name a script, or split this one"


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("title: T", encoding="utf-8")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)

    assert refusal(path) == "s.yaml:1:1: cannot be read: permission denied"
