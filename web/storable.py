"""What no database can hold is refused at the door: NUL characters, broken surrogates, endless numbers."""

import json
from typing import Any

from flask import abort, request
from werkzeug.routing import IntegerConverter, Map

NUL = "\0"
LARGEST_ID = 2**63 - 1


class RowId(IntegerConverter):
    """A row's number in an address; a number that no row can have is a page that is not there."""

    def __init__(self, url_map: Map):
        super().__init__(url_map, max=LARGEST_ID)


def refuse_unstorable() -> None:
    """Before every view but the carrier's, whose texts are sealed: 400 when an address or a form holds a NUL."""
    if request.blueprint == "hooks":
        return
    values = [request.path, *request.args.values(), *request.form.values()]
    if any(NUL in value for value in values):
        abort(400, "The request holds a character that cannot be stored.")


def is_storable(data: Any) -> bool:
    """Whether every text in a JSON value can be written to a database."""
    try:
        written = json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return rb"\u0000" not in written
