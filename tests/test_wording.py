"""The coach's words: numbers, phrases, spelling."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.session import Safety, Side
from player.wording.en import phrases, positions
from player.wording.en.numbers import about, duration, number, times
from player.wording.en.speed import seconds_to_say
from player.wording.en.spelling import fit_to_speak, sentences
from player.wording.plain import sentence


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Hold for 45s.", "Hold for 45 seconds."),
        ("Rest 20 secs", "Rest 20 seconds"),
        ("1 s", "1 second"),
        ("1m30s", "1 minute 30 seconds"),
        ("Hold 1:30", "Hold 1 minute 30 seconds"),
        ("at 8:30 am", "at 8:30 am"),
        ("3x12", "3 times 12"),
        ("3×30s", "3 times 30 seconds"),
        ("2x a day", "2 times a day"),
        ("10-12 reps", "10 to 12 reps"),
        ("5–10 s", "5 to 10 seconds"),
        ("3-2-1", "3, 2, 1"),
        ("½ way", "half way"),
        ("1½ turns", "1 and a half turns"),
        ("1/2 a turn", "a half a turn"),
        ("L/R", "left and right"),
        ("L knee, R knee", "left knee, right knee"),
        ("left/right", "left or right"),
        ("e.g. a towel", "for example a towel"),
        ("i.e. slowly", "that is slowly"),
        ("w/ care", "with care"),
        ("up to 45 cm (18 in)", "up to 45 centimetres, 18 inches"),
        ("do 5 in a row", "do 5 in a row"),
        ("90°", "90 degrees"),
        ("slowly… now", "slowly, now"),
        ("“Let go”, she said", "Let go, she said"),
        ("hands & knees", "hands and knees"),
        ("Wait - then lift", "Wait, then lift"),
        ("hip-width", "hip-width"),
        ("don't", "don't"),
        ("naïve café", "naïve café"),
    ],
)
def test_paper_shorthand_is_spelt_out(written: str, spoken: str) -> None:
    assert spoken == fit_to_speak(written)


@pytest.mark.parametrize("nothing", ["", "  ", "—", "...", "\x00", "\ud800", "!?", "😀", "\u200b\u202e"])
def test_what_cannot_be_spoken_is_nothing(nothing: str) -> None:
    assert fit_to_speak(nothing) == ""
    assert sentences(nothing) == []


@pytest.mark.parametrize(
    "attack", ["\x0180Sfast", "[[h@loU]]", "<speak rate='9'>hi</speak>", "\x1b[31mred", "a\x00b", "bell\x07"]
)
def test_no_markup_and_no_control_character_reaches_a_voice(attack: str) -> None:
    assert not set(fit_to_speak(attack)) & set("\x00\x01\x07\x1b[]<>/='\"") - {"'"}


@given(st.text())
def test_whatever_is_written_comes_out_plain(text: str) -> None:
    spoken = fit_to_speak(text)

    assert spoken == spoken.strip()
    assert all(c.isalnum() or c in " .,;:!?'-" or unicodedata.category(c)[0] == "M" for c in spoken)
    assert spoken == "" or any(c.isalnum() for c in spoken)
    assert all(len(part) <= 221 for part in sentences(text))


def test_a_text_is_cut_where_a_coach_breathes() -> None:
    text = "Lie down. Bend your knees! Is it comfortable? Then stay."

    assert sentences(text) == ["Lie down.", "Bend your knees!", "Is it comfortable?", "Then stay."]


def test_numbers_are_said_as_words() -> None:
    assert [number(n) for n in (0, 7, 13, 20, 45, 100, 101, 1000, 2.5)] == [
        "zero", "seven", "thirteen", "twenty", "forty five", "one hundred", "one hundred and one", "1000",
        "two and a half",
    ]  # fmt: skip
    assert [times(n) for n in (1, 2, 5)] == ["once", "twice", "five times"]


def test_times_are_said_as_words() -> None:
    assert [duration(s) for s in (1, 5, 60, 75, 90, 120, 150)] == [
        "one second", "five seconds", "one minute", "seventy five seconds", "one minute and thirty seconds",
        "two minutes", "two minutes and thirty seconds",
    ]  # fmt: skip
    assert [about(s) for s in (20, 60, 230)] == [
        "about half a minute",
        "about one minute",
        "about four minutes",
    ]


def test_the_dose_is_said_as_a_person_would() -> None:
    assert phrases.dose((2,), (5,), limb="side") == "Twice on each side, five seconds each."
    assert phrases.dose((1,), (30,), limb="leg") == "Once on each leg, for thirty seconds."
    assert phrases.dose((5,), (5, 5)) == "Five times, five seconds each."
    assert phrases.dose((10, 10, 10), (), limb="leg") == "Three sets of ten on each leg."
    assert phrases.dose((5, 3, 1), ()) == "Three sets: five, then three, then one."
    assert phrases.dose((3,), (5, 10)) == "Three times, five seconds and ten seconds each."


def test_the_dose_of_a_rep_with_two_holds_says_what_each_is_for() -> None:
    tilt = phrases.dose((5,), (5, 5), parts=("hollow", "press it flat"))

    assert tilt == "Five times: hollow for five seconds, then press it flat for five seconds."


def test_many_reps_are_told_in_tens() -> None:
    assert phrases.dose((10, 10, 4), (5,), in_tens=True) == "Twenty four times in all, in tens."
    assert phrases.tens_done(10) == "Ten done. Rest."
    assert phrases.tens_next(10, last=False) == "The next ten."
    assert phrases.tens_next(4, last=True) == "The last four."


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("Squeeze only half as hard.", "If that is too much: squeeze only half as hard."),
        ("Or hold behind the thigh.", "If that is too much: hold behind the thigh."),
        ("If your knee hurts, leave out the turn.", "If your knee hurts, leave out the turn."),
        ("When it pulls, sit.", "When it pulls, sit."),
    ],
)
def test_an_easier_way_is_an_offer_and_no_order(written: str, offered: str) -> None:
    assert phrases.offer(written) == offered


def test_what_is_needed_is_told_with_time_to_fetch_it() -> None:
    assert phrases.gather(["mat", "chair", "small pillow"]) == "You need a mat, a chair and a small pillow."
    assert phrases.gather(["an old towel"]) == "You need an old towel."
    assert phrases.gather([]) is None
    assert phrases.fetch(["mat", "chair"], beside_the_mat=True) == (
        "Put the chair beside the mat.",
        "I will wait.",
    )
    assert phrases.fetch(["mat", "chair", "towel"], beside_the_mat=True) == (
        "Put everything beside the mat.",
        "I will wait.",
    )
    assert phrases.fetch(["chair"], beside_the_mat=False) == ("Fetch it now.", "I will wait.")


def test_last_one_replaces_the_last_number_from_three_reps_on() -> None:
    assert [phrases.rep_number(rep, 3) for rep in (1, 2, 3)] == ["One.", "Two.", "Last one."]
    assert [phrases.rep_number(rep, 2) for rep in (1, 2)] == ["One.", "Last time."]


def test_what_comes_next_and_what_is_left() -> None:
    assert phrases.coming_next("Pelvic tilt") == "Next, pelvic tilt."
    assert phrases.left_to_do(2, 240) == "Two more after this, about four minutes."
    assert phrases.announcement("Pelvic tilt", 2, 4, again=False) == "Pelvic tilt. Two of four."
    assert phrases.announcement("Warm-up", None, None, again=False) == "Warm-up."


def test_the_limb_that_works_is_named_not_the_side_lain_on() -> None:
    assert phrases.side_first(Side.RIGHT, "leg") == "Right leg first."
    assert phrases.side_next(Side.LEFT, "leg") == "Left leg next."


@pytest.mark.parametrize(
    "name", ["TRX row", "IT band roll", "T spine turn", "McKenzie press-up", "Achilles stretch", "Dead Bug"]
)
def test_short_forms_and_proper_names_keep_their_capitals(name: str) -> None:
    assert phrases.coming_next(name) == f"Next, {name}."


def test_no_phrase_of_the_coach_is_over_twenty_words_or_unspeakable() -> None:
    values = [*vars(phrases).values(), *vars(positions).values()]
    texts = [text for text in values if isinstance(text, str) and " " in text and "\n" not in text]
    texts += [part for value in values if isinstance(value, tuple) for part in value if isinstance(part, str)]
    texts += [*phrases.safety(Safety.FULL), *phrases.safety(Safety.SHORT)]

    assert len(texts) > 40
    for text in texts:
        assert fit_to_speak(text) == text
        assert all(len(part.split()) <= 20 for part in sentences(text))


def test_an_estimate_grows_with_the_text() -> None:
    assert (
        seconds_to_say("One.")
        < seconds_to_say("One. Up.")
        < seconds_to_say("Three sets of ten on each side.")
    )
    assert 2.0 < seconds_to_say("You feel your lower back press into the floor.") < 4.0


def test_a_sentence_has_a_capital_and_an_end() -> None:
    assert [sentence(text) for text in ("on your back", "Up!", "")] == ["On your back.", "Up!", ""]
