"""A virtual sound card: a private PulseAudio server with a null sink, and its recorder.

It plays in real time into nothing, and its output can be recorded to the sample; devices can be plugged in
and pulled out, and the server can be killed. Everything lives in one temporary folder with its own socket, so
any number of cards work side by side, for root and for users. Its processes end with it: if the tests are
killed, the recorder's pipe breaks, and an unused server exits by itself.

`norewinds` keeps the first milliseconds of a new stream, which a null sink otherwise swallows.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from player.testing.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

RATE = 48_000
TOOLS = ("pulseaudio", "pactl", "parec")
PATIENCE = 10.0

CLIENT = "autospawn = no\n"
"""A server that was killed stays dead until the test starts it."""

ALSA = (
    'pcm.!default { type pulse hint { show on description "Virtual card" } }\nctl.!default { type pulse }\n'
)


def missing_tools() -> tuple[str, ...]:
    """The missing programs that a card needs (Debian: pulseaudio and pulseaudio-utils)."""
    return tuple(tool for tool in TOOLS if shutil.which(tool) is None)


class VirtualSoundCard:
    """A sound server with one device, `Speakers`, which is the default."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="cuemat-card-"))
        self._socket = self._folder / "socket"
        self._server: subprocess.Popen[bytes] | None = None
        self._modules: dict[str, str] = {}
        self.environment: Mapping[str, str] = {
            "ALSA_CONFIG_PATH": str(self._folder / "asound.conf"),
            "PULSE_CLIENTCONFIG": str(self._folder / "client.conf"),
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(self._folder / "run"),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_STATE_PATH": str(self._folder / "state"),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
        }
        """The environment in which a program finds this card, and no other."""

    def __enter__(self) -> Self:
        for name in ("run", "state"):
            (self._folder / name).mkdir(mode=0o700)
        (self._folder / "client.conf").write_text(CLIENT, encoding="utf-8")
        (self._folder / "asound.conf").write_text(ALSA, encoding="utf-8")
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server, after `kill` for another time."""
        listen = f"module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket={self._socket}"
        self._socket.unlink(missing_ok=True)
        shutil.rmtree(self._folder / "run" / "pulse", ignore_errors=True)
        log = (self._folder / "log").open("ab")
        with log:
            self._server = subprocess.Popen(
                [
                    "pulseaudio",
                    "-n",
                    "--daemonize=no",
                    "--use-pid-file=no",
                    "--exit-idle-time=60",
                    "--disable-shm=yes",
                    "--log-target=stderr",
                    "-L",
                    f"module-null-sink {_sink('Speakers')}",
                    "-L",
                    listen,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
            )
        wait_until(lambda: self._socket.exists() and self._answers(), "the sound server does not start")

    def kill(self) -> None:
        """Kill the server without warning, like a crash."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def freeze(self) -> None:
        """Let the server hang: it neither plays nor answers, and does not go away."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it continue."""
        self._signal(signal.SIGCONT)

    def plug_in(self, name: str, *, default: bool = True) -> None:
        """Add a device and make it the default, as headphones do."""
        self._modules[name] = self._pactl("load-module", "module-null-sink", *_sink(name).split())
        if default:
            self.make_default(name)

    def make_default(self, name: str) -> None:
        """Streams that named no device move to this one."""
        self._pactl("set-default-sink", name)

    def pull_out(self, name: str) -> None:
        """Remove it; streams that played on it move to another device."""
        self._pactl("unload-module", self._modules.pop(name, "module-null-sink"))

    @contextlib.contextmanager
    def recording(self, device: str = "Speakers") -> Iterator[Recording]:
        """Record what a device plays during the block."""
        command = ["parec", "--raw", f"--device={device}.monitor", "--format=s16le", f"--rate={RATE}"]
        with subprocess.Popen(
            [*command, "--channels=2", "--latency-msec=10"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **self.environment},
        ) as recorder:
            try:
                recording = Recording(recorder)
                recording.wait_for(1)
                yield recording
            finally:
                recorder.kill()
                recording.join()

    def _signal(self, number: signal.Signals) -> None:
        assert self._server is not None
        self._server.send_signal(number)

    def _answers(self) -> bool:
        with contextlib.suppress(subprocess.SubprocessError):
            self._pactl("info")
            return True
        return False

    def _pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout.strip()


class Recording:
    """The recording of a device, including silence."""

    def __init__(self, recorder: subprocess.Popen[bytes]) -> None:
        self._recorder = recorder
        self._bytes = bytearray()
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def samples(self) -> NDArray[np.int16]:
        """Everything recorded so far: int16, shape (frames, 2)."""
        with self._more:
            whole = len(self._bytes) // 4 * 4
            return np.frombuffer(bytes(self._bytes[:whole]), "<i2").reshape(-1, 2)

    def wait_for(self, frames: int) -> None:
        """Wait until it has at least this length."""
        with self._more:
            patience = PATIENCE + max(0, frames - len(self._bytes) // 4) / RATE
            assert self._more.wait_for(lambda: len(self._bytes) >= 4 * frames, patience), (
                "nothing is recorded"
            )

    def go_on(self, seconds: float) -> None:
        """Let the card keep playing: the only wait that does not depend on the machine's speed."""
        self.wait_for(len(self._bytes) // 4 + round(seconds * RATE))

    def join(self) -> None:
        """Wait until the recorder has ended."""
        self._thread.join()

    def _read(self) -> None:
        pipe = self._recorder.stdout
        assert pipe is not None
        while chunk := os.read(pipe.fileno(), 65_536):
            with self._more:
                self._bytes += chunk
                self._more.notify_all()


def _sink(name: str) -> str:
    return (
        f"sink_name={name} rate={RATE} channels=2 format=s16le norewinds=1 "
        f"sink_properties=device.description={name}"
    )
