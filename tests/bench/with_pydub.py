"""Makes the same session as most people would: clips and silence, appended with pydub."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydub import AudioSegment


def main() -> None:
    """Cut the clips out of an exported session, and reassemble it."""
    timeline, exported, target = map(Path, sys.argv[1:])
    shown = json.loads(timeline.read_text())
    rate = shown["rate"]
    samples = AudioSegment.from_wav(exported).raw_data

    def segment(data: bytes) -> AudioSegment:
        return AudioSegment(data=data, sample_width=2, frame_rate=rate, channels=1)

    session, at = segment(b""), 0
    for cue in shown["cues"]:
        start, end = cue["start"], cue["start"] + cue["length"]
        session += segment(bytes(2 * (start - at)))
        session += segment(samples[2 * start : 2 * end])
        at = end
    session += segment(bytes(2 * (shown["frames"] - at)))
    form = target.suffix.removeprefix(".")
    session.export(target, format=form, bitrate=None if form == "wav" else "64k")


if __name__ == "__main__":
    main()
