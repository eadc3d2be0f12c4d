"""What suits the ear: which texts are said in other words in a call, and numbers digit by digit."""

import re

# A text that names texts, digits or an answer by text has words of its own for the ear; any other is said as it is.
FOR_THE_EAR = {
    "welcome.confirm": "call.welcome",
    "welcome.again": "call.welcome",
    "start.again": "call.welcome",
    "help.info": "call.help",
    "stranger.hello": "call.not_signed_up",
    "loss.sorry": "call.loss",
    "wrong_person.sorry": "call.wrong_number",
    "thanks.reply": "call.thanks",
    "used.no_replacement": "call.thanks",
    "start.declined": "call.thanks",
    "answer.fine": "call.fine",
    "answer.kit_missing": "call.ask_kit",
    "used.ask_replacement": "call.ask_kit",
    "checkin.feeling": "call.ask_ok",
    "checkin.week": "call.ask_ok",
    "checkin.two_months": "call.ask_ok",
    "checkin.have_kit": "call.ask_have_kit",
    "checkin.used_kit": "call.ask_used",
    "checkin.last": "call.ask_last",
    "kit.expires": "call.kit_date",
    "stop.confirmed": "call.stopped",
    "start.resumed": "call.resumed",
    "start.on": "call.resumed",
    "start.offer": "call.ask_restart",
    "emergency.call_911": "call.emergency",
    "danger.ask": "call.ask_danger",
    "danger.over": "call.danger_over",
    "unclear.ask": "call.not_heard",
    "unclear.human": "call.staff_told",
    "media.unreadable": "call.not_heard",
    "language.changed": "call.language_changed",
    "language.unsupported": "call.language_unsupported",
    "human.noted": "call.nobody",
    "resources.list": "call.places",
}
# The list of languages is a menu in a call, and what somebody says in another language is no reason to offer it.
UNSPOKEN = ("language.ask", "language.offer")

RANGE = re.compile(r"(?<![\d-])(\d{1,2})[-–](\d{1,2})(?![\d-])")
# Letters may stand close behind: Korean writes its particles there.
NUMBER = re.compile(r"\+?\d[\d-]*-\d{4}(?!\d)|(?<!\d)\d{3,}(?!\d)")


def choose_spoken(key: str) -> str:
    """The key that says in a call what `key` says in a text."""
    return FOR_THE_EAR.get(key, key)


def write_for_ear(text: str, between: str = "") -> str:
    """Words for a voice: telephone numbers digit by digit, with a breath between their parts; lines as sentences.

    `between` is how the language says the dash of `2-3`: a voice might take it for a minus or leave it out.
    """
    if between:
        text = RANGE.sub(lambda found: between.format(*found.groups()), text)
    spelled = NUMBER.sub(lambda found: spell_number(found[0]), text)
    return re.sub(r"\s*\n\s*", " ", spelled)


def spell_number(number: str) -> str:
    """`888-724-7240` as `8 8 8, 7 2 4, 7 2 4 0`: a voice would read 911 as nine hundred and eleven."""
    groups = re.findall(r"\d+", number)
    return ", ".join(" ".join(group) for group in groups)
