"""The carrier's webhooks of a call, signed, and the recordings it fetches."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from test_doors_and_errors import count_rows, sign
from visitor import URL

from messages.languages import LOCALES
from messages.voices import find_recording
from tests.world import PHONE, World

RING = {
    "CallSid": "CA1",
    "From": PHONE,
    "To": "+16195550100",
    "Direction": "inbound",
    "CallStatus": "ringing",
}


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/voice/turn?turn=1"])
def test_a_forged_call_changes_nothing(client: FlaskClient, world: World, path: str) -> None:
    answer = client.post(path, data=RING, headers=sign(path, {**RING, "From": "+16195550111"}))
    assert (answer.status_code, count_rows(world)) == (403, [0, 0, 0, 0])


def test_a_signed_call_hears_911_first_and_is_asked_on(client: FlaskClient, world: World) -> None:
    answer = client.post("/twilio/voice", data=RING, headers=sign("/twilio/voice", RING))
    assert (answer.status_code, answer.content_type) == (200, "text/xml")
    assert answer.text.find("dial 9 1 1") < answer.text.find("press 1")
    assert f'action="{URL}/twilio/voice/turn?turn=1"' in answer.text


def test_a_call_without_its_id_is_refused(client: FlaskClient) -> None:
    form = {"From": PHONE}
    assert client.post("/twilio/voice", data=form, headers=sign("/twilio/voice", form)).status_code == 400


def test_a_key_is_posted_to_the_turn_it_answers(client: FlaskClient, world: World) -> None:
    world.enrol()
    client.post("/twilio/voice", data=RING, headers=sign("/twilio/voice", RING))
    path, form = "/twilio/voice/turn?turn=1", {**RING, "Digits": "9"}
    said = [client.post(path, data=form, headers=sign(path, form)).text for _ in range(2)]
    assert said[0] == said[1] and "<Hangup" in said[0] and world.find().standing == "stopped"


def test_a_recording_is_public_and_may_be_kept(client: FlaskClient) -> None:
    folder = LOCALES / "so" / "audio"
    made = not folder.exists()
    folder.mkdir(exist_ok=True)
    file = folder / "call.open.explicit.wav"
    try:
        file.write_bytes(b"RIFF")
        find_recording.cache_clear()
        answer = client.get("/audio/so/call.open.explicit.wav")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=3600")
        assert client.get("/audio/so/language.toml").status_code == 404
    finally:
        remove(file, folder if made else None)
        find_recording.cache_clear()


def remove(file: Path, folder: Path | None) -> None:
    """Leave nothing behind."""
    file.unlink()
    if folder:
        folder.rmdir()
