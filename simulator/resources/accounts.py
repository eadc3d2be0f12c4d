"""The Account resource: the one account that the simulator plays."""

from email.utils import format_datetime

from flask import Response, jsonify

from simulator.records import moment
from simulator.resources.door import api

PARTS = ("calls", "messages", "incoming_phone_numbers", "usage")


@api.get("/Accounts/<Sid>.json")
def fetch_account(Sid: str) -> Response:
    """The account; its token is hidden."""
    made = format_datetime(moment(0), usegmt=False)
    uri = f"/2010-04-01/Accounts/{Sid}"
    account = {
        "auth_token": "[hidden]",
        "date_created": made,
        "date_updated": made,
        "friendly_name": "Afterkit simulator",
        "owner_account_sid": Sid,
        "sid": Sid,
        "status": "active",
        "subresource_uris": {part: f"{uri}/{part.title().replace('_', '')}.json" for part in PARTS},
        "type": "Trial",
        "uri": f"{uri}.json",
    }
    return jsonify(account)
