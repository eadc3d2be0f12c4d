"""The C library's heap: one for all threads of a server, where it would keep one half empty for each of them."""

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8  # glibc's malloc.h


def share_heap() -> None:
    """Threads take turns in Python, so one heap serves them all; a C library without this setting keeps its own way.

    To be called before any thread is started.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
