"""How words are to be written for a voice that would say them wrongly, as plain data.

What is shown keeps the author's spelling; only the voice gets the other one. Engines make different mistakes,
so a spelling belongs to an engine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

ENGINES = ("espeak", "heart")
"""The engines whose mistakes are known; any other gets its texts as written."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A word or a few, and how to write them for each engine that says them wrongly."""

    word: str
    spellings: tuple[tuple[str, str | None], ...]
    """Engines, and the spelling that each says rightly; None if none is known."""
    unless: tuple[str, ...] = ()
    """Of a verb: words after which it is not one, as in "close to"."""
    is_own: bool = False
    """Whether the author wrote it, who knows that it is a verb wherever a sentence begins with it."""

    def on(self, engine: str) -> str | None:
        """The spelling for an engine; None if none is known or needed."""
        return dict(self.spellings).get(engine)

    def wrong_on(self, engine: str) -> bool:
        """Whether an engine says it wrongly, and no spelling helps."""
        return engine in dict(self.spellings) and self.on(engine) is None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Spellings for voices; of two for the same word and engine, the later counts."""

    words: tuple[Respelling, ...] = ()
    verbs: tuple[Respelling, ...] = ()
    """Words with two sounds, respelt only where they are verbs: "Close your eyes", "close to the wall"."""

    def with_own(self, own: Lexicon) -> Lexicon:
        """This lexicon with an author's own spellings, which count before these."""
        verbs = (replace(verb, is_own=True) for verb in own.verbs)
        return Lexicon((*self.words, *own.words), (*self.verbs, *verbs))
