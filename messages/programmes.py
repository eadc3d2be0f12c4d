"""The follow-up schedules as data: which text on which day at which local hour."""

from dataclasses import dataclass, replace
from datetime import time

from model import Question


@dataclass(frozen=True, slots=True)
class Step:
    """One text of a programme. `day` counts from enrolment; `hour` is the person's local time, None = at once.

    `by_call`: said by a call and never by a text, to somebody who left texts unanswered.
    """

    name: str
    key: str
    day: int
    hour: time | None = None
    question: Question | None = None
    by_call: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """One schedule. `expiry_days` before the kit's printed date one reminder is sent, where the date is known."""

    name: str
    steps: tuple[Step, ...]
    expiry: Step
    expiry_days: int
    days: int


# Deaths cluster in the first 48 hours after a non-fatal overdose (Weiner 2020), so the first days carry most.
# Days and questions: domain-facts G2; digits 1/2/3 because YES is an opt-in word at the carrier.
FOLLOW_UP = Programme(
    name="follow_up_90",
    steps=(
        Step("welcome", "welcome.confirm", 0),
        Step("first_howto", "howto.first", 0),
        Step("day_1", "checkin.feeling", 1, time(10, 0), Question.FEELING),
        Step("day_3", "checkin.have_kit", 3, time(12, 0), Question.HAVE_KIT),
        Step("day_7", "checkin.week", 7, time(12, 0), Question.FEELING),
        Step("day_14", "checkin.storage", 14, time(12, 0)),
        Step("day_30", "checkin.used_kit", 30, time(12, 0), Question.USED_KIT),
        Step("day_60", "checkin.two_months", 60, time(12, 0), Question.FEELING),
        Step("day_90", "checkin.last", 90, time(12, 0), Question.HAVE_KIT),
    ),
    expiry=Step("kit_expiry", "kit.expires", 0, time(12, 0)),
    expiry_days=14,
    days=90,
)
PROGRAMMES = {FOLLOW_UP.name: FOLLOW_UP}
CALL_HOUR = time(15, 0)  # no check-in's own hour: who never answers at those may have time at another


def by_call(step: Step) -> Step:
    """The same check-in for somebody who left texts unanswered: what it asks stays what their last text asked."""
    return replace(step, name=f"{step.name}_call", hour=CALL_HOUR, by_call=True)


ALL = tuple(step for programme in PROGRAMMES.values() for step in (*programme.steps, programme.expiry))
CHECKINS = tuple(step.name for step in ALL if step.question)
CALLS_FOR_SILENCE = tuple(by_call(step).name for step in ALL if step.question)
STEPS = {step.name: step for step in (*ALL, *(by_call(step) for step in ALL if step.question))}


def get_programme(name: str) -> Programme:
    """The programme with that name. Raises KeyError when there is none."""
    if name not in PROGRAMMES:
        raise KeyError(f"There is no programme called {name!r}; known: {', '.join(PROGRAMMES)}.")
    return PROGRAMMES[name]


def find_step(name: str) -> Step:
    """The step with that name in any programme. Raises KeyError when there is none."""
    return STEPS[name]
