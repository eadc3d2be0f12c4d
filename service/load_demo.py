"""A demonstration programme: an agency, log-ins and San Diego's public lines, marked as demo."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from model import Resource
from service.sign_in import HASHER
from store.accounts import add_agency, add_api_key, save_account
from store.engine import Memory, Tx
from store.resources import add_resource, has_resources

AGENCY = "Demo Ambulance (not a real agency)"
STAFF_EMAIL = "staff@demo.example"
CREW_EMAIL = "crew@demo.example"
# Only numbers marked sure in domain-facts B1.
LINES = (
    Resource(0, "Access and Crisis Line", "crisis", "888-724-7240", hours="24/7", is_demo=True),
    Resource(0, "988 Lifeline", "crisis", "988", hours="24/7", languages=("en", "es"), is_demo=True),
    Resource(0, "211 San Diego", "other", "211", hours="24/7", is_demo=True),
    Resource(
        0,
        "SAMHSA Helpline",
        "treatment",
        "1-800-662-4357",
        hours="24/7",
        languages=("en", "es"),
        is_demo=True,
    ),
    Resource(0, "California Poison Control", "other", "1-800-222-1222", hours="24/7", is_demo=True),
)


@dataclass(frozen=True, slots=True)
class Demo:
    """How to get into the demonstration."""

    agency_id: int
    agency_key: str
    staff_password: str
    crew_password: str


def load_demo(memory: Memory, secret: str, now: datetime) -> Demo:
    """Load the demonstration; its log-ins follow from `secret`, so they are the same each time and nowhere else."""
    agency_key, staff, crew = (derive(secret, what) for what in ("agency", "staff", "crew"))
    staff_hash, crew_hash = HASHER.hash(staff), HASHER.hash(crew)
    with memory.transaction() as tx:
        agency_id = add_agency(tx, AGENCY, now.date())
        add_api_key(tx, agency_id, f"ak_{agency_key}", now)
        save_account(tx, STAFF_EMAIL, staff_hash, "staff", None)
        save_account(tx, CREW_EMAIL, crew_hash, "crew", agency_id)
        add_lines(tx, now)
    return Demo(agency_id, f"ak_{agency_key}", staff, crew)


def add_lines(tx: Tx, now: datetime) -> None:
    """The public lines, on a list that was never touched."""
    if not has_resources(tx):
        for line in LINES:
            add_resource(tx, line, "demo", now)


def derive(secret: str, what: str) -> str:
    """A password nobody can guess without the secret."""
    return hmac.new(secret.encode(), f"demo {what}".encode(), hashlib.sha256).hexdigest()[:20]
