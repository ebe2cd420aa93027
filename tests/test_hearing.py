"""How the hearing test counts; what it hears is measured by hand (`python -m tests.bench.hearing`)."""

from __future__ import annotations

import numpy as np
import pytest
from player.testing.fake_voice import FakeVoice

from tests.bench import hearing, recogniser
from tests.bench.hearing import NOISE, Heard, cues, errors, in_noise, pink, report, words
from tests.bench.recogniser import NoRecogniserError, Recogniser, as_text


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Ten. Half way.", "10, halfway"),
        ("Twenty nine exercises.", "29 exercises"),
        ("Hip-width apart!", "hip width apart"),
        ("A hand's breadth.", "a hands breadth"),
        ("Draw-in manoeuvre.", "draw in maneuver"),
    ],
)
def test_spelling_and_punctuation_are_no_errors(written: str, other: str) -> None:
    assert words(written) == words(other)


@pytest.mark.parametrize(
    ("heard", "count"),
    [
        ("knee to chest", 0),
        ("need to chest", 1),
        ("knee chest", 1),
        ("the knee to the chest", 2),
        ("", 3),
    ],
)
def test_an_error_is_a_word_changed_left_out_or_put_in(heard: str, count: int) -> None:
    assert errors(["knee", "to", "chest"], heard.split()) == count


def test_noise_is_the_same_in_every_run_and_as_loud_as_promised() -> None:
    speech = np.sin(np.arange(16_000) / 3).astype(np.float32)
    sound = np.pad(speech, 8_000)
    noise = in_noise(sound, speech, 7) - sound
    below = 10 * np.log10(np.mean(speech**2) / np.mean(noise**2))

    assert below == pytest.approx(NOISE, abs=0.01)
    assert np.array_equal(in_noise(sound, speech, 7), in_noise(sound, speech, 7))
    assert not np.array_equal(pink(100, 1), pink(100, 2))


def test_pink_noise_has_the_same_power_in_every_octave() -> None:
    power = np.abs(np.fft.rfft(pink(1 << 16, 0))) ** 2
    octaves = [power[1 << n : 2 << n].sum() for n in range(8, 15)]

    assert octaves == pytest.approx([float(np.mean(octaves))] * 7, rel=0.2)


def test_a_report_counts_words_and_shows_the_worst_first() -> None:
    heard = [Heard("Rest.", "rest", "rest"), Heard("Knee hug.", "knee hug", "me hug"), Heard("In.", "n", "n")]

    assert list(report("a voice", heard, "an ear", worst=1)) == [
        "a voice: 3 cues, 4 words; heard by an ear",
        "word errors: clean 25.0 %, in noise at 10 dB 50.0 %",
        "cues without an error: clean 2, in noise 1",
        "the worst:",
        "  1 + 1 of 1: “In.” → “n” · “n”",
    ]


def test_each_cue_of_the_bundled_sessions_is_heard_once() -> None:
    found = cues()

    assert len(found) == len(set(found)) > 400
    assert {"Now rest.", "Half way.", "Press it flat."} <= {*found}


def test_a_voice_is_given_what_the_player_gives_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = FakeVoice()
    monkeypatch.setattr(hearing, "make_voice", lambda _: voice)
    monkeypatch.setattr(hearing, "cues", lambda: ["Use a chair."])

    class Ears:
        name = "nobody"

        def hear(self, sound: object) -> str:
            del sound
            return "Use a chair."

    assert hearing.main(["--voice", "en-us"], Ears) == 0  # type: ignore[arg-type]
    assert voice.spoken[-1] == "Uze a chair."
    assert "word errors: clean 0.0 %, in noise at 10 dB 0.0 %" in capsys.readouterr().out


def test_who_has_no_recogniser_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(recogniser, "import_module", missing)

    with pytest.raises(
        NoRecogniserError, match=r"ctranslate2 is missing; pip install .*hearing-requirements"
    ):
        Recogniser()
    assert hearing.main([]) == 1
    assert "hearing-requirements.txt" in capsys.readouterr().err


def test_the_bands_of_a_spectrum_rise_and_fall_as_the_recogniser_was_taught() -> None:
    bands = recogniser.bands()

    assert bands.shape == (80, 201)
    assert bands.min() == 0
    assert bands[0].argmax() == 1
    assert bands.max() == pytest.approx(0.0259, abs=0.0002)


def test_tokens_become_words() -> None:
    assert as_text(["<|en|>", "ĠNow", "Ġre", "st", "."]) == "Now rest."
