"""How to use the spray: one text for the whole, and one for each thing a person may ask about it."""

from messages.catalogue.message import Message

# Steps and order: domain-facts A3, A5. Storage, expiry, test spray, any age: A4. Signs: A2.
HOWTOS: tuple[Message, ...] = (
    Message(
        "howto.first",
        "Will not wake or breathe? Call 911 on speaker. "
        "Spray naloxone in 1 nostril. No better in 2-3 minutes? "
        "Use a new spray in the other nostril. Not breathing? Give breaths. "
        "Breathing? Lay them on their side. Stay: the spray wears off.",
        "Will not wake or breathe? Call 911 on speaker. "
        "Use the nose spray in 1 nostril. No better in 2-3 minutes? "
        "Use a new spray in the other nostril. Not breathing? Give breaths. "
        "Breathing? Lay them on their side. Stay: it wears off.",
        note="All steps in one text that a person may keep. The order is fixed: 911, spray, 2-3 minutes, other "
        "nostril, breaths or side, stay.",
        safety=True,
    ),
    Message(
        "howto.call",
        "Call 911 right away and put the phone on speaker. Say where you are. Say that someone will not "
        "wake up or breathe. Do what they tell you. Use the nose spray while you talk. Tell the crew "
        "what you gave and when.",
        note="The 911 call. Never advise hiding what happened.",
        safety=True,
    ),
    Message(
        "howto.spray",
        "First call 911. Lay the person on their back. Tilt the head back. "
        "Put the whole tip in 1 nostril. Press hard, 1 time. Each spray is 1 dose. Do not test it.",
        note="One spray device gives one dose and is not primed.",
        safety=True,
    ),
    Message(
        "howto.second",
        "Call 911 if you have not yet. Not breathing well after 2-3 minutes? Use a new spray in the "
        "other nostril. Repeat every 2-3 minutes. Give breaths while you wait. If breathing is good, do "
        "not spray again just to wake them.",
        note="2-3 minutes and the other nostril are fixed. Breathing, not waking, shows that it works.",
        safety=True,
    ),
    Message(
        "howto.breathe",
        "Call 911 and do what they tell you. If the person is not breathing, tilt the head back. "
        "Give 1 breath mouth to mouth every 5 seconds. Go on until they breathe or help comes.",
        note="Rescue breaths; the 911 dispatcher's word comes first.",
        safety=True,
    ),
    Message(
        "howto.side",
        "Call 911. If the person breathes but does not wake, roll them on their side. "
        "It keeps them from choking if they vomit. Stay and watch the breathing.",
        note="The recovery position, in plain words.",
        safety=True,
    ),
    Message(
        "howto.stay",
        "Call 911 and stay until help comes. The spray wears off in 30-90 minutes. The person can then "
        "stop breathing again. If so, use a new spray. They should use no drugs. Tell the crew what you "
        "gave and when.",
        "Call 911 and stay until help comes. The spray wears off in 30-90 minutes. The person can then "
        "stop breathing again. If so, use a new spray. They should take nothing else. Tell the crew "
        "what you gave and when.",
        note="Why nobody should leave after the spray. 30-90 minutes is fixed. Using again means drugs: it must not be "
        "read as a warning against a second spray.",
        safety=True,
    ),
    Message(
        "howto.signs",
        "Call 911 if you see any of these signs of an overdose. They do not wake when you shout and "
        "shake them. Breathing is slow or has stopped. Lips are blue or gray. They snore or gurgle. "
        "Pupils are very small.",
        "Call 911 if you see any of these signs. They do not wake when you shout and shake them. "
        "Breathing is slow or has stopped. Lips are blue or gray. They snore or gurgle. Pupils are very "
        "small.",
        note="Signs that are seen and heard by anyone. On a darker skin lips look gray.",
        safety=True,
    ),
    Message(
        "howto.storage",
        "In an emergency, call 911. Keep the spray in its pack, at room temperature and out of the light. "
        "Do not leave it in a hot car. If it froze, let it thaw inside for 15 minutes first.",
        note="Room temperature is up to 25 C / 77 F; after freezing it is thawed for 15 minutes, then usable.",
        safety=True,
    ),
    Message(
        "howto.expiry",
        "In an emergency, call 911. The date is on the pack. "
        "If the date has passed and you have no other spray, use it. Then ask us for a new one.",
        note="A spray past its date is used when nothing else is there, and replaced.",
        safety=True,
    ),
    Message(
        "howto.test",
        "In an emergency, call 911. Never test the spray. It works only 1 time, so a test empties it. "
        "If you have tested it, ask us for a new one.",
        note="A test empties the device.",
        safety=True,
    ),
    Message(
        "howto.unsure",
        "Not sure? Call 911 and use the spray. It does no harm if the person took no opioids. "
        "You can give it at any age.",
        "Not sure? Call 911 and use the nose spray. It does no harm if the cause is something else. "
        "You can give it at any age.",
        note="In doubt the spray is used. It does nothing harmful when no opioid is present.",
        safety=True,
    ),
)
