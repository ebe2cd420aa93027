"""One voice, its cache, and the steps from raw speech to finished clips.

A text gives the same clip for the whole run, whatever happens to the cache. The voice is asked only for
missing clips, so a session that was spoken before starts no process. While one clip is being finished, the
voice already speaks the next.
"""

from __future__ import annotations

import json
import logging
import struct
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import blake2b
from typing import TYPE_CHECKING, Self

import numpy as np

from player.errors import SpeechError
from player.sound.clip import Clip, silence
from player.speech.finish import PROCESSING, SENTENCES, finish, measure_gain
from player.speech.voice import fit
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from player.speech.cache import ClipCache
    from player.speech.voice import RawSpeech, Voice

ON_DISK = np.dtype("<i2")
GAIN = struct.Struct("<d")

_log = logging.getLogger(__name__)


class Speaker:
    """Finished clips for texts. Used by one thread at a time; a context manager that closes the voice.

    Args:
        voice: Speaks missing clips.
        cache: Keeps finished clips; None keeps them for this run only.
        gain: In dB, for every clip; None measures the voice once, when the first clip is missing.
    """

    def __init__(self, voice: Voice, cache: ClipCache | None = None, gain: float | None = None) -> None:
        self._voice = voice
        self._cache = cache
        self._gain = gain
        self._clips: dict[str, Clip] = {"": silence(0, RATE)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def warning(self) -> str | None:
        """A message to the user why clips cannot be cached; None if they can."""
        return self._cache.warning if self._cache else None

    def clip(self, text: str) -> Clip:
        """The finished clip of a text; empty if the text has nothing to say.

        Raises:
            SpeechError: No voice can speak it.
            UserError: The chosen voice does not exist.
        """
        plain = fit(text)
        self.prepare([plain])
        return self._clips[plain]

    def at_hand(self, text: str) -> Clip | None:
        """The clip of a text that was spoken before; None if the voice would have to speak it."""
        plain = fit(text)
        return self._clips[plain] if self._recall(plain) else None

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Make the clips of many texts; faster than one by one.

        Args:
            texts: In the order in which they are needed.
            progress: Called with the number of finished clips and of all clips.

        Raises:
            SpeechError: No voice can speak one of them; those before it are kept.
            UserError: The chosen voice does not exist.
        """
        wanted = dict.fromkeys(map(fit, texts))
        missing = [text for text in wanted if not self._recall(text)]
        done = len(wanted) - len(missing)
        if progress:
            progress(done, len(wanted))
        if not missing:
            return
        _log.debug("asking the voice for %d clips, %d already exist", len(missing), done)
        gain = self._find_gain()
        with closing(self._speak_ahead(missing)) as spoken:
            for text, raw in spoken:
                self._keep(text, finish(raw, gain))
                done += 1
                if progress:
                    progress(done, len(wanted))

    def close(self) -> None:
        """Close the voice; clips stay valid."""
        self._voice.close()

    def _recall(self, text: str) -> bool:
        if text in self._clips:
            return True
        stored = self._cache.get(self._key("clip", text)) if self._cache else None
        if stored is None or len(stored) % ON_DISK.itemsize:
            return False
        samples = np.frombuffer(stored, ON_DISK).astype(np.int16, copy=False)
        self._clips[text] = Clip(samples, RATE)
        return True

    def _keep(self, text: str, clip: Clip) -> None:
        if len(clip) == 0:
            message = f"the voice makes no sound for “{text}”"
            raise SpeechError(message)
        self._clips[text] = clip
        if self._cache:
            self._cache.put(self._key("clip", text), clip.samples.astype(ON_DISK, copy=False).tobytes())

    def _find_gain(self) -> float:
        if self._gain is None:
            key = self._key("gain", "")
            stored = self._cache.get(key) if self._cache else None
            if stored is not None and len(stored) == GAIN.size:
                (self._gain,) = GAIN.unpack(stored)
            else:
                self._gain = measure_gain([raw for _, raw in self._speak_ahead(SENTENCES)])
                if self._cache:
                    # Not `key`: an engine that does not start is replaced by another, with another identity.
                    self._cache.put(self._key("gain", ""), GAIN.pack(self._gain))
        return self._gain

    def _speak_ahead(self, texts: Iterable[str]) -> Generator[tuple[str, RawSpeech]]:
        """Speak on a thread, one text ahead; closing it waits until the voice has stopped."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="speech") as ahead:
            waiting = None
            for text in texts:
                following = (text, ahead.submit(self._voice.speak, text))
                if waiting:
                    yield waiting[0], waiting[1].result()
                waiting = following
            if waiting:
                yield waiting[0], waiting[1].result()

    def _key(self, kind: str, text: str) -> str:
        content = json.dumps([PROCESSING, self._voice.identity, kind, text])
        return blake2b(content.encode(), digest_size=20).hexdigest()
