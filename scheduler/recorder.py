"""Writes what the carrier answered, several answers in one transaction, beside the loop that takes new texts."""

import logging
import threading

from service.record_answers import Answer, record_answers
from service.works import Works

LOG = logging.getLogger(__name__)
BREATH_SECONDS = 0.05  # between two commits, so that answers are written together
AGAIN_SECONDS = 0.5


class Recorder:
    """Takes answers from the carrier's thread and writes them on its own; none is forgotten without a database."""

    def __init__(self, works: Works):
        self.works = works
        self.answers: list[Answer] = []
        self.lock = threading.Lock()
        self.some = threading.Event()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, name="recorder")

    def take(self, answer: Answer) -> None:
        """Keep one answer to be written in a moment."""
        with self.lock:
            self.answers.append(answer)
        self.some.set()

    def run(self) -> None:
        """Write whenever there is something, until told to stop."""
        while not self.stopping.is_set():
            self.some.wait()
            self.some.clear()
            self.write()
            self.stopping.wait(BREATH_SECONDS)
        self.write()

    def write(self) -> None:
        """Write what came, and let the next texts to the same people leave; what cannot be written now is kept."""
        with self.lock:
            answers, self.answers = self.answers, []
        try:
            record_answers(self.works.memory, answers, self.works.policy, self.works.now())
            self.works.memory.woken.set()
        except Exception as problem:
            LOG.error("what the carrier answered is not recorded yet: %s", type(problem).__name__)
            with self.lock:
                self.answers = answers + self.answers
            self.some.set()
            self.stopping.wait(AGAIN_SECONDS)

    def stop(self) -> None:
        """Write what is left and end."""
        self.stopping.set()
        self.some.set()
        self.thread.join()
