"""Words are said rightly: how the voice gets them is a matter of its engine, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player.app.checking import check_file
from player.app.lexicon import lexicon_for, ours
from player.app.prepare import settle
from player.app.request import Request, Wishes
from player.errors import ScriptError
from player.library import Library
from player.script.lexicon import LONGEST, MOST_ROWS, parse_lexicon
from player.session.lexicon import Lexicon
from player.speech.speaker import Speaker
from player.testing.fake_voice import FakeVoice
from player.voices.engines import engine_of
from player.wording.en.said import doubts, said

from tests.scripting import lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's scripts."""
    monkeypatch.setenv("CUEMAT_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "scripts").mkdir(parents=True)
    return tmp_path / "home" / "scripts"


def lexicon(text: str) -> Lexicon:
    return parse_lexicon(dedent(text), "lexicon.yaml")


def mistakes(text: str) -> list[str]:
    with pytest.raises(ScriptError) as caught:
        lexicon(text)
    return lines(caught.value.mistakes)


# --- verbs that begin a sentence ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("Use a chair if you like.", "Uze a chair if you like."),
        ("Use dumbbells.", "Uze dumbbells."),
        ("Close and separate your knees.", "Cloze and separrate your knees."),
        ("Close your eyes.", "Cloze your eyes."),
        ("Sit tall, close your eyes.", "Sit tall, cloze your eyes."),
        ("Lie down and close your eyes.", "Lie down and cloze your eyes."),
        ("Slowly close both eyes.", "Slowly cloze both eyes."),
        ("Please use the band.", "Please uze the band."),
        ("Breathe. Separate your knees.", "Breathe. Separrate your knees."),
        ("Contract.", "Kun tract."),
        ("Bow to the left.", "Bough to the left."),
        ("Alternate sides.", "Alternait sides."),
        ("Increase slowly.", "Inkreese slowly."),
    ],
)
def test_a_verb_that_begins_a_clause_is_respelt(shown: str, spoken: str) -> None:
    assert said(shown, "espeak", ours()) == spoken


@pytest.mark.parametrize(
    "shown",
    [
        "Close to the wall.",
        "Use of the band is optional.",
        "Perfect.",
        "An increase is fine.",
        "Increase in pain means stop.",
        "Now close your eyes.",
        "Never use a chair.",
        "Stand close to the wall, close enough to touch it.",
        "Use-by date.",
        "Closely watch your knees.",
    ],
)
def test_what_the_engine_reads_rightly_stays(shown: str) -> None:
    assert said(shown, "espeak", ours()) == shown


def test_each_engine_has_its_own_mistakes() -> None:
    text = "Use a chair. Contract your buttocks. Ask about physiotherapy."

    assert said(text, "heart", ours()) == "Use a chair. Kun tract your buttocks. Ask about physiotherapy."
    assert said(text, "espeak", ours()) == "Uze a chair. Kun tract your buttocks. Ask about physio-therapy."
    assert said(text, "", ours()) == text


def test_a_word_keeps_its_capital_letter_and_is_found_only_whole() -> None:
    assert said("Pilates, or pilates-style; a Kegel's length.", "espeak", ours()) == (
        "Pill-ah-teez, or pill-ah-teez-style; a Kaygle's length."
    )
    assert said("physiotherapyish", "espeak", ours()) == "physiotherapyish"


@pytest.mark.parametrize(
    ("voice", "engine"),
    [
        ("en-us", "espeak"),
        ("en-gb-scotland+f2", "espeak"),
        ("gmw/en", "espeak"),
        ("heart", "heart"),
        ("/voices/my.onnx", "heart"),
        ("de", ""),
        ("endless:voice", ""),
        ("beeps:low", ""),
    ],
)
def test_an_engine_is_known_by_the_voice(voice: str, engine: str) -> None:
    assert engine_of(voice, "linux") == engine


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_where_the_system_has_voices_of_its_own_nothing_is_respelt_for_espeak(platform: str) -> None:
    assert engine_of("en-us", platform) == ""
    assert engine_of("heart", platform) == "heart"


PROGRAM = """
import ctypes, sys
from espeakng_loader import get_data_path, get_library_path
library = ctypes.CDLL(get_library_path())
library.espeak_Initialize(1, 0, get_data_path().encode(), 0)
library.espeak_SetVoiceByName(b"en-us")
library.espeak_TextToPhonemes.restype = ctypes.c_char_p
for line in sys.stdin.read().splitlines():
    left = ctypes.c_char_p(line.encode())
    print(library.espeak_TextToPhonemes(ctypes.byref(left), 1, 2).decode())
"""
"""The GPL library belongs in its own process."""
AS_NEAR_AS_LETTERS_GET = frozenset({"alternate", "contract", "decrease", "perfect", "project", "separate"})


