"""M4A, M4B and Opus, by FFmpeg's libraries: an extra, because they are large and partly under the GPL.

The library opens the temporary file by name, because it reads back what it wrote to move the index to the
front, where a phone looks first.
"""

from __future__ import annotations

import base64
import signal
import threading
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Literal

from player.export.comments import comments, picture
from player.export.recording import NAME, Quality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from io import FileIO

    import numpy as np
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from numpy.typing import NDArray

    from player.export.recording import Recording

EXTRA = "m4b"
BIT_EXACT = {"fflags": "+bitexact"}
"""Options for the same bytes each time: no date, no version, nothing random."""
CODEC_BIT_EXACT = 1 << 23
AAC_BITS = {Quality.SPEECH: 48_000, Quality.MUSIC: 96_000}
"""Bits per second for each channel."""
AAC_FAST = {"aac_coder": "fast", "aac_tns": "0"}
"""Options that skip work from which speech gains nothing."""
OPUS_BITS = {Quality.SPEECH: 32_000, Quality.MUSIC: 64_000}
TITLE_BYTES = 127
"""The longest chapter title in MP4, in bytes."""
AUDIOBOOK = "2"


def _write_mp4(
    recording: Recording, blocks: Iterable[NDArray[np.int16]], stream: FileIO, *, brand: str, book: bool
) -> None:
    cover, options = recording.cover(), {**BIT_EXACT, "movflags": "+faststart", "brand": brand}
    with _until_interrupted(blocks) as pieces, _open(stream, "mp4", options) as container:
        container.metadata.update(_tags(recording, book=book))
        _set_chapters(container, recording)
        sound = _add_sound(container, "aac", recording, AAC_BITS, AAC_FAST)
        _add_cover(container, cover, recording.rate)
        _encode(container, sound, recording, pieces)


def write_opus(recording: Recording, blocks: Iterable[NDArray[np.int16]], stream: FileIO) -> None:
    """Write Opus: half the size, for players that support it."""
    cover = base64.b64encode(picture(recording.cover())).decode()
    with _until_interrupted(blocks) as pieces, _open(stream, "opus", BIT_EXACT) as container:
        # Chapters are comments, because the library rounds their seconds and milliseconds separately.
        container.metadata.update({**dict(comments(recording)), "METADATA_BLOCK_PICTURE": cover})
        sound = _add_sound(container, "libopus", recording, OPUS_BITS, {"compression_level": "5"})
        container.start_encoding()
        _encode(container, sound, recording, pieces)


write_m4a = partial(_write_mp4, brand="M4A ", book=False)
"""Write AAC for music players."""
write_m4b = partial(_write_mp4, brand="M4B ", book=True)
"""Write AAC as an audiobook, for which players keep the place and show chapters."""


@contextmanager
def _until_interrupted(blocks: Iterable[NDArray[np.int16]]) -> Iterator[Iterable[NDArray[np.int16]]]:
    """Yield the blocks, and accept Ctrl-C between them: inside the library, one press in thirty is lost."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or not _in_main_thread():
        yield blocks
        return
    pressed = threading.Event()
    signal.signal(signal.SIGINT, lambda _number, _frame: pressed.set())

    def go_on() -> Iterator[NDArray[np.int16]]:
        for block in blocks:
            if pressed.is_set():
                raise KeyboardInterrupt
            yield block

    try:
        yield go_on()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if pressed.is_set():
        raise KeyboardInterrupt


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _open(stream: FileIO, form: str, options: dict[str, str]) -> OutputContainer:
    import av

    return av.open(str(stream.name), "w", format=form, options=options)


def _tags(recording: Recording, *, book: bool) -> dict[str, str]:
    tags = {"title": recording.title, "artist": NAME, "album": recording.album, "comment": recording.content}
    tags["genre"] = "Audiobook" if book else "Speech"
    if book:
        tags["media_type"] = AUDIOBOOK
    if recording.words:
        tags["lyrics"] = "\n".join(spoken.text for spoken in recording.words)
    if recording.track:
        tags["track"] = f"{recording.track[0]}/{recording.track[1]}"
    return tags


def _set_chapters(container: OutputContainer, recording: Recording) -> None:
    container.set_chapters(
        [
            {
                "id": number,
                "start": chapter.start,
                "end": chapter.end,
                "time_base": Fraction(1, recording.rate),
                "metadata": {"title": _cut(chapter.title)},
            }
            for number, chapter in enumerate(recording.chapters)
        ]
    )


def _cut(title: str) -> str:
    return title.encode("utf-8", "replace")[:TITLE_BYTES].decode("utf-8", "ignore")


def _add_sound(
    container: OutputContainer,
    codec: Literal["aac", "libopus"],
    recording: Recording,
    bits: Mapping[Quality, int],
    options: dict[str, str],
) -> AudioStream:
    sound = container.add_stream(codec, rate=recording.rate, options=options, layout=_layout(recording))
    sound.bit_rate = bits[recording.quality] * recording.channels
    sound.codec_context.flags |= CODEC_BIT_EXACT
    return sound


def _add_cover(container: OutputContainer, cover: bytes, rate: int) -> None:
    """Add the cover, as a stream of one frame."""
    import av
    from av.stream import Disposition

    width, height = (int.from_bytes(cover[at : at + 4], "big") for at in (16, 20))
    stream = container.add_mux_stream("png", width=width, height=height)
    stream.disposition = Disposition.attached_pic
    container.start_encoding()
    packet = av.Packet(cover)
    packet.stream, packet.is_keyframe = stream, True
    packet.pts = packet.dts = packet.duration = 0
    packet.time_base = Fraction(1, rate)
    container.mux(packet)


def _encode(
    container: OutputContainer, sound: AudioStream, recording: Recording, blocks: Iterable[NDArray[np.int16]]
) -> None:
    import av

    at = 0
    for block in blocks:
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=_layout(recording))
        frame.sample_rate, frame.time_base, frame.pts = recording.rate, Fraction(1, recording.rate), at
        at += len(block)
        container.mux(sound.encode(frame))
    container.mux(sound.encode(None))


def _layout(recording: Recording) -> str:
    return "stereo" if recording.channels == 2 else "mono"  # noqa: PLR2004  left and right
