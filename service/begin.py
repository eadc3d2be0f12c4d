"""Puts a person on a programme: enrolment, consent and calendar rows in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from bot.plan import find_end, plan_programme
from messages.programmes import Programme
from model import Contact, Kit, Policy, Standing, Urgency
from store.contacts import save_contact
from store.due import add_dues, drop_dues
from store.engine import Tx
from store.enrolments import add_consent, add_enrolment, end_enrolments
from store.outbox import cancel_texts


def begin(
    tx: Tx,
    contact: Contact,
    programme: Programme,
    enrolment: Mapping[str, Any],
    consent: Mapping[str, Any],
    policy: Policy,
    now: datetime,
    *,
    live: bool,
    kit: Kit,
    skip_first: bool = False,
) -> str | None:
    """The public id of the new enrolment, or None when another request took its idempotency key just now.

    What waited from an earlier enrolment is dropped: a new encounter starts the days again.
    """
    public_id = f"enr_{token_urlsafe(16)}"
    planned = plan_programme(programme, now, contact.zone, policy, live=live, kit_expires_on=kit.expires_on)
    row = {
        **enrolment,
        "public_id": public_id,
        "contact_id": contact.id,
        "programme": programme.name,
        "at": now,
    }
    enrolment_id = add_enrolment(tx, {**row, **write_kit(kit)})
    if enrolment_id is None:
        return None
    drop_dues(tx, contact.id, "superseded")
    cancel_texts(tx, contact.id, Urgency.SCHEDULED)
    end_enrolments(tx, contact.id, "superseded", now, revoked=False, keep=enrolment_id)
    add_consent(tx, {**consent, "enrolment_id": enrolment_id})
    add_dues(tx, contact.id, enrolment_id, planned[count_first(programme) if skip_first else 0 :])
    ends_at = find_end(programme, planned)
    save_contact(tx, contact.id, standing=Standing.ACTIVE, because=None, ends_at=ends_at)
    return public_id


def write_kit(kit: Kit) -> dict[str, Any]:
    """The kit as columns of the enrolment."""
    return {
        "kit_label": kit.label,
        "kit_product": kit.product,
        "kit_lot": kit.lot,
        "kit_expires_on": kit.expires_on,
    }


def count_first(programme: Programme) -> int:
    """How many steps a programme says at once."""
    return sum(step.hour is None for step in programme.steps)
