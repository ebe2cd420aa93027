"""Where the language of a session reaches: every word the coach says, the page, the tags, the voice."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from player.layout import plan, remarks
from player.pictures.handout import as_page
from player.script.model import Language
from player.session import Choices, Coaching, Dose, Range, RestStep, Side, Sides
from player.speech.manner import Manner
from player.timeline import Activity, PhaseKind
from player.wording import ENGLISH, WORDINGS, Wording, three_letters, wording_for
from player.wording.en import phrases, positions

from tests.sessions import HERE, exercise, hold_for, session

if TYPE_CHECKING:
    from player.wording.phrases import Phrases
    from player.wording.wording import Positions


def shouted(module: object) -> SimpleNamespace:
    """The same phrases in capitals, so any other text is recognised."""

    def loud(value: object) -> object:
        if isinstance(value, str):
            return value.upper()
        if isinstance(value, tuple):
            return tuple(map(loud, value))
        if isinstance(value, dict):
            return {name: loud(one) for name, one in value.items()}
        if callable(value):
            return lambda *values, **named: loud(value(*values, **named))
        return value

    return SimpleNamespace(**{name: loud(value) for name, value in vars(module).items()})


LOUD = replace(
    ENGLISH,
    phrases=cast("Phrases", shouted(phrases)),
    positions=cast(
        "Positions", SimpleNamespace(**{**vars(shouted(positions)), "posture_of": positions.posture_of})
    ),
)
STRETCH = exercise(
    hold_for(30, "LIFT YOUR <side> LEG.", "LIFT."),
    name="BRIDGE",
    position="ON YOUR <side> side",
    dose=Dose(reps=(Range(2, 2),), sides=Sides.EACH),
)
WALK = exercise(hold_for(50, "STAND.", None), name="STANDING", position="STANDING")
EVERYTHING = session(STRETCH, RestStep(HERE, 60), WALK, needs=("MAT",))


def said_in(wording: Wording, choices: Choices) -> set[str]:
    return {text for outline in plan(EVERYTHING, choices, wording) for text in outline.texts()} - {"Test."}


def test_all_that_the_coach_says_comes_from_the_wording() -> None:
    for coaching in Coaching:
        texts = said_in(LOUD, Choices(coaching=coaching))

        assert len(texts) > 20
        assert {text for text in texts if not text.isupper()} == set()


def test_what_is_put_in_while_playing_comes_from_the_wording() -> None:
    outline = next(one for one in plan(EVERYTHING, Choices(), LOUD) if one.exercise_id)
    doing = Activity("BRIDGE", side=Side.LEFT, rep=1, reps=2)
    put_in = (
        remarks.lead_in(outline, PhaseKind.HOLD, LOUD),
        remarks.whereabouts(outline, doing, 100.0, LOUD),
        remarks.again(outline),
    )

    assert all(text.isupper() for one in put_in for text in one.texts())


def test_every_language_of_scripts_has_a_wording_and_its_own_name() -> None:
    assert set(WORDINGS) == {language.value for language in Language}
    assert [three_letters(language) for language in ("en", "EN-gb", "de")] == ["eng", "eng", "und"]


def test_a_dialect_has_the_wording_of_its_language_and_all_else_has_english() -> None:
    assert wording_for("en-GB") is wording_for("en") is wording_for("de") is ENGLISH


def test_a_page_says_its_language_to_browsers() -> None:
    page = as_page(session(STRETCH, language='en-"GB"'), lambda _id: None)

    assert '<html lang="en-&quot;GB&quot;">' in page


def test_who_chose_no_voice_hears_the_one_of_the_language() -> None:
    assert Manner().voice == wording_for("en").voice
