"""Puts a consented person on the follow-up: contact, consent, kit and calendar in one transaction, once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.quiet import LIVE_FOR
from messages.programmes import FOLLOW_UP
from model import Contact, Policy, Standing
from service.begin import begin
from service.check_enrolment import Enrolment, check_enrolment
from store.accounts import get_agency
from store.contacts import lock_contact, meet_stranger, save_contact
from store.due import list_dues
from store.engine import Memory, Tx
from store.enrolments import find_enrolment, find_same_enrolment

SAME_WITHIN = timedelta(hours=1)  # without an idempotency key, the same words again are the same enrolment


class NotEnrolled(ValueError):
    """The person cannot be enrolled; `status` is HTTP's, `problems` names the field and the reason."""

    def __init__(self, status: int, name: str, text: str):
        super().__init__(text)
        self.status = status
        self.problems = {name: text}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The enrolment's public id, whether it is new, and what comes next as (step, UTC moment)."""

    id: str
    is_new: bool
    next: tuple[tuple[str, datetime], ...]


def enrol(
    memory: Memory, agency_id: int, data: Any, policy: Policy, now: datetime, *, key: str | None, who: str
) -> Enrolled:
    """Enrol the person in `data` (contracts.md 5) for an agency; `key` is the idempotency key, `who` took consent.

    Raises BadEnrolment for wrong fields, NotEnrolled when the agency or the person stands against it.
    """
    with memory.transaction() as tx:
        asked = find_asked(tx, agency_id, data, key, now)
        if asked:
            return tell(tx, asked, is_new=False)
        check_agency(tx, agency_id)
        wanted = check_enrolment(data, now)
        contact = admit(tx, wanted, policy)
        asked = find_asked(tx, agency_id, data, key, now)
        if asked:  # the same request, a moment earlier, held this contact while we waited for it
            return tell(tx, asked, is_new=False)
        row = {
            "agency_id": agency_id,
            "idempotency_key": key,
            "asked_mark": mark(tx, data),
            **wanted.encounter,
        }
        consent = {**wanted.consent, "recorded_by": who}
        live = is_live(wanted, now)
        made = begin(tx, contact, FOLLOW_UP, row, consent, policy, now, live=live, kit=wanted.kit)
        return tell(tx, find_asked(tx, agency_id, data, key, now), is_new=made is not None)


def tell(tx: Tx, enrolment: Any, *, is_new: bool) -> Enrolled:
    """What the agency is told of its enrolment."""
    waiting = tuple((due.step, due.at) for due in list_dues(tx, enrolment.id) if due.state == "waiting")
    return Enrolled(enrolment.public_id, is_new, waiting)


def find_asked(tx: Tx, agency_id: int, data: Any, key: str | None, now: datetime) -> Any:
    """The enrolment that this very request made before, or None."""
    if key:
        return find_enrolment(tx, agency_id, key)
    return find_same_enrolment(tx, agency_id, mark(tx, data), now - SAME_WITHIN)


def mark(tx: Tx, data: Mapping[str, Any]) -> str:
    """A keyed fingerprint of the request: it holds a telephone number."""
    return tx.seal.mark(json.dumps(data, sort_keys=True, default=str))


def check_agency(tx: Tx, agency_id: int) -> None:
    """Only an approved agency leaves kits behind (programme.md)."""
    agency = get_agency(tx, agency_id)
    if agency is None or agency.approved_on is None:
        raise NotEnrolled(403, "agency", "The county has not approved this agency for leaving kits behind.")


def admit(tx: Tx, wanted: Enrolment, policy: Policy) -> Contact:
    """The contact with the wishes just given; who said STOP stays away until they say START."""
    contact_id = meet_stranger(tx, wanted.phone, wanted.language, wanted.zone or policy.default_zone)
    contact, _, _ = lock_contact(tx, contact_id)
    if contact.standing is Standing.STOPPED:
        raise NotEnrolled(
            409, "phone", "This number was stopped. Only its owner can return, by texting START."
        )
    save_contact(
        tx,
        contact_id,
        language=wanted.language,
        zone=wanted.zone or policy.default_zone,
        zip=wanted.zip,
        channel=wanted.channel,
        level=wanted.level,
        role=wanted.role,
        unclear=0,
    )
    return lock_contact(tx, contact_id)[0]


def is_live(wanted: Enrolment, now: datetime) -> bool:
    """The crew is still there: the encounter, or where it is not dated the consent, is not more than an hour ago."""
    at = wanted.encounter["encounter_at"] or wanted.consent["given_at"]
    return now - at <= LIVE_FOR
