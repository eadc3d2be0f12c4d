"""The clock: real without a file, ahead and faster with one, never back, and never fast for ever."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest

from clock import Clock, shown_at, wall


def test_without_a_file_time_is_real_and_cannot_be_set() -> None:
    clock = Clock()
    assert abs(clock.now() - wall()) < timedelta(seconds=5)
    with pytest.raises(ValueError, match="real time"):
        clock.set_speed(2)


def test_a_jump_is_a_quick_glide_that_every_clock_on_the_file_sees(tmp_path: Path) -> None:
    one, other = Clock(tmp_path / "clock.json"), Clock(tmp_path / "clock.json")
    one.set_speed(1, ahead=timedelta(days=3))
    setting = json.loads((tmp_path / "clock.json").read_text())
    passed = [shown_at(setting, setting["real"] + seconds) - setting["shown"] for seconds in (0, 1.5, 3, 13)]
    assert passed == pytest.approx([0, 129_600, 259_200, 259_210], abs=1e-3)
    assert other.now() >= wall()


def test_a_second_jump_in_the_middle_of_the_first_adds_to_it(tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock.json")
    for _ in range(2):
        clock.set_speed(1, ahead=timedelta(days=1))
    setting = json.loads((tmp_path / "clock.json").read_text())
    end = shown_at(setting, setting["real"] + 3)
    assert end - setting["real"] == pytest.approx(2 * 86_400, abs=10)


@pytest.mark.parametrize(("speed", "ahead"), [(0, 0), (-1, 0), (1, -1)])
def test_time_never_runs_back(tmp_path: Path, speed: float, ahead: float) -> None:
    with pytest.raises(ValueError, match="forward"):
        Clock(tmp_path / "clock.json").set_speed(speed, timedelta(seconds=ahead))


def test_a_fast_clock_that_is_forgotten_slows_down() -> None:
    setting = {"real": 0.0, "shown": 0.0, "ahead": 0.0, "speed": 1000.0}
    assert shown_at(setting, 10) == 10_000
    assert shown_at(setting, 700) == 600_000 + 100


def test_the_speed_says_when_it_is_over(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    file.write_text(json.dumps({"real": time.time() - 700, "shown": 0.0, "ahead": 0.0, "speed": 60.0}))
    assert Clock(file).speed() == 1.0
