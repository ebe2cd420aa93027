"""One voice, its cache, and the steps from raw speech to finished clips.

The voice is asked only for missing clips, so a session that was spoken before starts no process. While one
clip is being finished, the voice already speaks the next.

Only the clips used last stay in memory. The others lie in the cache, and are checked each time they are read:
against the cache's checksum, and against what the text was before in this run. One that was lost meanwhile is
spoken again when it is next prepared; nobody is ever given another clip in place of one they hold.
"""

from __future__ import annotations

import json
import logging
import struct
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import cycle
from typing import TYPE_CHECKING, Self
from zlib import crc32

import numpy as np

from player.errors import SpeechError, UnspokenError
from player.sound.clip import Clip, StoredClip, silence
from player.speech.finish import PROCESSING, SENTENCES, finish, measure_gain
from player.speech.voice import fit
from player.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from concurrent.futures import Future

    from player.sound.clip import AnyClip
    from player.speech.cache import ClipCache
    from player.speech.voice import RawSpeech, Voice

ON_DISK = np.dtype("<i2")
GAIN = struct.Struct("<d")
AT_HAND = 10 * 60 * RATE
"""Frames to keep in memory: ten minutes of speech, which is all of most sessions, in 58 MB."""
MANY = 60
"""Texts that are worth a second process."""
AT_HAND_LIVE = 30 * RATE
"""The same while playing, when the sections around the listener are in memory anyway."""

_log = logging.getLogger(__name__)


class Speaker:
    """Finished clips for texts. Used by one thread at a time; a context manager that closes the voice.

    Args:
        voice: Speaks missing clips.
        cache: Keeps finished clips; None keeps them for this run only.
        gain: In dB, for every clip; None measures the voice once, when the first clip is missing.
        at_hand: Frames of cached clips to keep in memory.
        second: Makes the same voice once more, to speak many texts on two processors; None: one is enough.
        said: Returns a text as it must be written for the voice; whoever asks keeps the text that is shown.
    """

    def __init__(
        self,
        voice: Voice,
        cache: ClipCache | None = None,
        gain: float | None = None,
        *,
        at_hand: int = AT_HAND,
        said: Callable[[str], str] = str,
        second: Callable[[], Voice] | None = None,
    ) -> None:
        self._voice, self._make_second = voice, second
        self._second: Voice | None = None
        self._cache = cache
        self._gain = gain
        self._clips: dict[str, AnyClip] = {"": silence(0, RATE)}
        self._sums: dict[str, int] = {}
        """The checksum of each stored clip."""
        self._recent = _Recent(at_hand)
        self._fit = lru_cache(maxsize=4096)(lambda text: fit(said(text)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def warning(self) -> str | None:
        """A message to the user why clips cannot be cached; None if they can."""
        return self._cache.warning if self._cache else None

    def clip(self, text: str) -> AnyClip:
        """The finished clip of a text; empty if the text has nothing to say. It outlives the speaker.

        Raises:
            SpeechError: No voice can speak it.
            UserError: The chosen voice does not exist.
        """
        plain = self._fit(text)
        if plain not in self._clips:
            self.prepare([plain])
        return self._clips[plain]

    def at_hand(self, text: str) -> AnyClip | None:
        """The clip of a text that was spoken before; None if the voice would have to speak it."""
        plain = self._fit(text)
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
        wanted = dict.fromkeys(map(self._fit, texts))
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
        if self._second:
            self._second.close()

    def _recall(self, text: str) -> bool:
        """Whether the clip of a text is in memory, or intact in the cache; a lost one is forgotten."""
        if isinstance(self._clips.get(text), Clip):
            return True
        try:
            self._fetch(text, self._sums.get(text))
        except SpeechError:
            return False
        return True

    def _fetch(self, text: str, checksum: int | None) -> Clip:
        """The clip of a text from memory or the cache; a lost one is forgotten.

        Args:
            text: What it says.
            checksum: Of the clip that it must be; None: any intact one.

        Raises:
            SpeechError: It is not there, or is another one.
        """
        clip = self._recent.get(text)
        if clip is None or checksum != self._sums.get(text):
            stored = self._cache.read(self._key("clip", text)) if self._cache else None
            if (
                stored is None
                or len(stored.content) % ON_DISK.itemsize
                or checksum not in {None, stored.checksum}
            ):
                if checksum == self._sums.get(text):
                    self._clips.pop(text, None)
                    self._sums.pop(text, None)
                message = f"the spoken words “{text}” were lost from the cache meanwhile; start again"
                raise SpeechError(message)
            clip = Clip(np.frombuffer(stored.content, ON_DISK).astype(np.int16, copy=False), RATE)
            self._store(text, clip, stored.checksum)
        return clip

    def _store(self, text: str, clip: Clip, checksum: int) -> None:
        """Remember a clip that is in the cache."""
        if self._sums.get(text) != checksum:
            self._sums[text] = checksum
            self._clips[text] = StoredClip(len(clip), RATE, checksum, partial(self._fetch, text, checksum))
        self._recent.add(text, clip)

    def _keep(self, text: str, clip: Clip) -> None:
        if len(clip) == 0:
            message = f"the voice makes no sound for “{text}”"
            raise UnspokenError(message)
        content = clip.samples.astype(ON_DISK, copy=False).tobytes()
        if self._cache and self._cache.put(self._key("clip", text), content):
            self._store(text, clip, crc32(content))
        else:
            self._clips[text] = clip

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

    def _speak_ahead(self, texts: Sequence[str]) -> Generator[tuple[str, RawSpeech]]:
        """Speak on a thread for each voice, a text ahead; closing it waits until they have stopped."""
        with ExitStack() as threads:
            speaks = [
                (threads.enter_context(ThreadPoolExecutor(1, thread_name_prefix="speech")), voice)
                for voice in self._voices_for(len(texts))
            ]
            waiting: deque[tuple[str, Future[RawSpeech]]] = deque()
            for (thread, voice), text in zip(cycle(speaks), texts, strict=False):
                waiting.append((text, thread.submit(voice.speak, text)))
                if len(waiting) > len(speaks):
                    first, spoken = waiting.popleft()
                    yield first, spoken.result()
            for text, spoken in waiting:
                yield text, spoken.result()

    def _voices_for(self, count: int) -> list[Voice]:
        """The voice; for many texts also the second one, which takes some seconds to start."""
        if self._second is None and self._make_second and count >= MANY:
            self._second = self._make_second()
        return [self._voice, self._second] if self._second and count >= MANY else [self._voice]

    def _key(self, kind: str, text: str) -> str:
        content = json.dumps([PROCESSING, self._voice.identity, kind, text])
        return blake2b(content.encode(), digest_size=20).hexdigest()


class _Recent:
    """The clips used last.

    Args:
        at_most: Frames of all clips together; the last one stays in any case.
    """

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._clips: OrderedDict[str, Clip] = OrderedDict()
        self._frames = 0

    def get(self, text: str) -> Clip | None:
        clip = self._clips.get(text)
        if clip is not None:
            self._clips.move_to_end(text)
        return clip

    def add(self, text: str, clip: Clip) -> None:
        """Keep a clip in place of the one of the same text, if any, and drop the oldest."""
        before = self._clips.pop(text, None)
        self._clips[text] = clip
        self._frames += len(clip) - (len(before) if before else 0)
        while self._frames > self._at_most and len(self._clips) > 1:
            self._frames -= len(self._clips.popitem(last=False)[1])
