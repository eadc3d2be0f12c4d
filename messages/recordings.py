"""Recordings of what calls say: which are wanted with their words, and what is wrong with the files there are."""

import math
import re
import wave
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from messages.catalogue import get_message
from messages.languages import LOCALES
from messages.render import fill_samples, render
from messages.voices import (
    RECORDINGS,
    find_digit,
    find_recording,
    get_spoken_name,
    list_recordable,
    name_recording,
)
from model import Level

RATES = (8000, 16000, 22050, 24000, 32000, 44100, 48000)  # samples a second
FASTEST, SLOWEST = 30.0, 3.0  # characters of the script a second
LONGEST = 60.0  # seconds
QUIETEST, LOUDEST = -30.0, -9.0  # dB below the loudest there is, on average where somebody speaks
SILENT = 0.01  # of the loudest: below it nobody speaks
# MPEG 1, 2 and 2.5, layer III: bits a second and samples a second by the fields of a frame's head.
BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MP3_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
MONO = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One recording: its file's name without ending, the words to be spoken, and whether it is there."""

    name: str
    script: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What a file is: samples a second, channels, seconds, and how loud its speech is (dB; None where unknown)."""

    rate: int
    channels: int
    seconds: float
    loudness: float | None


class NotAudio(ValueError):
    """The file is no recording that can be read."""


def list_wanted(code: str, own: dict[str, str]) -> Iterator[Wanted]:
    """Every recording of a language with its words; `own` are values such as the name of the programme."""
    for name in list_recordable():
        key, _, level = name.rpartition(".")
        yield write_wanted(code, name, key, Level(level), own)
    key, digit = "call.language", find_digit(code)
    name = name_recording(key, Level.EXPLICIT, digit)
    yield write_wanted(code, name, key, Level.EXPLICIT, {**own, "digit": digit})


def write_wanted(code: str, name: str, key: str, level: Level, own: dict[str, str]) -> Wanted:
    """One recording with its words."""
    values = {**fill_samples(key, code), **own, "language_name": get_spoken_name(code)}
    used = {param: values[param] for param in get_message(key).params}
    return Wanted(name, render(key, code, level, used), find_recording(code, name) is not None)


def list_faults(code: str, own: dict[str, str]) -> Iterator[str]:
    """What is wrong with the recordings of a language, a sentence each."""
    scripts = {one.name: one.script for one in list_wanted(code, own)}
    for file in sorted((LOCALES / code / "audio").glob("*.*")):
        if file.suffix not in RECORDINGS or file.stem not in scripts:
            yield f"{file.name}: no call says this; see the names that the list gives"
        else:
            yield from (f"{file.name}: {fault}" for fault in check_file(file, scripts[file.stem]))


def list_unmeasured(code: str, own: dict[str, str]) -> Sequence[str]:
    """The files whose loudness is not looked at: only a decoder could tell that of an MP3."""
    found = [find_recording(code, one.name) for one in list_wanted(code, own)]
    return [file.name for file in found if file and file.suffix == ".mp3"]


def check_file(file: Path, script: str) -> Sequence[str]:
    """What is wrong with one recording of that script."""
    try:
        measured = measure_wav(file) if file.suffix == ".wav" else measure_mp3(file)
    except NotAudio as problem:
        return [str(problem)]
    return list(judge(measured, script))


def judge(measured: Measured, script: str) -> Iterator[str]:
    """What a telephone or a listener would not like."""
    if measured.rate not in RATES:
        yield f"{measured.rate} samples a second; use one of {', '.join(map(str, RATES))}"
    if measured.channels != 1:
        yield "it has two channels; a telephone has one: save it as mono"
    if measured.seconds > LONGEST:
        yield f"it is {measured.seconds:.0f} seconds long; nobody listens for more than {LONGEST:.0f}"
    elif not len(script) / FASTEST <= measured.seconds <= max(2.0, len(script) / SLOWEST):
        yield f"{measured.seconds:.1f} seconds do not fit a script of {len(script)} letters: cut off, or another text"
    if measured.loudness is not None and not QUIETEST <= measured.loudness <= LOUDEST:
        word = "quiet" if measured.loudness < QUIETEST else "loud"
        yield f"it is too {word}: {measured.loudness:.0f} dB; bring the speech between {QUIETEST:.0f} and {LOUDEST:.0f}"


def measure_wav(file: Path) -> Measured:
    """A WAV file of 16 bits. Raises NotAudio."""
    try:
        with wave.open(str(file)) as sound:
            rate, channels, frames = sound.getframerate(), sound.getnchannels(), sound.getnframes()
            if sound.getsampwidth() != 2:
                raise NotAudio(f"it has {sound.getsampwidth() * 8} bits a sample; save it with 16")
            samples = array("h", sound.readframes(frames))
    except (wave.Error, EOFError):
        raise NotAudio("this is no WAV file that can be read") from None
    return Measured(rate, channels, frames / rate, measure_loudness(samples))


def measure_loudness(samples: Sequence[int]) -> float:
    """The average power of the samples in which somebody speaks, in dB below the loudest there is."""
    spoken = [sample / 32768 for sample in samples if abs(sample) > SILENT * 32768]
    if not spoken:
        return -96.0
    return 10 * math.log10(sum(sample * sample for sample in spoken) / len(spoken))


def measure_mp3(file: Path) -> Measured:
    """An MP3 file by its first frame; how loud it is only a decoder would tell. Raises NotAudio."""
    data = file.read_bytes()
    start = skip_tag(data)
    head = re.search(rb"\xff[\xe2-\xff][\x10-\xeb]", data[start:])
    if head is None:
        raise NotAudio("this is no MP3 file that can be read")
    place = start + head.start()
    version, channel_mode = data[place + 1] >> 3 & 3, data[place + 3] >> 6
    bitrate_field, rate_field = data[place + 2] >> 4, data[place + 2] >> 2 & 3
    if version not in MP3_RATES or rate_field == 3 or not 0 < bitrate_field < 15:
        raise NotAudio("this is no MP3 file that can be read")
    bits = BITRATES[version == 3][bitrate_field] * 1000
    seconds = (len(data) - place) * 8 / bits
    return Measured(MP3_RATES[version][rate_field], 1 if channel_mode == MONO else 2, seconds, None)


def skip_tag(data: bytes) -> int:
    """Where the sound begins behind an ID3 tag."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    return 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
