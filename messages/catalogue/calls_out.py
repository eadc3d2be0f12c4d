"""What is said in the calls that we make: nothing about health before somebody has time, and the check-ins."""

from messages.catalogue.message import SPOKEN, Message

CALLING_OUT: tuple[Message, ...] = (
    Message(
        "call.good_time",
        "Hello. This is an automatic call from {programme}. In an emergency, hang up and dial 911. "
        "If this is a good time, press 1. If not, press 2.",
        note="SPOKEN. The first words of a call that we make. Anyone may have picked up: no word about health.",
        budget=SPOKEN,
    ),
    Message(
        "call.another_time",
        "OK. We will try another time. Goodbye.",
        note="SPOKEN. It was no good time, or nobody pressed a key. No word about health.",
        budget=SPOKEN,
    ),
    Message(
        "call.machine",
        "Hello. This is {programme}. Please call us back at this number, any time. Goodbye.",
        note="SPOKEN to an answering machine. Anyone may hear it: no word about health, not even 911.",
        budget=SPOKEN,
    ),
    Message(
        "call.welcome",
        "You said yes to calls about your kit. There will be about 10, most in 90 days. This line is not 911.",
        note="SPOKEN. The first call after the person was enrolled. 90 days may be said as 3 months.",
        budget=SPOKEN,
    ),
    Message(
        "call.ask_ok",
        "We are checking in about your kit. Are you OK? If yes, press 1. If no and you want to talk, press 2. "
        "If you need another kit, press 3.",
        note="SPOKEN on days 1, 7 and 60. The digits and what they mean are fixed.",
        budget=SPOKEN,
    ),
    Message(
        "call.ask_have_kit",
        "In an emergency, dial 911, then spray naloxone in 1 nostril. "
        "No better in 2-3 minutes? Use a new spray in the other nostril. Stay, because it wears off. "
        "Do you still have the kit? If yes, press 1. If no, press 2.",
        "In an emergency, dial 911, then use the kit. Stay until help comes. "
        "Do you still have the kit? If yes, press 1. If no, press 2.",
        note="SPOKEN on day 3. The digits and what they mean are fixed.",
        safety=True,
        budget=SPOKEN,
    ),
    Message(
        "call.ask_used",
        "It has been a month. Was your kit used? If yes, press 1. If no, press 2. If you need another kit, press 3.",
        note="SPOKEN on day 30. Used by anyone, on anyone. The digits and what they mean are fixed.",
        budget=SPOKEN,
    ),
    Message(
        "call.ask_last",
        "This is our last check-in. Do you still have your kit? If yes, press 1. If no, press 2.",
        note="SPOKEN on day 90, the end notice. The digits and what they mean are fixed.",
        budget=SPOKEN,
    ),
    Message(
        "call.ask_kit",
        "In an emergency, dial 911, even with no kit. Do you need a new kit? If yes, press 1. If no, press 2.",
        note="SPOKEN after the kit was used or lost. The digits and what they mean are fixed.",
        safety=True,
        budget=SPOKEN,
    ),
    Message(
        "call.ask_restart",
        "Your check-ins are over. Do you want them for 90 more days? If yes, press 1. If no, press 2.",
        note="SPOKEN. 90 days may be said as 3 months. The digits and what they mean are fixed.",
        budget=SPOKEN,
    ),
)
