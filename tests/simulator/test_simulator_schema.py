"""Every request and answer of the REST API, held against Twilio's own OpenAPI description."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Response, request
from openapi_core import OpenAPI
from openapi_core.contrib.flask import FlaskOpenAPIRequest, FlaskOpenAPIResponse
from stand_in_product import OURS, make_client, send, serve_app

from simulator.app import close_simulator, create_simulator

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "twilio_api_v2010.json"
ANSWERS = "+16195550151"
SERVICE = "MG" + "7" * 32


def load_description(origin: str) -> OpenAPI:
    """Twilio's description with the simulator's address; form arrays are repeated keys, which it does not say."""
    description = json.loads(DESCRIPTION.read_text())
    description["servers"] = [{"url": origin}]
    for path in description["paths"].values():
        path["servers"] = [{"url": origin}]
        for operation in path.values():
            mark_arrays(operation)
    return OpenAPI.from_dict(description)


def mark_arrays(operation: object) -> None:
    if not isinstance(operation, dict) or "requestBody" not in operation:
        return
    form = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]
    arrays = [name for name, kind in form["schema"]["properties"].items() if kind.get("type") == "array"]
    form["encoding"] = {name: {"style": "form", "explode": True} for name in arrays}


@pytest.fixture
def checked(settings):
    """A client of a simulator whose every exchange is validated, and the list of those that were."""
    app = create_simulator(settings)
    seen: list[str] = []
    faults: list[str] = []

    @app.after_request
    def check(response: Response) -> Response:
        if request.path.startswith("/2010-04-01"):
            try:
                api.validate_request(FlaskOpenAPIRequest(request))
                api.validate_response(FlaskOpenAPIRequest(request), FlaskOpenAPIResponse(response))
            except Exception as fault:
                faults.append(f"{request.method} {request.path}: {fault!r} {fault.__cause__!r}")
            seen.append(f"{request.method} {response.status_code}")
        return response

    served = serve_app(app)
    app.test_client().post("/sim/settings", json={"answers": {ANSWERS: "person"}})
    api = load_description(served.url)
    yield make_client(served.url), seen, faults
    served.close()
    close_simulator(app)


def use_everything(client, now) -> None:
    """Each operation the simulator has, in each shape its answer can take."""
    kept = send(client, status_callback="http://127.0.0.1:9/r", validity_period=14400, smart_encoded=True)
    picture = send(client, body=None, media_url=["https://example.org/1.png", "https://example.org/2.png"])
    later = now + timedelta(hours=1)
    waits = send(client, from_=None, messaging_service_sid=SERVICE, schedule_type="fixed", send_at=later)
    client.messages(waits.sid).update(status="canceled")
    client.messages(kept.sid).update(body="")
    client.messages(picture.sid).fetch()
    list(
        client.messages.stream(
            to="+16195550142", from_=OURS, date_sent_after=now - timedelta(days=1), page_size=1
        )
    )
    client.messages(kept.sid).delete()
    client.api.accounts(client.account_sid).fetch()
    use_calls(client, now)


def use_calls(client, now) -> None:
    """The same for calls."""
    twiml = '<Response><Gather timeout="60"/></Response>'
    wish = {"to": "+16195550142", "from_": OURS, "twiml": twiml, "machine_detection": "DetectMessageEnd"}
    events = ["initiated", "ringing", "answered", "completed"]
    rings = client.calls.create(**wish, status_callback="http://127.0.0.1:9/r", status_callback_event=events)
    client.calls(rings.sid).update(status="canceled")
    talks = client.calls.create(**wish | {"to": ANSWERS}, timeout=30, time_limit=600, async_amd="false")
    while client.calls(talks.sid).fetch().status != "in-progress":
        pass
    client.calls(talks.sid).update(twiml=twiml)
    client.calls(talks.sid).update(status="completed")
    client.calls.list(to=ANSWERS, from_=OURS, status="completed", start_time_after=now - timedelta(days=1))
    list(client.calls.stream(page_size=1))


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="Twilio's OpenAPI description is not here")
def test_everything_it_takes_and_says_is_as_twilio_describes_it(checked):
    client, seen, faults = checked
    sent_at = send(client).date_created
    use_everything(client, sent_at)
    assert faults == []
    assert {"POST 201", "POST 200", "GET 200", "DELETE 204"} <= set(seen)
