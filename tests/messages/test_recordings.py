"""Recordings for calls: what must be recorded is listed with its words, and a bad file is named with its fault."""

import math
import struct
import wave
from pathlib import Path

import pytest

from messages.recordings import check_file, list_wanted
from messages.voices import get_voice, list_hints, list_unrecorded

SCRIPT = "If someone is not breathing, hang up now and dial 911."


def write_wav(
    file: Path, *, seconds: float = 4, rate: int = 16000, channels: int = 1, height: float = 0.3
) -> Path:
    """A tone."""
    count = int(seconds * rate)
    samples = [int(height * 32767 * math.sin(2 * math.pi * 300 * at / rate)) for at in range(count)]
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"".join(struct.pack("<h", sample) * channels for sample in samples))
    return file


def test_a_good_recording_has_no_fault(tmp_path: Path) -> None:
    assert check_file(write_wav(tmp_path / "a.wav"), SCRIPT) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"rate": 11000}, "samples a second"),
        ({"channels": 2}, "mono"),
        ({"seconds": 0.5}, "do not fit"),
        ({"seconds": 70}, "seconds long"),
        ({"height": 0.02}, "too quiet"),
        ({"height": 0.99}, "too loud"),
    ],
)
def test_a_bad_recording_is_named_with_its_fault(wrong: dict[str, float], fault: str, tmp_path: Path) -> None:
    [said] = check_file(write_wav(tmp_path / "a.wav", **wrong), SCRIPT)  # type: ignore[arg-type]
    assert fault in said


def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    for name in ("a.wav", "a.mp3"):
        (tmp_path / name).write_bytes(b"hello" * 50)
        assert "can be read" in check_file(tmp_path / name, SCRIPT)[0]


def test_an_mp3_is_read_by_its_first_frame(tmp_path: Path) -> None:
    head = bytes((0xFF, 0xF3, 0x44, 0xC4))  # MPEG 2 layer III, 32 kbit, 22,050 samples... mono
    (tmp_path / "a.mp3").write_bytes(head + bytes(4 * 4000))
    assert check_file(tmp_path / "a.mp3", SCRIPT) == []
    (tmp_path / "b.mp3").write_bytes(bytes((0xFF, 0xF3, 0x44, 0x04)) + bytes(4 * 4000))
    assert "mono" in check_file(tmp_path / "b.mp3", SCRIPT)[0]


def test_a_language_without_a_voice_lists_everything_a_call_may_say() -> None:
    wanted = {
        one.name: one for one in list_wanted("so", {"programme": "Harbor", "help_phone": "888-724-7240"})
    }
    assert {"call.open.explicit", "howto.spray.explicit", "call.menu.discreet"} <= set(wanted)
    assert "Harbor" in wanted["call.hello.explicit"].script and not wanted["call.open.explicit"].is_there
    assert get_voice("so").say == "" and list_unrecorded("so")


def test_hints_are_plain_words_within_the_carriers_limits() -> None:
    for code in ("en", "es", "ar", "zh_Hans"):
        assert all(len(hint) <= 100 for hint in list_hints(code)) and len(list_hints(code)) <= 500
    assert "stop" in list_hints("en")
