r"""Prepares English text for the voice.

Authors write as on paper ("3x12", "10-12 reps", "hold 45s", "L/R"), and a speech engine reads that badly or
dangerously: some control characters change the speed of all later cues, double brackets are phoneme input. So
every text passes through here before it becomes a cue. The result contains only letters, digits and plain
punctuation; it is empty if nothing in the text can be spoken.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from player.wording.en.signs import spell_rates, spell_signs
from player.wording.plain import compatible, cut, lost, plain_punctuation, tidy, without_controls

if TYPE_CHECKING:
    from collections.abc import Collection

_FRACTIONS = {
    "½": ("a half", "and a half"),
    "⅓": ("a third", "and a third"),
    "⅔": ("two thirds", "and two thirds"),
    "¼": ("a quarter", "and a quarter"),
    "¾": ("three quarters", "and three quarters"),
    "⅕": ("a fifth", "and a fifth"),
    "⅖": ("two fifths", "and two fifths"),
    "⅗": ("three fifths", "and three fifths"),
    "⅘": ("four fifths", "and four fifths"),
    "⅙": ("a sixth", "and a sixth"),
    "⅚": ("five sixths", "and five sixths"),
    "⅛": ("an eighth", "and an eighth"),
    "⅜": ("three eighths", "and three eighths"),
    "⅝": ("five eighths", "and five eighths"),
    "⅞": ("seven eighths", "and seven eighths"),
}
_SLASHED = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾"}

_UNITS = {
    "second": ("s", "sec", "secs", "seconds", "second"),
    "minute": ("min", "mins", "minutes", "minute"),
    "hour": ("h", "hr", "hrs", "hours", "hour"),
    "millisecond": ("ms",),
    "centimetre": ("cm", "cms"),
    "millimetre": ("mm",),
    "metre": ("m",),
    "kilometre": ("km",),
    "foot": ("ft",),
    "millilitre": ("ml",),
    "beat per minute": ("bpm",),
    "kilogram": ("kg", "kgs", "kilo", "kilos"),
    "pound": ("lb", "lbs"),
    "inch": ("in", "ins", "inches", "inch"),
    "degree": ("°", "deg", "degs"),
    "degree Celsius": ("°C",),
    "degree Fahrenheit": ("°F",),
    "percent": ("%",),
}
_UNIT_OF = {written: unit for unit, spellings in _UNITS.items() for written in spellings}
_PLURALS = {
    "inch": "inches",
    "foot": "feet",
    "percent": "percent",
    "beat per minute": "beats per minute",
    "degree Celsius": "degrees Celsius",
    "degree Fahrenheit": "degrees Fahrenheit",
}
_NEVER_A_UNIT_WHEN_SPACED = {"in", "m", "h"}  # "do 5 in a row" is not a length; "18 in)" is

_BODY = (
    r"(?:side|leg|arm|foot|hand|knee|hip|ankle|shoulder|elbow|wrist|heel|toe|thigh|calf|glute|buttock|hamstring|quad|"
    r"finger|thumb|ear|eye|upper|lower|forearm)s?\b"
)
"""What L and R are the sides of; before anything else they are letters."""
_ABBREVIATIONS = (
    (r"\be\.?g\.", "for example"),
    (r"\bi\.e\.", "that is"),
    (r"\betc\b\.?", "and so on"),
    (r"\bapprox\b\.?|\bca\.(?=\s)", "about "),
    (r"\bvs\b\.?", "versus"),
    (r"\bincl\.", "including"),
    (r"\balt\.", "alternate"),
    (r"\bDr\.", "doctor"),
    (r"\bw/o\b", "without"),
    (r"\bw/(?=\s*\w)", "with "),
    (r"\band/or\b", "or"),
    (r"\bROM\b", "range of motion"),
    (r"\b[Nn][or]\.\s?(?=\d)", "number "),
    (r"\b[Ee]x\.\s?(?=\d)", "exercise "),
    (r"\bmin\.\s?(?=\d)", "at least "),
    (r"\bmax\.\s?(?=\d)", "at most "),
    (r"\bp\.\s?(?=\d)", "page "),
    (r"\b(Mr|Mrs|Ms|St)\.", r"\1"),
    (r"\bLt\.(?=\s)", "left"),
    (r"\bRt\.(?=\s)", "right"),
    (r"\bB\s?/\s?L\b", "both sides"),
    (r"\bL\s?[/-]\s?R\b", "left and right"),
    (r"\bR\s?[/-]\s?L\b", "right and left"),
    (rf"(?<!\S)[(]?L[)]?(?=[\s-]{_BODY})|(?<=\d\s)L\b(?![-'.]\w)", "left"),
    (rf"(?<!\S)[(]?R[)]?(?=[\s-]{_BODY})|(?<=\d\s)R\b(?![-'.]\w)", "right"),
    (r"#\s*(?=\d)", "number "),
    (r"@", " at "),
    (r"\s*%", " percent"),
    (r"\s*&\s*", " and "),
    (r"(?<=\d)\s*\+(?!\d)|\s*\+\s*", " plus "),
    (r"\s*=\s*", " is "),
)
_ABBREVIATIONS_COMPILED = tuple((re.compile(pattern), words) for pattern, words in _ABBREVIATIONS)

_NUMBERED = re.compile(
    r"(?i)\b((?:level|stage|phase|step|part|day|week|set|round|exercise)\s\d+)\s?/\s?(\d+)(?![\d/])"
)
_HALF = re.compile(r"½(?=[\s-]?(?:way|kneel\w*|squats?|moon|circles?|rolls?|lunges?|planks?|bridges?)\b)")
_COUNTDOWN = re.compile(r"\b\d+(?:\s?-\s?\d+){2,}\b")
_RANGE = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)\s?-\s?(\d+(?:\.\d+)?)(?!\d)")
_TIMES_BY = re.compile(r"\b(\d+)\s?x\s?(?=\d)", re.IGNORECASE)
_TIMES = re.compile(r"\b(\d+)\s?x\b|\bx\s?(\d+)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!at )\b(\d{1,2}):([0-5]\d)\b(?!\s?(?:[ap]\.?m|o'clock|:))", re.IGNORECASE)
_COMPOUND = re.compile(r"\b(\d+)\s?m(?:in)?\s?(\d+)\s?s(?:ecs?)?\b")
_UNIT = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?)(\s?)("
    + "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
    + r")(?![\w°%])(\.(?=\s+[a-z]))?"
)


def fit_to_speak(text: str) -> str:
    """The text for the voice; empty if nothing in it can be spoken."""
    return tidy(_spell(text))


def unspoken(text: str, alphabets: Collection[str]) -> tuple[str, ...]:
    """What a voice would leave out: signs without words, and words in letters that it does not know.

    Args:
        text: The text as written.
        alphabets: The alphabets that the voice knows, as in `player.voices.alphabets`.
    """
    return lost(_spell(text), alphabets)


_SURE_UNITS = sorted((re.escape(unit) for unit in _UNIT_OF if unit not in {"in", "m", "h", "s"}), key=len)
_UNIT_AFTER_PART = re.compile(rf"\b(half|thirds?|quarters?)\s+({'|'.join(reversed(_SURE_UNITS))})(?![\w°%])")


@lru_cache(maxsize=4096)
def _spell(text: str) -> str:
    """The text with all signs, units and short forms in words, as far as there are words for them."""
    text = compatible(without_controls(unicodedata.normalize("NFC", text)))
    text = _NUMBERED.sub(r"\1 of \2", text)
    for slashed, symbol in _SLASHED.items():
        text = re.sub(rf"(?<![\w/]){slashed}(?![\d/])", symbol, text)
    text = _HALF.sub("half", text).replace("...", ", ")
    text = plain_punctuation(_spell_fractions(spell_signs(text)))
    for pattern, words in _ABBREVIATIONS_COMPILED:
        text = pattern.sub(words, text)
    return spell_rates(_spell_amounts(text))


def sentences(text: str) -> list[str]:
    """The prepared text, cut where a coach would breathe."""
    return cut(fit_to_speak(text))


def _spell_fractions(text: str) -> str:
    for symbol, (alone, after_number) in _FRACTIONS.items():
        text = re.sub(rf"(?<=\d)\s?{symbol}", f" {after_number}", text)
        text = re.sub(rf"\s*{symbol}\s*", f" {alone} ", text)
    return text


def _spell_amounts(text: str) -> str:
    text = _COMPOUND.sub(lambda m: f"{_plural(m[1], 'minute')} {_plural(m[2], 'second')}", text)
    text = _COUNTDOWN.sub(lambda m: ", ".join(re.findall(r"\d+", m[0])), text)
    text = _CLOCK.sub(_spell_clock, text)
    text = _RANGE.sub(r"\1 to \2", text)
    text = _TIMES_BY.sub(r"\1 times ", text)
    text = _TIMES.sub(lambda m: "once" if (m[1] or m[2]) == "1" else f"{m[1] or m[2]} times", text)
    text = _UNIT_AFTER_PART.sub(lambda m: f"{m[1]} {_several(_UNIT_OF[m[2]])}", text)
    return _UNIT.sub(_spell_unit, text)


def _spell_clock(match: re.Match[str]) -> str:
    minutes, seconds = int(match[1]), int(match[2])
    parts = [_plural(str(minutes), "minute")] if minutes else []
    parts += [_plural(str(seconds), "second")] if seconds else []
    return " ".join(parts) or "zero seconds"


def _spell_unit(match: re.Match[str]) -> str:
    closes = match.string[match.end() : match.end() + 1] in {"", ",", ".", ")"}
    if match[2] and match[3] in _NEVER_A_UNIT_WHEN_SPACED and not closes:
        return match[0]
    return _plural(match[1], _UNIT_OF[match[3]])


def _plural(amount: str, unit: str) -> str:
    return f"{amount} {unit if float(amount) == 1 else _several(unit)}"


def _several(unit: str) -> str:
    return _PLURALS.get(unit, f"{unit}s")
