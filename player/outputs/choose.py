"""The one place that knows all outputs, to choose and to list them. Each is loaded when chosen."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from player.errors import OutputError, UserError
from player.outputs.bounded_call import BoundedCall
from player.outputs.plugins import find_output_plugins, list_plugin_outputs, make_plugin_output
from player.words import did_you_mean

if TYPE_CHECKING:
    from player.outputs.protocol import Output
    from player.outputs.sound_system import Device

MINIAUDIO, SIMPLEAUDIO, SILENT, STREAM = "miniaudio", "simpleaudio", "silent", "-"
NO_WHEEL = "miniaudio is not installed: there is none for this machine, so choose pw-play, pacat or aplay"
NO_WAY = "nothing here can play; install pipewire-utils, pulseaudio-utils or alsa-utils"
ASKING = 5.0
"""Seconds to wait for the sound system to list its devices."""
ADAPTERS = (MINIAUDIO, SIMPLEAUDIO, "pw-play", "pacat", "aplay", SILENT, STREAM)


@dataclass(frozen=True, slots=True)
class OutputRow:
    """One output or device, as a line of `cuemat outputs`."""

    spec: str
    """A value of `--output`: `miniaudio:Headphones`."""
    note: str
    """What it is, or why it cannot be used."""
    default: bool = False
    """Whether it plays if nothing is chosen."""

    def __str__(self) -> str:
        return f"{self.spec}  ({self.note})"


def choose(spec: str | None) -> Output:
    """The output for `ADAPTER[:DEVICE]`, where `DEVICE` is a name; None is the default device. Opens nothing.

    With `-` the stream takes standard output: from then on, what is printed goes to standard error.

    Raises:
        UserError: The adapter or device does not exist.
        OutputError: The adapter cannot be used here, and the message says what to do; or a device was named,
            and the sound system does not list its devices.
    """
    if spec is None and find_spec(MINIAUDIO) is None:
        return _of_the_system()
    adapter, _, device = (spec or MINIAUDIO).partition(":")
    if adapter not in ADAPTERS:
        return _choose_plugin(adapter, device)
    if device and adapter != MINIAUDIO:
        message = f"'{adapter}' has no devices to choose from; leave out ':{device}'"
        raise UserError(message)
    return _make(adapter, device)


def is_adapter(spec: str) -> bool:
    """Whether there is an adapter for `ADAPTER[:DEVICE]`; loads none."""
    adapter = spec.partition(":")[0]
    return adapter in ADAPTERS or adapter in find_output_plugins(ADAPTERS)


def list_devices() -> tuple[OutputRow, ...]:
    """All outputs and devices to choose from; those that fail are listed with the reason."""
    return (
        *_of_miniaudio(),
        *_of_programs(),
        _of_simpleaudio(),
        OutputRow(SILENT, "no sound, in real time"),
        OutputRow(STREAM, "a WAV stream for another program: --output - | aplay"),
        *(OutputRow(spec, f"of {package}") for spec, package in list_plugin_outputs(ADAPTERS)),
    )


def _choose_plugin(adapter: str, device: str) -> Output:
    plugins = find_output_plugins(ADAPTERS)
    if adapter not in plugins:
        message = f"no output '{adapter}'{_hint(adapter, (*ADAPTERS, *plugins))}"
        raise UserError(message)
    return make_plugin_output(plugins[adapter], device or None)


def _of_the_system() -> Output:
    """A program that plays; for machines without a wheel of miniaudio."""
    from player.outputs.program_output import ProgramOutput, find_programs

    if not (programs := find_programs()):
        raise OutputError(NO_WAY)
    return ProgramOutput(*programs)


def _make(adapter: str, device: str) -> Output:
    from player.outputs.program_output import PROGRAMS, ProgramOutput

    if adapter in PROGRAMS:
        return ProgramOutput(PROGRAMS[adapter])
    if adapter == SIMPLEAUDIO:
        from player.outputs.simpleaudio_output import SimpleaudioOutput

        return SimpleaudioOutput()
    if adapter == SILENT:
        from player.outputs.paced import SilentOutput

        return SilentOutput()
    if adapter == STREAM:
        from player.outputs.stream import StreamOutput, claim_stdout

        return StreamOutput(claim_stdout())
    if find_spec(MINIAUDIO) is None:
        raise OutputError(NO_WHEEL)
    from player.outputs.miniaudio_output import MiniaudioOutput

    return MiniaudioOutput(_find_device(device) if device else None)


def _find_device(device: str) -> str:
    names = {known.name.casefold(): known.name for known in _devices()}
    if device.casefold() not in names:
        message = f"no device '{device}'{_hint(device, tuple(names.values()))}"
        raise UserError(message)
    return names[device.casefold()]


def _hint(word: str, known: tuple[str, ...]) -> str:
    return did_you_mean(word, known) or f"; there are: {', '.join(known)}"


def _of_miniaudio() -> tuple[OutputRow, ...]:
    try:
        devices = _devices()
    except OutputError as error:
        return (OutputRow(MINIAUDIO, str(error)),)
    return tuple(
        OutputRow(
            f"{MINIAUDIO}:{device.name}", "the default" if device.default else "a device", device.default
        )
        for device in devices
    ) or (OutputRow(MINIAUDIO, "no device"),)


def _of_programs() -> tuple[OutputRow, ...]:
    from player.outputs.program_output import find_programs

    first = find_spec(MINIAUDIO) is None
    return tuple(
        OutputRow(program.name, f"the default device of {program.about}", default=first and number == 0)
        for number, program in enumerate(find_programs())
    )


def _devices() -> tuple[Device, ...]:
    """All devices that can play.

    Raises:
        OutputError: There is no sound system, or it does not answer.
    """
    if find_spec(MINIAUDIO) is None:
        raise OutputError(NO_WHEEL)
    from player.outputs.sound_system import NO_ANSWER, SoundSystem

    try:
        return BoundedCall(lambda: SoundSystem().devices()).result(ASKING)
    except TimeoutError:
        raise OutputError(NO_ANSWER) from None


def _of_simpleaudio() -> OutputRow:
    from player.outputs.simpleaudio_output import load

    try:
        load()
    except OutputError as error:
        return OutputRow(SIMPLEAUDIO, str(error))
    return OutputRow(SIMPLEAUDIO, "the default device, without checks that it still plays")
