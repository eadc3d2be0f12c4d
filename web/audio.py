"""Recordings for calls, public: the same words for everybody, and the carrier fetches them without a key."""

from pathlib import PurePath

from flask import Blueprint, Response, abort, send_file

from messages.languages import find_code
from messages.voices import RECORDINGS, find_recording

audio = Blueprint("audio", __name__)

KEEP_SECONDS = 3600


@audio.get("/audio/<code>/<filename>")
def recording(code: str, filename: str) -> Response:
    """One recording of the language with that tag, to be kept for an hour."""
    known, wanted = find_code(code), PurePath(filename)
    file = find_recording(known, wanted.stem) if known and wanted.suffix in RECORDINGS else None
    if file is None or file.name != filename:
        abort(404)
    answer = send_file(file, max_age=KEEP_SECONDS)
    answer.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return answer
