"""Finds the words of a script that its voice is known to say wrongly, before anyone listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.app.lexicon import engine_for, lexicon_for
from player.errors import Mistake
from player.script.exercise import texts_of
from player.session import (
    Exercise,
    ExerciseStep,
    IntervalsStep,
    RepeatStep,
    SayStep,
    Side,
    Talk,
    TalkStep,
    exercises_in,
)
from player.session.words import Words
from player.shelves import LEXICON
from player.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from player.library import Library
    from player.session import Session, Step


def find_misspoken(
    what: Session | Exercise | Talk, voice: str, language: str, library: Library
) -> list[Mistake]:
    """Warnings about words that a voice may say wrongly, in the order of the script.

    Args:
        what: What is to be spoken.
        voice: By its id in `cuemat voices`.
        language: Of the session.
        library: Has the listener's lexicon.
    """
    engine = engine_for(voice, language)
    if not engine:
        return []
    lexicon = lexicon_for(library)
    found = {
        Mistake(words.source, f"{doubt}, or give its sound in {LEXICON}")
        for words in _texts(what)
        for doubt in ENGLISH.doubts(ENGLISH.spelling.fit_to_speak(words.on(Side.RIGHT)), engine, lexicon)
    }
    return sorted(found)


def _texts(what: Session | Exercise | Talk) -> Iterator[Words]:
    if isinstance(what, Talk):
        yield from what.points
    elif isinstance(what, Exercise):
        yield Words(what.name, what.source)
        yield from (words for words in texts_of(what) if words)
    else:
        yield Words(what.title, what.source)
        yield from _texts_of_steps(what.steps)


def _texts_of_steps(steps: Iterable[Step]) -> Iterator[Words]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _texts_of_steps(step.steps)
        elif isinstance(step, ExerciseStep | IntervalsStep):
            for one in exercises_in(step):
                yield from _texts(one)
        elif isinstance(step, TalkStep):
            yield from filter(None, [step.lead or step.talk.lead])
            yield from _texts(step.talk)
        elif isinstance(step, SayStep):
            yield step.words
