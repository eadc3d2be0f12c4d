"""How long a first and a second start take until everything answers."""

import tempfile
from pathlib import Path

from tests.acceptance.running import TryOut


def measure() -> str:
    """One line: seconds of the first and the second start in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        try_out = TryOut(Path(folder))
        try:
            first = try_out.start()
            try_out.stop()
            second = try_out.start()
            try_out.stop()
        finally:
            try_out.clean_up()
    return f"start: {first:.1f} s the first time, {second:.1f} s the second (goal 5 s)"


if __name__ == "__main__":
    print(measure())
