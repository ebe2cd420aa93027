"""Every bundled session as a reviewer reads it: a changed word is a changed file, read by a person.

The files in `transcripts/` are what `cuemat show --transcript` prints, with the tests' voice.
`CUEMAT_WRITE=1 python -m pytest tests/test_transcripts.py` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from player.app.transcript import transcript
from player.session import Choices, Coaching

from tests.content import LIBRARY, heard

FOLDER = Path(__file__).parent / "transcripts"
SESSIONS = sorted(LIBRARY.scripts)


def written(name: str, coaching: Coaching) -> str:
    return "\n".join(transcript(heard(name, Choices(coaching=coaching)))).rstrip() + "\n"


@pytest.mark.parametrize("coaching", Coaching)
@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_is_said_as_its_transcript_has_it(name: str, coaching: Coaching) -> None:
    file = FOLDER / f"{name}-{coaching}.txt"
    text = written(name, coaching)
    if os.environ.get("CUEMAT_WRITE"):
        file.write_text(text, encoding="utf-8")

    assert text == file.read_text(encoding="utf-8")


def test_every_transcript_has_its_session() -> None:
    assert {file.stem.rpartition("-")[0] for file in FOLDER.glob("*.txt")} == set(SESSIONS)