def test_a_respelt_verb_sounds_as_the_engine_says_it_elsewhere() -> None:
    rows = {row.word: row.on("espeak") for row in ours().verbs}
    exact = {verb: row for verb, row in rows.items() if row and verb not in AS_NEAR_AS_LETTERS_GET}
    text = "\n".join(f"{row.capitalize()} it.\nNow {verb} it." for verb, row in exact.items())
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=text, capture_output=True, text=True, check=True
    )
    heard = [line.replace("ˈ", "").replace("ˌ", "").split() for line in done.stdout.splitlines()]

    assert [line[0] for line in heard[::2]] == [line[1] for line in heard[1::2]]


# --- the author's own lexicon ------------------------------------------------------------------------------


def test_an_authors_spelling_wins_over_ours() -> None:
    own = lexicon("""\
        words:
          Schroth: Shrote
          Pilates: {espeak: pee-lah-tess}
        verbs:
          use: {espeak: yooz}
        """)
    whole = ours().with_own(own)

    assert said("Use the Schroth. Pilates.", "espeak", whole) == "Yooz the Shrote. Pee-lah-tess."
    assert said("Use the Schroth. Pilates.", "heart", whole) == "Use the Shrote. Pilates."


def test_a_lexicon_in_the_scripts_folder_counts_and_is_no_script(home: Path) -> None:
    (home / "lexicon.yaml").write_text("words: {Theraband: Therra band}")
    library = Library.found()

    assert said("Theraband.", "espeak", lexicon_for(library)) == "Therra band."
    assert "lexicon" not in library.scripts


def test_a_lexicon_beside_a_strangers_script_does_not_count(home: Path, tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text("words: {stop: go on}")
    library = Library.found().beside(tmp_path / "script.yaml")

    assert home.is_dir()
    assert said("Stop.", "espeak", lexicon_for(library)) == "Stop."


def test_an_authors_verb_is_one_wherever_a_sentence_begins_with_it() -> None:
    whole = ours().with_own(lexicon("verbs: {live: {espeak: livv}, wind: {espeak: wynd, unless: [blows]}}"))

    assert said("Live well. Wind blows now.", "espeak", whole) == "Livv well. Wind blows now."
    assert doubts("Live well. Wind blows now.", "espeak", whole) == ()


def test_a_word_that_the_author_spells_leaves_no_doubt() -> None:
    whole = ours().with_own(lexicon("words: {live: {espeak: livv}}"))

    assert doubts("Live well.", "espeak", ours())
    assert said("Live well.", "espeak", whole) == "Livv well."
    assert doubts("Live well.", "espeak", whole) == ()


def test_a_lexicon_with_mistakes_stops_no_session_and_is_told_in_a_line(home: Path) -> None:
    (home / "lexicon.yaml").write_text("words: 5\nverbs: 6\n")
    told: list[str] = []

    settle(Request("first-time"), lambda error: told.append(str(error)))

    assert lexicon_for(Library.found()) == ours()
    (line,) = told
    assert line.startswith(str(home))
    assert "lexicon.yaml:1:8: expected words" in line
    assert line.endswith("; until you correct it, only Cuemat's own spellings apply")


def test_an_empty_lexicon_is_none() -> None:
    assert lexicon("# my words\n") == lexicon("words:\nverbs:\n") == Lexicon()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "Pilates",
            "1:1: expected 'words' or 'verbs' with its keys; write for example 'words: {Schroth: Shrote}'",
        ),
        ("word: {a: b}", "1:1: unknown key 'word'; did you mean 'words'?"),
        (
            "words: [Pilates]",
            "1:8: expected words with their spellings; write for example 'words: {Schroth: Shrote}'",
        ),
        (
            "words:\n  Pilates: [a]",
            "2:12: expected a spelling; write how it sounds, for example 'pill-ah-teez'",
        ),
        (
            "words:\n  Pilates: {flite: a}",
            "2:13: unknown voice 'flite'; the voices here are: espeak, heart",
        ),
        ("words:\n  Pilates: {hart: a}", "2:13: unknown voice 'hart'; did you mean 'heart'?"),
        (
            "words:\n  Pilates: '[[p@lA]]'",
            "2:12: '[[p@lA]]' is not a spelling; write letters, with spaces or hyphens between",
        ),
        (
            "words:\n  3x: three",
            "2:3: '3x' is not a spelling; write letters, with spaces or hyphens between",
        ),
        ("words:\n  a: b\n  a: c", "3:3: duplicate key 'a' (first in line 2); keep one"),
    ],
)
def test_a_mistake_in_a_lexicon_has_its_place_and_its_remedy(text: str, complaint: str) -> None:
    assert mistakes(text) == [f"lexicon.yaml:{complaint}"]


