"""Counts for one agency's quality report: of the people it enrolled, how many got how far."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from store.engine import Tx
from store.tables import consents, due, enrolments, facts, inbox, outbox

# An answer to a check-in is kept as a fact of one of these kinds.
CHECKED_IN = ("feeling", "kit")


def count_funnel(tx: Tx, agency_id: int, since: datetime, until: datetime) -> dict[str, int]:
    """The agency's enrolments from `since` until before `until`, and what followed from them up to today.

    All are counts of enrolments, but `reversals`, which counts the events that were reported.
    """
    cohort = (enrolments.c.agency_id == agency_id, enrolments.c.at >= since, enrolments.c.at < until)
    steps = {
        "enrolled": (),
        "texted": (has_text(outbox.c.sid.is_not(None)),),
        "delivered": (has_text(outbox.c.state == "delivered"),),
        "undelivered": (has_text(outbox.c.state == "failed"),),
        "replied": (has_heard(),),
        "checked_in": (has_fact(facts.c.kind.in_(CHECKED_IN)),),
        "stopped": (has_revoked(),),
    }
    counts = {name: count(tx, *cohort, *also) for name, also in steps.items()}
    return {**counts, "reversals": count_reversals(tx, *cohort)}


def count(tx: Tx, *conditions: ColumnElement[bool]) -> int:
    """How many enrolments fit."""
    return tx.conn.execute(select(func.count()).select_from(enrolments).where(*conditions)).scalar_one()


def count_reversals(tx: Tx, *cohort: ColumnElement[bool]) -> int:
    """Overdoses reversed with a kit, as their people told us; one event is one fact already."""
    rows = (
        select(func.count())
        .select_from(facts)
        .join(enrolments, facts.c.contact_id == enrolments.c.contact_id)
    )
    rows = rows.where(*cohort, facts.c.kind == "reversal", belongs(facts.c.at))
    return tx.conn.execute(rows).scalar_one()


def has_text(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A text of the enrolment's calendar fits."""
    return exists().where(due.c.enrolment_id == enrolments.c.id, outbox.c.due_id == due.c.id, condition)


def has_heard() -> ColumnElement[bool]:
    """The person wrote back."""
    return exists().where(inbox.c.contact_id == enrolments.c.contact_id, belongs(inbox.c.at))


def has_fact(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The person told us something that fits."""
    return exists().where(facts.c.contact_id == enrolments.c.contact_id, condition, belongs(facts.c.at))


def has_revoked() -> ColumnElement[bool]:
    """The person, their carrier or the agency took the consent back."""
    return exists().where(consents.c.enrolment_id == enrolments.c.id, consents.c.revoked_at.is_not(None))


def belongs(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """What a person says counts for the newest enrolment they had at that moment, so never for two agencies."""
    other = enrolments.alias()
    newest = select(func.max(other.c.id)).where(
        other.c.contact_id == enrolments.c.contact_id, other.c.at <= moment
    )
    return enrolments.c.id == newest.correlate(enrolments, moment.table).scalar_subquery()
