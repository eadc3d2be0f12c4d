"""How a process that runs for long is told to stop."""

import os
import signal
import threading
from types import FrameType


def stop_on_signals() -> None:
    """SIGTERM and Ctrl-C stop, also where a shell started the process with interrupts ignored."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, raise_stop)


def raise_stop(_number: int, _frame: FrameType | None) -> None:
    """End the main thread's waiting; a second time at once, for the attempts on record are the witness."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end_at_once)
    raise SystemExit(0)


def end_at_once(_number: int, _frame: FrameType | None) -> None:
    """Somebody does not want to wait for what is on its way: it is asked about at the next start."""
    os._exit(1)


def wait_for_stop() -> None:
    """Until the process is told to stop."""
    stop_on_signals()
    threading.Event().wait()
