"""Danger now: the texts that overtake all others, none of which can send help, and they say so."""

from messages.catalogue.message import Message

# 911 first, steps: domain-facts A3, A5; text-to-911: A5 inbound; 988: B1.
EMERGENCIES: tuple[Message, ...] = (
    Message(
        "emergency.call_911",
        "CALL 911 NOW. Put the phone on speaker and do what they tell you. We cannot send help from here. "
        "If you cannot talk, text 911.",
        note="The first answer to any sign of danger. It must open with CALL 911 NOW in capitals. Text-to-911 works "
        "in San Diego County, mostly in English: other languages say so.",
        safety=True,
    ),
    Message(
        "emergency.spray",
        "Call 911 now. Will not wake or breathe? Lay them on their back. Put the nose spray in 1 "
        "nostril and press. No better in 2-3 minutes? New spray, other nostril.",
        note="The second answer to danger. It may name the spray on shared phones too.",
        safety=True,
    ),
    Message(
        "emergency.breathe",
        "Call 911 now. Not breathing? Tilt the head back and give 1 breath every 5 seconds. "
        "Breathing but not awake? Roll them on their side. Stay: the spray wears off.",
        note="The third answer to danger.",
        safety=True,
    ),
    Message(
        "danger.ask",
        "If someone will not wake or breathe, call 911 now. Is someone in danger right now?\n1 Yes\n2 No",
        note="When a text only hints at danger. The 911 line comes before the question, always.",
        safety=True,
    ),
    Message(
        "danger.over",
        "If someone will not wake or breathe, call 911 right away, not us. Thank you for telling us. "
        "You can write to us any time.",
        note="The person said that nobody is in danger.",
        safety=True,
    ),
    Message(
        "selfharm.call_988",
        "Call 911 now if there is danger. Call or text 988 to talk, any time. We are glad you told us. "
        "Our staff will see this, but not right away. Please do not wait for us.",
        note="The person, or somebody near them, wants to die. Plain and warm, no set phrases, no promise of a time. "
        "In Spanish 988 is: press 2, or text AYUDA.",
        safety=True,
    ),
)
