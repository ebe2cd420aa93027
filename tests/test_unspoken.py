"""What is written is heard, or refused with its place: signs with a meaning, letters that a voice knows."""

from __future__ import annotations

from functools import partial
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.errors import ScriptError
from player.script import parse_session
from player.voices.alphabets import LATIN, alphabets_of
from player.wording.en.spelling import fit_to_speak, unspoken

from tests.scripting import Catalogue, lines


def mistakes(text: str, voice: str = "en-us") -> list[str]:
    """The mistakes of a session that this voice is to speak."""
    speech = partial(unspoken, alphabets=alphabets_of(voice))
    try:
        parse_session(dedent(text), "s.yaml", "s", Catalogue(), speech)
    except ScriptError as problem:
        return lines(problem.mistakes)
    return []


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        (
            "Pain < 4/10 is fine; ≥ 5/10 is not.",
            "Pain less than 4 out of 10 is fine; 5 out of 10 or more is not.",
        ),
        ("Stop if pain is > 5/10.", "Stop if pain is more than 5 out of 10."),
        ("pain 4-5/10", "pain 4 to 5 out of 10"),
        ("pain (0/10)", "pain, 0 out of 10"),
        ("≤ 30 s/side", "30 seconds or less per side"),
        (">= 5 reps, <=9", "5 reps or more, 9 or less"),
        ("≥ shoulder height", "at least shoulder height"),
        ("5 ± 1 kg", "5 plus or minus 1 kilogram"),
        ("+/- 5", "plus or minus 5"),
        ("~10 reps, ≈ 5 cm", "about 10 reps, about 5 centimetres"),
        ("5~10 reps", "5 to 10 reps"),
        ("10/side, 10 reps/side, 30 s/side", "10 per side, 10 reps per side, 30 seconds per side"),
        ("3x/week, 2×/day, 1x/day", "3 times per week, 2 times per day, once per day"),
        ("3 sets/session, reps/set", "3 sets per session, reps per set"),
        (
            "20 breaths/min, 5 km/h, 1 m/s",
            "20 breaths per minute, 5 kilometres per hour, 1 metres per second",
        ),
        ("2x/2 weeks", "2 times per 2 weeks"),
        ("10/ea, 10/each leg", "10 each, 10 each leg"),
        ("10 L/10 R", "10 left, 10 right"),
        ("30s/15s", "30 seconds, 15 seconds"),
        ("30s-60s, 5cm–10cm", "30 seconds to 60 seconds, 5 centimetres to 10 centimetres"),
        ("3 sets x 10 reps", "3 sets of 10 reps"),
        ("120 bpm", "120 beats per minute"),
        ("L-sit, R-side raise, L5/S1, L1/2", "L-sit, right-side raise, L5, S1, L1, 2"),
        ("1/2 kneeling, half-way, ½ way", "half kneeling, half-way, half way"),
        ("−10°, − 5 kg", "minus 10 degrees, minus 5 kilograms"),
        ("Pain => 4, =< 3, > = 5, != 0", "Pain 4 or more, 3 or less, 5 or more, is not 0"),
        (
            "½–¾, 1/4-1/2, ½-1 min",
            "a half to three quarters, a quarter to a half, a half to 1 minute",
        ),
        (
            "$20 – $30, 10°-20°, 7:30-8:00",
            "20 dollars to 30 dollars, 10 degrees to 20 degrees, 7 minutes 30 seconds to 8 minutes",
        ),
        (
            '6" off the floor, ¼" lift, 30"x3',
            "6 inches off the floor, a quarter inch lift, 30 seconds 3 times",
        ),
        (
            "5 min./day, 2x/d, 1x/mo, 2½x/day",
            "5 minutes per day, 2 times per day, once per month, 2 and a half times per day",
        ),
        ("3 sets/day x 7 days, ≥ 3×/wk", "3 sets per day for 7 days, 3 times or more per week"),
        ("2½ kg, Level 1/3", "2 and a half kilograms, Level 1 of 3"),
        ("No. 5, Ex. 3, min. 10, max. 15, p. 5", "number 5, exercise 3, at least 10, at most 15, page 5"),
        ("Y-T-W-L, R&D, Plan R, L stretch", "Y-T-W-L, R and D, Plan R, L stretch"),
        ("Lt. arm, Rt. arm, L-R, B/L", "left arm, right arm, left and right, both sides"),
        ("Do it² now, slowly¹, 5 m², knee(s)", "Do it now, slowly, 5 m squared, knees"),
        ("Left - right", "Left, right"),
        ("4/5", "4 out of 5"),
        ("4/5 of your strength", "4 fifths of your strength"),
        ("⅛ turn", "an eighth turn"),
        ("90/90", "90 90"),
        ("120/80", "120 over 80"),
        ("12/10/8 reps", "12, 10, 8 reps"),
        ("1:3 ratio", "1 to 3 ratio"),
        ("40 °C, 104°F, 90°", "40 degrees Celsius, 104 degrees Fahrenheit, 90 degrees"),
        ("-5 °C", "minus 5 degrees Celsius"),
        ("5 €, €1, £3, $2.50", "5 euros, 1 euro, 3 pounds, 2.50 dollars"),
        ("Hold 5″, rest 10′.", "Hold 5 seconds, rest 10 minutes."),
        ("Hold 5\", rest 1'.", "Hold 5 seconds, rest 1 minute."),
        ('a 5" step, 12″ apart', "a 5-inch step, 12 inches apart"),
        ('Count "1, 2, 3" aloud', "Count 1, 2, 3 aloud"),
        ("Say “hold 5” now", "Say hold 5 now"),
        ("hip/knee, day/night", "hip or knee, day or night"),
        ("50 %, 100%", "50 percent, 100 percent"),
        ("lie → sit -> stand", "lie to sit to stand"),
        ("ＴＲＸ ①, ٣ reps", "TRX 1, 3 reps"),
        ("🧘 Calm… “now” ™", "Calm, now"),
    ],
)
def test_the_signs_of_hand_outs_are_said(written: str, spoken: str) -> None:
    assert fit_to_speak(written) == spoken
    assert unspoken(written, LATIN) == ()


