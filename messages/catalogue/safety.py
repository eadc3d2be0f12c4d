"""Staying safer, what the law says, and where help is."""

from messages.catalogue.message import Message

# Using alone, lower tolerance: domain-facts A4. The law's hedged wording: A6. Numbers: the sure rows of B1.
SAFETY: tuple[Message, ...] = (
    Message(
        "safety.never_alone",
        "In an emergency, call 911. Naloxone cannot help if no one is there to give it. "
        "If you use, try to have someone with you. Tell them where the kit is. "
        "Want to talk? Call 888-724-7240, any time.",
        "In an emergency, call 911. The kit cannot help if no one is there to use it. "
        "Try to have someone with you. Tell them where the kit is. "
        "Want to talk? Call 888-724-7240, any time.",
        note="Choice language, no blame. 888-724-7240 is the San Diego Access & Crisis Line, 24/7, with "
        "interpreters.",
        safety=True,
    ),
    Message(
        "safety.after_break",
        "In an emergency, call 911. After jail, a hospital stay or detox, the body can take less. "
        "If you use again, go slow. "
        "Try not to be alone. Keep your kit close.",
        "In an emergency, call 911. After time away, such as a hospital stay, the body can take less. Go slow. "
        "Try not to be alone. Keep your kit close.",
        note="Lower tolerance after a time without use. Choice language, no blame; never the word relapse.",
        safety=True,
    ),
    Message(
        "law.protects",
        "Call 911. California law protects people who call 911 for an overdose. It covers some charges "
        "for having drugs. It may not cover other charges or a warrant. It may not cover immigration. "
        "This is not legal advice.",
        "Call 911. California law protects people who call 911 in some medical emergencies. It covers "
        "some charges, not all. It may not cover a warrant. It may not change how you stand with "
        "immigration. This is not legal advice.",
        note="Health & Safety Code 11376.5. Keep some and may: never promise that nobody is arrested.",
        safety=True,
    ),
    Message(
        "resources.list",
        "Places that can help you:\n{resources}\nIn an emergency, call 911.",
        note="The list is made by program staff, one place a line, about 120 characters in all.",
    ),
    Message(
        "resources.none",
        "We have no list for your area yet. To talk, call or text 988, any time. "
        "To find treatment, call 888-724-7240. For other help, call 211. In an emergency, call 911.",
        "We have no list for your area yet. To talk, call or text 988, any time. "
        "To find care near you, call 888-724-7240. For other help, call 211. In an emergency, call 911.",
        note="Numbers that work all over San Diego County, day and night. In Spanish 988 is: press 2, or text AYUDA.",
    ),
)
