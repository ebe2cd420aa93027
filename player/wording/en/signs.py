"""Signs that carry meaning, in English words: pain scales, rates, comparisons, degrees, money, minutes.

"Pain < 4/10" and "10 reps/side" are the language of hand-outs. A sign that was merely dropped would turn
advice into its opposite, so each of these is said; what nobody can say stays in the text, where `unspoken`
finds it.
"""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.,]\d+)?[½⅓⅔¼¾]?"
_AMOUNT = rf"{_NUMBER}(?:\s?-\s?{_NUMBER})?(?:\s?/\s?\d+)?"
_UNITS = (
    r"(?:\s?(?:°\s?[CF]?|%|[x×]|″|′|s|secs?|seconds?|mins?|minutes?|h|hours?|mm|cm|m|kg|lbs?|in|inches|reps?|sets?|times|"
    r"days?|weeks?)(?!\w))?"
)
_THINGS = r"\s(?:step|box|block|ball|band|roller|board|cushion|towel|heel|lift|pad|wedge|mat)s?\b"
_DIMENSIONS = r"\s(?:wide|high|tall|thick|deep|long|apart|off|away|above|below|behind)\b"

_TIME = "second|sec|minute|min|hour|hr|night|day|week|wk|month|year|yr"
_LONG_TIME = {
    "sec": "second",
    "s": "second",
    "min": "minute",
    "hr": "hour",
    "h": "hour",
    "wk": "week",
    "w": "week",
    "d": "day",
    "mo": "month",
    "yr": "year",
}
_PART = (
    "side|leg|arm|foot|hand|knee|hip|ankle|shoulder|elbow|wrist|finger|toe|direction|way|set|rep|round|exercise|"
    "session|breath|move|step|stretch|position|person|hold"
)
_COUNTED = (
    r"\d+|more|less|plus|once|twice|times?|reps?|repetitions?|sets?|sessions?|rounds?|holds?|breaths?|steps?|beats?|"
    r"seconds?|minutes?|hours?|metres?|kilometres?|centimetres?|kilograms?|pounds?|degrees?|"
    r"percent|euros?|dollars?|yen"
)
_MONEY = {"€": "euro", "£": "pound", "$": "dollar", "¥": "yen"}

_SIMPLE = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r">\s?=|=>(?=\s?\d)", "≥"),
        (r"<\s?=|=<", "≤"),
        (r"!=", "≠"),
        (r"(\d\s?(?:secs?|mins?|cm|mm|kg|in|°|%|[sm]))\s?[-–]\s?(?=\d)", r"\1 to "),
        (r"\s*(?:--?|==?)>\s*|\s*[→⇒⟶]\s*", " to "),
        (r"([½⅓⅔¼¾])\s?[-–]\s?(?=[\d½⅓⅔¼¾])", r"\1 to "),
        (r"(?<=\d)\s?[-–]\s?(?=[½⅓⅔¼¾€£$])", " to "),
        (r"(\d:\d\d)\s?[-–]\s?(?=\d+:\d\d)", r"\1 to "),
        (r"(?<=\d)([½⅓⅔¼¾])\s?[x×](?!\w)", r"\1 times"),
        (r"[x×]\s?(?=\d+\s(?:day|week|month)s?\b)", " for "),
        (r"\b(min|sec|hr)\.(?=\s?/)", r"\1"),
        (r"(?<=\w)\((e?s)\)", r"\1"),
        (r"\bs/he\b", "he or she"),
        (r"(?<=[½⅓⅔¼¾])\s?[\"″”]", "-inch"),
        (rf"\s*(?:≥|⩾|≧|>=)\s*({_AMOUNT}{_UNITS})", r" \1 or more"),
        (rf"\s*(?:≤|⩽|≦|<=)\s*({_AMOUNT}{_UNITS})", r" \1 or less"),
        (r"\s*(?:≥|⩾|≧|>=)\s*", " at least "),
        (r"\s*(?:≤|⩽|≦|<=)\s*", " at most "),
        (r"(?<!<)\s*<\s*(?=\d)|\s<\s", " less than "),
        (r"(?<![>\w])\s*>\s*(?=\d)|(?<=[\w)])\s*>\s*(?=\d)|\s>\s", " more than "),
        (r"\s*≠\s*", " is not "),
        (r"\s*(?:±|∓|\+\s?/\s?-)\s*", " plus or minus "),
        (r"(?<=\d)\s?[~∼～]\s?(?=\d)", "-"),
        (r"(?<!~)[~∼～](?!~)\s*|[≈≃]\s*", "about "),
        (r"(?<=\d)\s?[º˚]", "°"),
        (r"°\s?C(?!\w)", "°C"),
        (r"°\s?F(?!\w)", "°F"),
        (r"\bm/s\b", "metres per second"),
        (r"(?<![\w.)])(?:-|−\s?)(?=\d)", "minus "),
        (r"\b(sets?)\s*[x×]\s*(?=\d)", r"\1 of "),
        (r"(?<=\bm)²|(?<=[ckm]m)²|(?<=\d)²", " squared"),
        (r"(?<=\bm)³|(?<=[ckm]m)³|(?<=\d)³", " cubed"),
        (r"(?<=[^\W\d])[¹²³⁴-⁹]+", ""),
        (r"(?<=\d)\s?÷\s?(?=\d)", " divided by "),
        (r"(?<=\d)\s?\*\s?(?=\d)", " times "),
        (r"№\s?(?=\d)", "number "),
    )
)
_PRICE = re.compile(
    rf"([{''.join(map(re.escape, _MONEY))}])\s?({_NUMBER})|({_NUMBER})\s?([{''.join(_MONEY)}])"
)
_DOUBLE_PRIME = re.compile(r"(?<=\d)\s?(?:″|''|′′|[\"”])")
_PRIME = re.compile(r"(?<=\d)(?:\s?′|['’](?![^\W\d]))")
_SCALE = re.compile(rf"(?<![\w/.,])({_NUMBER}(?:\s?-\s?{_NUMBER})?)\s?/\s?(\d+)(?![\w/]|\s?/\s?\d)")
_RATIO = re.compile(r"(?<![\d:])(\d+):(\d)(?![\d:])")
_CHAIN = re.compile(r"(?<![\w/])\d+(?:\s?/\s?\d+){2,}(?![\w/])")
_EACH = re.compile(rf"(?<=\w)\s?/\s?(?:ea|each)\b\.?(?:\s({_PART})\b)?")
_PER_PART = re.compile(rf"\b({_COUNTED})\s?/\s?({_PART})\b", re.IGNORECASE)
_PER_SHORT = re.compile(rf"\b({_COUNTED})\s?/\s?(s|h|d|w|mo)\b")
_PER_TIME = re.compile(rf"\b(?!(?:{_TIME})\b)(\w+)\s?/\s?({_TIME})\b", re.IGNORECASE)
_PER_TIMES = re.compile(r"(?<=\w)\s?/\s?(\d+\s(?:hour|night|day|week|month|year)s)\b", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])")
_BETWEEN_AMOUNTS = re.compile(r"(?<=[\w.°%])\s?/\s?(?=\w)")
_FRACTION_OF = re.compile(r"(?<![\w/.,])(\d)\s?/\s?(5|6|8|10)(?=\s(?:of|inch|in)\b)")
_ORDINALS = {"5": "fifth", "6": "sixth", "8": "eighth", "10": "tenth"}
_WHOLE_DAY = re.compile(r"\b24\s?/\s?7\b")


