"""A WAV stream for another program: its header, its reader, and standard output kept clean."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from player.errors import OutputError
from player.outputs.protocol import TroubleKind
from player.outputs.stream import StreamOutput
from player.testing.output_contract import Numbered, numbers
from player.testing.waiting import wait_until

from tests.output_rigs import HEADER
from tests.virtual_soundcard import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROGRAM = """
import sys, threading
import numpy as np
from player.outputs import choose

asked = threading.Event()

def pull(frames):
    asked.set()
    return np.full((frames, 2), 7, np.int16)

output = choose("-")
output.start(pull)
print("a line for the screen")
asked.wait()
while not output.heard():
    pass
output.close()
"""


def streamed(path: Path) -> StreamOutput:
    return StreamOutput(os.open(path, os.O_WRONLY | os.O_CREAT))


def play(output: StreamOutput, source: Numbered) -> int:
    first = source.pulled
    output.start(source)
    wait_until(lambda: source.pulled > first + RATE // 10, "nothing is pulled")
    return output.stop()


def test_its_header_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    output = streamed(path)
    heard = play(output, Numbered())
    output.close()
    data = path.read_bytes()

    with wave.open(io.BytesIO(data)) as header:
        assert (header.getnchannels(), header.getsampwidth(), header.getframerate()) == (2, 2, RATE)
    samples, rate = soundfile.read(io.BytesIO(data), dtype="int16")
    assert rate == RATE
    assert np.array_equal(numbers(samples)[:heard], np.arange(heard))


def test_after_a_pause_it_goes_on_without_a_second_header(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    output, source = streamed(path), Numbered()
    first = play(output, source)
    second = play(output, Numbered(first))
    output.close()
    samples = np.frombuffer(path.read_bytes()[HEADER:], "<i2").reshape(-1, 2)

    assert np.array_equal(numbers(samples), np.arange(first + second))


def test_a_stream_that_nothing_was_played_on_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    output = streamed(path)
    output.close()

    assert not path.read_bytes()
    with pytest.raises(OutputError, match="closed"):
        output.start(Numbered())


def test_a_reader_that_goes_away_is_told_calmly() -> None:
    reading, writing = os.pipe()
    output = StreamOutput(writing)
    os.close(reading)
    output.start(Numbered())
    wait_until(output.trouble, "nobody notices")
    trouble = output.trouble()
    output.close()

    assert trouble is not None
    assert trouble.kind is TroubleKind.CLOSED


def test_a_slow_reader_makes_the_session_wait_and_loses_nothing() -> None:
    reading, writing = os.pipe()
    output, source = StreamOutput(writing), Numbered()
    output.start(source)
    wait_until(lambda: not takes_more(writing), "the pipe never fills")
    heard = output.stop()
    output.close()
    with os.fdopen(reading, "rb") as stream:
        data = stream.read()[HEADER:]

    assert heard <= source.pulled < RATE
    assert np.array_equal(numbers(frames(data)), np.arange(heard))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_in_one_line() -> None:
    output = StreamOutput(os.open("/dev/full", os.O_WRONLY))
    output.start(Numbered())
    wait_until(output.trouble, "nobody notices")
    trouble = output.trouble()
    output.close()

    assert trouble is not None
    assert isinstance(trouble.cause, OutputError)
    assert "No space left" in str(trouble.cause)


def test_what_is_printed_meanwhile_is_not_in_the_stream() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, timeout=20)

    assert done.stdout.startswith(b"RIFF")
    assert set(frames(done.stdout[HEADER:]).ravel().tolist()) == {7}
    assert b"a line for the screen" in done.stderr


def test_nothing_is_streamed_onto_a_terminal() -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=20
    )
    os.close(theirs)
    os.close(ours)

    assert done.returncode != 0
    assert b"UserError: a stream needs a program that reads it, not a terminal" in done.stderr


def takes_more(pipe: int) -> bool:
    return bool(select.select([], [pipe], [], 0)[1])


def frames(data: bytes) -> NDArray[np.int16]:
    return np.frombuffer(data[: len(data) // 4 * 4], "<i2").reshape(-1, 2)
