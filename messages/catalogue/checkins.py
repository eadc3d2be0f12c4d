"""The scheduled check-ins, from the day after to the last one; answers are digits because YES is a carrier's word."""

from messages.catalogue.message import Message

# The calendar: domain-facts G2. YES danger: D3. Shared phones get "kit" and no more: D4.
CHECKINS: tuple[Message, ...] = (
    Message(
        "checkin.feeling",
        "Checking in about your naloxone kit. In an emergency, call 911. Are you OK today?\n"
        "1 Yes\n2 No, I want to talk\n3 I need another kit",
        "Checking in about your kit. In an emergency, call 911. Are you OK today?\n"
        "1 Yes\n2 No, I want to talk\n3 I need another kit",
        note="Day 1. The digits and what they mean are fixed, one a line.",
    ),
    Message(
        "checkin.have_kit",
        "In an emergency, call 911, then spray naloxone in 1 nostril. "
        "No better in 2-3 minutes? Use a new spray in the other nostril. Stay: it wears off. "
        "Do you still have the kit?\n1 Yes\n2 No",
        "In an emergency, call 911, then use the kit. Stay until help comes. For the steps, reply "
        "STEPS. Do you still have the kit?\n1 Yes\n2 No",
        note="Day 3: the steps in a few words, then one question. The shared-phone text does not name the spray.",
        safety=True,
    ),
    Message(
        "checkin.week",
        "Places that can help you:\n{resources}\nIn an emergency, call 911. Are you OK this week?\n"
        "1 Yes\n2 No, I want to talk\n3 I need another kit",
        note="Day 7. The list is made by program staff. The digits and what they mean are fixed.",
    ),
    Message(
        "checkin.storage",
        "In an emergency, call 911. Keep your naloxone in reach, not in a hot car. "
        "Tell someone where it is. It helps only if someone is there to give it. If you use, try not to be alone.",
        "In an emergency, call 911. Keep your kit in reach, not in a hot car. "
        "Tell someone where it is. It helps only if someone is there to use it. Try not to be alone.",
        note="Day 14. It asks nothing.",
        safety=True,
    ),
    Message(
        "checkin.used_kit",
        "It has been a month. In an emergency, call 911. Was your naloxone kit used?\n"
        "1 Yes\n2 No\n3 I need another kit",
        "It has been a month. In an emergency, call 911. Was your kit used?\n1 Yes\n2 No\n3 I need another kit",
        note="Day 30. Used by anyone, on anyone.",
    ),
    Message(
        "checkin.two_months",
        "It has been 2 months. In an emergency, call 911. Are you OK?\n"
        "1 Yes\n2 No, I want to talk\n3 I need another kit",
        note="Day 60. The digits and what they mean are fixed.",
    ),
    Message(
        "checkin.last",
        "This is our last check-in. In an emergency, call 911. Do you still have your naloxone kit?\n"
        "1 Yes\n2 No\nTo get our texts again, reply START.",
        "This is our last check-in. In an emergency, call 911. Do you still have your kit?\n"
        "1 Yes\n2 No\nTo get our texts again, reply START.",
        note="Day 90, the end notice. START is left as it is.",
    ),
)