@pytest.mark.parametrize("sign", ["↑", "❌", "🚫", "§", "^", "\\", "#", "∞", "√", "👎", "⬆", "🔟", "~~", "✗"])
def test_a_sign_without_words_is_a_mistake_with_its_place(sign: str) -> None:
    script = f"""\
        title: T
        steps:
          - exercise: warm-up
          - say: 'Arms {sign} now.'
          - exercise: cool-down
        """

    assert mistakes(script) == [f"s.yaml:4:10: '{sign[0]}' cannot be spoken; write it in words"]


FOREIGN = {
    "Поднимите таз": "ru", "Λυγίστε τα γόνατα": "el", "橋": "cmn", "הרם": "he", "ارفع": "ar", "브리지": "ko",
}  # fmt: skip


@pytest.mark.parametrize(("words", "voice"), FOREIGN.items())
def test_words_that_the_voice_cannot_read_are_a_mistake_and_another_voice_reads_them(
    words: str, voice: str
) -> None:
    script = f"""\
        title: T
        steps:
          - exercise: warm-up
          - exercise: {{name: Bridge, say: '{words}, not above 10 cm.', hold: 5s}}
          - exercise: cool-down
        """

    named = " ".join(f"'{word}'" for word in words.split())
    remedy = "write in Latin letters, or choose a voice of that language with --voice"
    assert mistakes(script) == [f"s.yaml:4:35: the voice cannot say {named}; {remedy}"]
    assert mistakes(script, voice) == []
    assert mistakes(script, f"{voice}+f2") == []


@pytest.mark.parametrize(
    "place",
    [
        "  - say: МОСТ",
        "  - {say: Go., position: МОСТ}",
        "  - exercise: {name: МОСТ, say: Go., hold: 5s}",
        "  - exercise: {name: A, say: Go., cue: МОСТ, hold: 5s}",
        "  - exercise: {name: A, say: Go., hold: 5s, setup: МОСТ}",
        "  - exercise: {name: A, say: Go., hold: 5s, position: МОСТ}",
        "  - exercise: {name: A, say: Go., hold: 5s, back: {say: МОСТ}}",
        "  - exercise: {name: A, say: Go., hold: 5s, feel: МОСТ}",
        "  - exercise: {name: A, say: Go., hold: 5s, fault: МОСТ}",
        "  - exercise: {name: A, say: Go., hold: 5s, easier: МОСТ}",
        "  - exercise: {name: A, say: Go., hold: 5s, caution: МОСТ}",
        "  - exercise: {name: A, say: Go., hold: 5s, needs: [МОСТ]}",
        "  - exercise: {name: A, say: Go., hold: 5s, sides: each, switch: {say: МОСТ}}",
        "  - {exercise: pelvic-tilt, name: МОСТ}",
        "  - {exercise: pelvic-tilt, caution: МОСТ}",
    ],
)
def test_every_text_that_is_spoken_is_checked(place: str) -> None:
    steps = f"  - exercise: warm-up\n{place}\n  - exercise: cool-down\n"
    (mistake,) = mistakes(f"title: T\nsteps:\n{steps}")

    assert mistake.startswith(f"s.yaml:4:{place.index('МОСТ') + 1}: the voice cannot say 'МОСТ'; ")


def test_what_is_only_shown_may_have_any_letters() -> None:
    shown = "about: Мост\ntags: [мост]\n"
    exercise = "  - exercise: {name: A, say: Go., hold: 5s, targets: [мост], reference: Мост 2020}\n"
    steps = f"steps:\n  - say: Hello.\n  - exercise: warm-up\n{exercise}  - exercise: cool-down\n"

    assert mistakes(f"title: Мост\n{shown}{steps}") == []


def test_a_title_is_checked_only_if_no_greeting_takes_its_place() -> None:
    steps = "steps: [{exercise: warm-up}, {exercise: cool-down}]\n"

    assert mistakes(f"title: Мост\n{steps}")[0].startswith("s.yaml:1:8: the voice cannot say 'Мост'")


def test_a_placeholder_is_no_sign_and_an_unknown_one_is_told_once() -> None:
    sided = "{name: A, say: 'Lift your <side> leg, pain < 4/10.', hold: 5s, sides: each}"
    unknown = "{name: A, say: 'Lift your <knee>.', hold: 5s, sides: each}"
    steps = "title: T\nsteps: [{exercise: warm-up}, {exercise: %s}, {exercise: cool-down}]\n"

    assert mistakes(steps % sided) == []
    assert len(mistakes(steps % unknown)) == 1


@given(st.text())
def test_nothing_is_lost_in_silence(text: str) -> None:
    """A letter or digit of a text is spoken, or it is told."""
    kept, told = fit_to_speak(text), "".join(unspoken(text, LATIN))

    for letter in filter(str.isalpha, text):
        assert letter in told or any(c.isalpha() for c in kept)
