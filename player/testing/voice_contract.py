"""Tests of what every voice promises.

A package that adds a voice runs them like this:

    import pytest

    pytest.register_assert_rewrite("player.testing.voice_contract")

    from player.testing.voice_contract import VoiceContract

    @pytest.fixture(scope="module")
    def voice():
        made = MyVoice()
        yield made
        made.close()

    class TestMyVoice(VoiceContract):
        pass

pytest rewrites the assertions of a module only if it is registered before it is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from player.sound.level import trim

if TYPE_CHECKING:
    from player.speech.voice import RawSpeech, Voice

CUE = "Hold for ten seconds."
CUES = ("Lie on your back.", CUE, "Now the left side.", "Rest.", "Halfway.", "And slowly come back.")


class VoiceContract:
    """Subclass it as `Test…`, with a fixture `voice`; all tests may share one."""

    def test_gives_samples_between_minus_one_and_one_at_its_rate(self, voice: Voice) -> None:
        speech = voice.speak(CUE)

        assert speech.samples.dtype == np.float32
        assert speech.samples.ndim == 1
        assert 0.01 < np.abs(speech.samples).max() <= 1
        assert 0.5 < len(speech.samples) / speech.rate < 5

    def test_gives_every_cue_of_a_row(self, voice: Voice) -> None:
        assert all(len(voice.speak(cue).samples) > 0.2 * voice.speak(cue).rate for cue in CUES)

    def test_takes_about_as_long_each_time(self, voice: Voice) -> None:
        assert length(voice.speak(CUE)) == about(voice.speak(CUE))

    @pytest.mark.parametrize("text", ["", " ", "\n", "…", "!?", "- — -", "\0", "\x01", "\ud800", "\x7f"])
    def test_says_nothing_where_there_is_nothing_to_say(self, voice: Voice, text: str) -> None:
        assert len(voice.speak(text).samples) == 0

    @pytest.mark.parametrize(
        "text",
        [
            "Hold\0 for ten seconds.",
            "\x01Hold for ten seconds.",
            "Hold\ud800 for\udfff ten seconds.",
            "Hold\nfor ten seconds.",
        ],
        ids=["NUL", "command", "surrogates", "line break"],
    )
    def test_says_all_of_a_text_with_control_characters(self, voice: Voice, text: str) -> None:
        expected = about(voice.speak(" ".join(text.translate(dict.fromkeys([0, 1, 0xD800, 0xDFFF])).split())))

        assert length(voice.speak(text)) == expected

    @pytest.mark.parametrize("command", ["\x0180S ", "\x01450S", "\x0199P", "\x010A"])
    def test_takes_no_commands_from_a_text(self, voice: Voice, command: str) -> None:
        before = voice.speak(CUE)
        spoken = voice.speak(command + CUE)
        after = voice.speak(CUE)

        assert length(spoken) == about(voice.speak(command.strip("\x01") + CUE))
        assert length(after) == about(before)
        assert np.abs(after.samples).max() == pytest.approx(np.abs(before.samples).max(), rel=0.2)

    @pytest.mark.parametrize(
        "text", ["<b>Hold</b> &amp; rest", "[[h@l'oU]]", "🙂 well done", "½", "50 % of it"]
    )
    def test_says_something_for_every_text_with_a_letter_or_digit(self, voice: Voice, text: str) -> None:
        assert len(voice.speak(text).samples) > 0

    def test_speaks_again_after_it_was_closed(self, voice: Voice) -> None:
        before = voice.speak(CUE)
        voice.close()
        voice.close()

        assert length(voice.speak(CUE)) == about(before)

    def test_has_one_identity(self, voice: Voice) -> None:
        before = voice.identity
        voice.speak(CUE)

        assert voice.identity == before


def length(speech: RawSpeech) -> int:
    """Frames without the silence at both ends, whose length may vary."""
    return len(trim(speech.samples, speech.rate))


def about(speech: RawSpeech) -> object:
    """Equals any `length` close to that of `speech`, because voices vary a little."""
    return pytest.approx(length(speech), rel=0.02)
