"""How the simulated carrier behaves: its delays, its failures and its opt-out handling, settable at run time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace

AFTER = "-after-accept"
FAIL_KINDS = ("429", "500", f"500{AFTER}", "timeout", f"timeout{AFTER}", "reset", f"reset{AFTER}")
OPT_OUT_MODES = ("default", "advanced", "off")
ANSWERS = ("person", "machine", "fax", "unknown", "busy", "no-answer", "failed")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The carrier's manners. Times are real milliseconds, `fail_rate` is 0 to 1.

    `callback_delay_ms` lies between two steps of a text, and shrinks as the programme's clock runs faster.
    Failures strike only the creating of a message: `timeout` holds the request for `timeout_ms`, `reset` hangs up,
    and a kind with `-after-accept` takes the message first. A 429 names `retry_after` seconds unless that is 0.
    Numbers: `undelivered` and `failed` give the error code their texts end with, `refused` the code they are
    refused with at once; `landlines` are refused with 21614. `account_error`, unless 0, refuses every text.
    Calls: `answers` says per number what becomes of a call by itself, one of ANSWERS; without it the telephone rings
    until somebody does something. `uncallable` are numbers with the code their calls are refused with.
    Without `webhooks` the product is never called about what people write, without `callbacks` not about delivery.
    """

    latency_ms: int = 0
    jitter_ms: int = 0
    fail_rate: float = 0.0
    fail_kinds: tuple[str, ...] = ("500",)
    timeout_ms: int = 20_000
    callback_delay_ms: int = 250
    callbacks: bool = True
    webhooks: bool = True
    retry_after: int = 0
    account_error: int = 0
    undelivered: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    landlines: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    uncallable: Mapping[str, int] = field(default_factory=dict)
    opt_out: str = "default"


def describe(behaviour: Behaviour) -> dict[str, object]:
    """The settings as plain JSON values."""
    return asdict(behaviour)


def change(behaviour: Behaviour, wanted: Mapping[str, object]) -> Behaviour:
    """The behaviour with some settings changed. Raises ValueError, saying what is wrong, on a bad name or value."""
    known = {item.name for item in fields(Behaviour)}
    for name in wanted:
        if name not in known:
            raise ValueError(f"There is no setting {name!r}; there are {', '.join(sorted(known))}.")
    changed = replace(behaviour, **{name: read_value(name, value) for name, value in wanted.items()})  # type: ignore[arg-type]
    check(changed)
    return changed


def read_value(name: str, value: object) -> object:
    """One setting's value in the type it is kept in. Raises ValueError when it cannot be that."""
    kept = getattr(Behaviour(), name)
    if isinstance(kept, tuple) and isinstance(value, list):
        return tuple(str(item) for item in value)
    if name == "answers" and isinstance(value, dict):
        return {str(number): str(answer) for number, answer in value.items()}
    if isinstance(kept, dict) and isinstance(value, dict):
        return {str(number): int(code) for number, code in value.items()}
    if isinstance(kept, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is type(kept):
        return value
    raise ValueError(f"{name} cannot be {value!r}.")


def check(behaviour: Behaviour) -> None:
    """Raises ValueError on a value out of range."""
    for name in (
        "latency_ms",
        "jitter_ms",
        "timeout_ms",
        "callback_delay_ms",
        "retry_after",
        "account_error",
    ):
        if getattr(behaviour, name) < 0:
            raise ValueError(f"{name} is 0 or more.")
    if not 0 <= behaviour.fail_rate <= 1:
        raise ValueError("fail_rate is between 0 and 1.")
    if not behaviour.fail_kinds or not set(behaviour.fail_kinds) <= set(FAIL_KINDS):
        raise ValueError(f"fail_kinds is a list of {', '.join(FAIL_KINDS)}.")
    if not set(behaviour.answers.values()) <= set(ANSWERS):
        raise ValueError(f"answers are {', '.join(ANSWERS)}.")
    if behaviour.opt_out not in OPT_OUT_MODES:
        raise ValueError(f"opt_out is one of {', '.join(OPT_OUT_MODES)}.")