@given(st.text() | st.text().map("words: {{a: {}}}".format) | st.text().map("verbs:\n  {}: x".format))
def test_no_lexicon_does_harm(text: str) -> None:
    try:
        whole = lexicon(text)
    except ScriptError:
        return

    assert "[" not in said("Use a chair. a b c", "espeak", whole)


def test_a_lexicon_has_its_limits() -> None:
    (long,) = mistakes(f"words:\n  {'a' * (LONGEST + 1)}: b")
    (large,) = mistakes("words:\n" + "".join(f"  a{'b' * n}: c\n" for n in range(MOST_ROWS + 1)))

    assert long.endswith(f"is too long; the limit is {LONGEST} characters")
    assert large == "lexicon.yaml:2:3: 1,001 words are too many; the limit is 1,000"


# --- what is heard, and what is shown ----------------------------------------------------------------------


def test_the_voice_gets_the_spelling_and_whoever_asks_keeps_the_text() -> None:
    voice = FakeVoice()
    saying = Speaker(voice, gain=0, said=lambda text: said(text, "espeak", ours()))
    progress: list[tuple[int, int]] = []

    saying.prepare(["Use a chair.", "Rest."], lambda done, total: progress.append((done, total)))

    assert voice.spoken == ["Uze a chair.", "Rest."]
    assert saying.at_hand("Use a chair.") is saying.clip("Use a chair.")
    assert saying.at_hand("Uze a chair.") is saying.clip("Use a chair.")
    assert saying.at_hand("Use it.") is None
    assert progress[-1] == (2, 2)


# --- what check tells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Perfect circles now.",
            ("the voice may not say 'Perfect' as a verb; if it is one, write 'now perfect …'",),
        ),
        (
            "Conduct the weight.",
            ("the voice may not say 'Conduct' as a verb; if it is one, write 'now conduct …'",),
        ),
        (
            "With spondylolisthesis, skip it.",
            ("the voice says 'spondylolisthesis' wrongly; write another word",),
        ),
        ("Close your eyes. Use bands. Close to it. Now perfect circles. Pilates.", ()),
    ],
)
def test_what_no_rule_mends_is_told(text: str, told: tuple[str, ...]) -> None:
    assert doubts(text, "espeak", ours()) == told
    assert doubts(text, "", ours()) == ()


def checked(path: Path, voice: str = "en-us") -> list[str]:
    found: list[str] = []
    request = Request("", Wishes(voice=voice))
    check_file(str(path), request, None, lambda warnings: found.extend(lines(warnings)))
    return found


def test_check_names_the_place_of_a_word_that_will_be_said_wrongly(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "s.yaml"
    steps = "  - exercise: warm-up\n  - say: Perfect circles now.\n  - exercise: cool-down\n"
    script.write_text(f"title: T\nsteps:\n{steps}")

    (warning,) = checked(script)
    (home / "lexicon.yaml").write_text("words: {perfect circles: purrfect circles}")

    assert warning == (
        f"{script}:4:10: the voice may not say 'Perfect' as a verb; if it is one, write 'now perfect …', "
        "or give its sound in lexicon.yaml"
    )
    assert checked(script, "de") == []


def test_check_finds_nothing_in_the_bundled_scripts() -> None:
    library = Library.found()
    for entry in (*library.scripts.values(), *library.exercises.values(), *library.talks.values()):
        for voice in ("en-us", "heart"):
            assert checked(entry.path, voice) == []


def test_a_broken_lexicon_is_told_when_it_is_checked(home: Path) -> None:
    own = home / "lexicon.yaml"
    own.write_text("words: {a: 3}")

    with pytest.raises(ScriptError, match=r"lexicon\.yaml:1:12: '3' is not a spelling"):
        checked(own)


def test_a_right_lexicon_is_counted(home: Path) -> None:
    own = home / "lexicon.yaml"
    own.write_text("words: {a: b}\nverbs: {use: yooz}")

    assert check_file(str(own), Request(""), None, lambda _: None).what == "a lexicon of 2 words"