def spell_signs(text: str) -> str:
    """Spell out all signs except rates, whose units must be spelt first."""
    text = _DOUBLE_PRIME.sub(lambda found: _prime(found, '"', "“„", "s", "inch", "inches"), text)
    text = _PRIME.sub(lambda found: _prime(found, "'", "‘‚", "min", "foot", "feet"), text)
    for pattern, words in _SIMPLE:
        text = pattern.sub(words, text)
    text = _PRICE.sub(lambda m: _money(m[2] or m[3], m[1] or m[4]), text)
    text = _WHOLE_DAY.sub("24 7", text)
    text = _CHAIN.sub(lambda found: ", ".join(re.findall(r"\d+", found[0])), text)
    text = _FRACTION_OF.sub(lambda m: f"{m[1]} {_ORDINALS[m[2]]}{'' if m[1] == '1' else 's'}", text)
    text = _SCALE.sub(_scale, text)
    return _RATIO.sub(r"\1 to \2", text)


def spell_rates(text: str) -> str:
    """Spell out every slash: "10 reps/side", "3 times/week", "left/right"."""
    text = _EACH.sub(lambda m: f" each {m[1]}" if m[1] else " each", text)
    text = _PER_PART.sub(r"\1 per \2", text)
    text = _PER_SHORT.sub(_per, text)
    text = _PER_TIME.sub(_per, text)
    text = _PER_TIMES.sub(r" per \1", text)
    return _BETWEEN_AMOUNTS.sub(", ", _BETWEEN_WORDS.sub(" or ", text))


def _per(match: re.Match[str]) -> str:
    return f"{match[1]} per {_LONG_TIME.get(match[2].lower(), match[2])}"


def _prime(match: re.Match[str], mark: str, opening: str, time: str, one: str, several: str) -> str:
    """A prime after a number is a time, or with a thing of that size a length; a quotation mark stays one."""
    before = match.string[: match.start()]
    if match[0].strip() in {mark, "”", "’"}:
        opened = len(re.findall(rf"(?<![\w]){mark}|[{opening}]", before))
        closed = len(re.findall(rf"(?<=[^\W\d_.,!?]){mark}(?!\w)|[”’](?!\w)", before))
        if opened > closed:
            return match[0]
    following = match.string[match.end() :]
    time += " " if following[:1].isalpha() else ""
    if re.match(_THINGS, following):
        return f"-{one}"
    return f" {several}" if re.match(_DIMENSIONS, following) else time


def _money(amount: str, sign: str) -> str:
    name = _MONEY[sign]
    return f" {amount} {name if amount == '1' or name == 'yen' else name + 's'} "


def _scale(match: re.Match[str]) -> str:
    """A pain scale, "4 out of 10"; blood pressure, "120 over 80"; anything else as two numbers, "90 90"."""
    amount, whole = match[1], int(match[2])
    largest = float(re.findall(r"\d+(?:\.\d+)?", amount.replace(",", "."))[-1])
    if largest < whole or largest == whole <= 10:  # noqa: PLR2004  as in 10/10
        return f"{amount} out of {whole}"
    if largest > whole and largest >= 100:  # noqa: PLR2004  as in 120/80
        return f"{amount} over {whole}"
    return f"{amount} {whole}" if largest == whole else f"{amount}, {whole}"
