"""What we say to the answers people give: fine or not, the kit kept, used, lost or needed."""

from messages.catalogue.message import Message

# After a reversal: domain-facts A3 step 7 and A4.
ANSWERS: tuple[Message, ...] = (
    Message(
        "answer.fine",
        "Good to hear. Keep your kit close. In an emergency, call 911. You can write to us any time.",
        note="The person is OK.",
    ),
    Message(
        "answer.not_fine",
        "Thank you for telling us. In danger, call 911. To talk now, call or text 988, or call "
        "888-724-7240, any time. We told our staff too, but cannot say when they will reply.",
        note="The person is not OK. A person will contact them: no time is promised. In Spanish 988 is: press 2.",
        safety=True,
    ),
    Message(
        "answer.kit_kept",
        "Good. Keep the kit close and tell someone where it is. In an emergency, call 911 first.",
        note="The person still has the kit.",
    ),
    Message(
        "answer.kit_missing",
        "Thank you for telling us. In an emergency, call 911, even with no kit. Do you need a new kit?\n1 Yes\n2 No",
        note="The person has no kit any more. The digits and what they mean are fixed.",
    ),
    Message(
        "answer.not_used",
        "Thank you, that is good to know. Keep the kit close. In an emergency, call 911 first.",
        note="The kit was not used.",
    ),
    Message(
        "kit.expires",
        "In an emergency, call 911. Your naloxone is good until {expires_on}. "
        "Ask us for a new kit before then. If you have no other, use it even after that day.",
        "In an emergency, call 911. Your kit is good until {expires_on}. "
        "Ask us for a new kit before then. If you have no other, use it even after that day.",
        note="The date printed on the kit.",
        safety=True,
    ),
    Message(
        "used.aftercare",
        "If today: call 911 if you have not. Stay: the spray wears off in 30-90 minutes and breathing "
        "can stop again. They may shake or vomit. A hospital check is best. Do not use drugs to feel "
        "better. Past? Thank you for telling us.",
        "If today: call 911 if you have not. Stay: the spray wears off in 30-90 minutes and breathing "
        "can stop again. They may shake or vomit. A hospital check is best. Take nothing else to feel "
        "better. Past? Thank you for telling us.",
        note="The kit was used and the person says it is over. Using again is dangerous; it must not be "
        "read as a warning against a second spray.",
        safety=True,
    ),
    Message(
        "used.ask_replacement",
        "In an emergency, call 911. Do you need a new kit?\n1 Yes\n2 No",
        note="After the kit was used. The digits and what they mean are fixed.",
    ),
    Message(
        "used.no_replacement",
        "OK. If you need a kit later, write to us. In an emergency, call 911.",
        note="The person needs no new kit now.",
    ),
    Message(
        "replacement.noted",
        "In an emergency, call 911, even with no kit. We passed on your need for a kit to our staff. We "
        "cannot say when they will write or call.",
        note="The person needs a kit. No time or place is promised.",
        safety=True,
    ),
    Message(
        "human.noted",
        "In an emergency, call 911. We told our staff that you want to talk. We cannot say when they "
        "will reply. To talk now, call {help_phone}, any time.",
        note="The person asked for a person. No time is promised.",
    ),
)
