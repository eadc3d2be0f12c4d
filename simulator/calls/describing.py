"""A call as its telephone shows it."""

import json

from simulator.calls.records import Call, list_lines
from simulator.calls.reports import count_seconds
from simulator.calls.wish import read_wish
from simulator.records import moment


def describe_call(call: Call) -> dict[str, object]:
    """A call with all its lines; `at` is programme time in UTC, `expects` what it waits for, `seconds` its length."""
    return {
        "sid": call.sid,
        "number": call.phone,
        "direction": call.direction,
        "from": call.caller,
        "to": call.callee,
        "status": call.status,
        "answered_by": call.answered_by,
        "error_code": call.error_code,
        "reason": read_wish(call.wish).reason,
        "expects": json.loads(call.expects) if call.expects else None,
        "at": moment(call.created_at).isoformat(),
        "seconds": count_seconds(call.started_at, call.ended_at),
        "lines": list_lines(call),
    }
