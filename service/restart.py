"""The follow-up once more from today, at the person's own word: a new enrolment on a new consent, given by text."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from messages.programmes import get_programme
from model import Contact, Kit, Policy, Standing
from service.begin import begin
from store.engine import Tx
from store.enrolments import get_newest_enrolment


def restart(tx: Tx, contact: Contact, policy: Policy, now: datetime) -> Contact:
    """The person on the programme again; its first texts are left out, `start.again` takes their place."""
    last = get_newest_enrolment(tx, contact.id)
    if last is None:
        return contact
    enrolment = {"agency_id": last.agency_id, "asked_mark": ""}
    consent = write_own_consent(contact, "start.offer/1", now)
    kit = Kit(last.kit_label, last.kit_product, last.kit_lot, last.kit_expires_on)
    programme = get_programme(last.programme)
    begin(tx, contact, programme, enrolment, consent, policy, now, live=True, kit=kit, skip_first=True)
    return replace(contact, standing=Standing.ACTIVE)


def write_own_consent(contact: Contact, script_version: str, now: datetime) -> dict[str, Any]:
    """The proof of a consent that the person gave by writing to us, as columns."""
    return {
        "method": "sms",
        "language": contact.language,
        "script_version": script_version,
        "given_at": now,
        "recorded_by": "the person, by text",
    }
