"""The crew's form: one person enrolled in a minute, on a phone, with gloves on and little signal."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for

from messages.languages import DEFAULT, Language, find_code, list_languages
from messages.pages import Script, get_script
from model import Channel, Level, Role
from service.check_enrolment import BadEnrolment
from service.enrol import Enrolled, NotEnrolled, enrol
from web.desk import get_desk
from web.guard import with_crew

enrol_form = Blueprint("enrol_form", __name__)

ROLES = {
    Role.PATIENT: "The patient",
    Role.COMPANION: "Somebody with the patient",
    Role.FAMILY: "Family",
    Role.BYSTANDER: "A bystander",
}
CHANNELS = {
    Channel.SMS: ("By text", None),
    Channel.VOICE: ("By call", "For a landline, or who does not read texts."),
    Channel.BOTH: ("By call and by text", None),
}
KIT = {"kit.label": "label", "kit.lot": "lot", "kit.expires_on": "expires_on"}
GIVEN = {
    "encounter.training_given": "Showed how to use the kit",
    "encounter.written_info_given": "Gave the written information",
    "encounter.warning_911_given": "Warned: call 911 whenever the kit is used",
    "encounter.refused_transport": "The patient refused transport",
}
# One box or button on this form answers for two fields of the record.
SHOWN_AT = {"adult": "consent.given", "consent.language": "language"}
SAID_HERE = {
    "language": "Choose the language of the texts.",
    "role": "Choose whose phone this is.",
    "consent.given": "Tick this once the person has said yes. Without it nobody is enrolled.",
}


@enrol_form.get("/enrol")
@with_crew
def ask() -> str:
    """An empty form with a token of its own: sending it twice enrols once."""
    return show_form({"token": token_urlsafe(16)}, {})


@enrol_form.post("/enrol")
@with_crew
def take() -> Any:
    """Enrol the person, or show the form again with what was entered and what is wrong beside each field."""
    entered = request.form.to_dict()
    if not entered.get("token") or g.account.agency_id is None:
        abort(400 if g.account.agency_id else 403)
    try:
        enrol_entered(entered)
    except BadEnrolment as problem:
        return show_form(entered, reword(problem.problems)), 422
    except NotEnrolled as problem:
        return show_form(entered, problem.problems), problem.status
    # Two digits let the crew check; the whole number never stands in an address, a cookie or a page.
    session["enrolled"] = entered["phone"].strip()[-2:]
    return redirect(url_for("enrol_form.done"), 303)


@enrol_form.get("/enrol/done")
@with_crew
def done() -> Any:
    """What happens now; without an enrolment just made, the form."""
    ending = session.get("enrolled")
    return render_template("enrolled.html", ending=ending) if ending else redirect(url_for("enrol_form.ask"))


def enrol_entered(entered: Mapping[str, str]) -> Enrolled:
    """Enrol what stands in the form. Raises BadEnrolment and NotEnrolled."""
    desk = get_desk()
    now = desk.now()
    # The number is part of the key: the same form sent again for another phone is another person.
    key = desk.memory.seal.mark(f"form {entered['token']} {entered.get('phone', '')}")
    return enrol(
        desk.memory, g.account.agency_id, shape(entered, now), desk.policy, now, key=key, who=g.account.email
    )


def shape(entered: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The form in the shape of the API's enrolment; a box left empty in the fold says nothing, not `no`."""
    code = find_code(entered.get("language"))
    said_yes = entered.get("consent.given") == "yes"
    return {
        "phone": entered.get("phone", ""),
        "language": code,
        "zip": entered.get("zip", ""),
        "channel": entered.get("channel", Channel.SMS),
        "content_level": entered.get("content_level", Level.DISCREET),
        "role": entered.get("role"),
        "adult": said_yes,
        "consent": {
            "given": said_yes,
            "method": "verbal",
            "language": code,
            "script_version": read_script(code or DEFAULT).version,
            "at": now.isoformat(),
        },
        "kit": {name: entered.get(place, "") for place, name in KIT.items()},
        "encounter": {
            "incident": entered.get("encounter.incident", ""),
            **{name.removeprefix("encounter."): True for name in GIVEN if name in entered},
        },
    }


def reword(problems: Mapping[str, str]) -> dict[str, str]:
    """The problems by the field of this form that mends them, in words for a crew."""
    shown: dict[str, str] = {}
    for name, text in problems.items():
        place = SHOWN_AT.get(name, name)
        shown.setdefault(place, SAID_HERE.get(place, text))
    return shown


def show_form(entered: Mapping[str, str], problems: Mapping[str, str]) -> str:
    """The form with values and problems."""
    return render_template(
        "enrol.html",
        entered=entered,
        problems=problems,
        languages=list_scripts(),
        roles=ROLES,
        channels=CHANNELS,
        given=GIVEN,
    )


def list_scripts() -> list[tuple[Language, Script]]:
    """Every language with what is read aloud in it."""
    return [(language, read_script(language.code)) for language in list_languages()]


def read_script(code: str) -> Script:
    """The script of one language in this programme's name."""
    return get_script(code, get_desk().policy.programme_name)
