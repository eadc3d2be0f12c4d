"""What is said in a call and nowhere else: the opening, the menus, and the ear's own words for texts that name a text."""

from messages.catalogue.message import Budget, Message

# A voice of the carrier's reads 3,000 characters at most (domain-facts E7); a listener has long stopped listening.
SPOKEN = Budget(gsm7=0, ucs2=0, spoken=400)

OPENING: tuple[Message, ...] = (
    Message(
        "call.open",
        "If someone is not breathing, hang up now and dial 911.",
        note="SPOKEN. The first words of every call that comes in. The caller must hang up: we cannot dial 911 for them.",
        safety=True,
        budget=SPOKEN,
    ),
    Message(
        "call.hello",
        "This is {programme}, an automatic line. We cannot send help.",
        note="SPOKEN. Who the caller has reached. Anyone may listen: no word about health.",
        budget=SPOKEN,
    ),
    Message(
        "call.language",
        "For {language_name}, press {digit}.",
        note="SPOKEN. One line of the language menu, said in its own language: language_name is its own name.",
        budget=SPOKEN,
    ),
    Message(
        "call.more_languages",
        "For more languages, press 0 or wait.",
        note="SPOKEN. After the first eight languages of the menu. Digits stay digits.",
        budget=SPOKEN,
    ),
    Message(
        "call.language_changed",
        "From now on we speak English.",
        note="SPOKEN. The caller chose a language. Write the name of YOUR language in place of English.",
        budget=SPOKEN,
    ),
    Message(
        "call.language_unsupported",
        "We do not have that language yet. For an interpreter, call 888-724-7240, any time.",
        note="SPOKEN. The caller asked for a language we do not have.",
        budget=SPOKEN,
    ),
    Message(
        "call.no_voice",
        "We cannot speak {language_name} on the phone yet. For a text in {language_name}, press 1. "
        "For an interpreter, call 888-724-7240, any time.",
        note="SPOKEN by a person who speaks the language, where the carrier has no voice for it; else said in English. "
        "language_name is the name of the language that cannot be spoken.",
        budget=SPOKEN,
    ),
    Message(
        "call.menu",
        "To hear how to use the naloxone spray, press 1. For places that help, press 2. If your kit was used, press 3. "
        "If you need another kit, press 4. To talk to a person, press 5. For another language, press 8.",
        "To hear how to use your kit, press 1. For places that help, press 2. If your kit was used, press 3. "
        "If you need another kit, press 4. To talk to a person, press 5. For another language, press 8.",
        note="SPOKEN. The main menu. The digits and what they mean are fixed. Digits stay digits.",
        budget=SPOKEN,
    ),
    Message(
        "call.say_it",
        "You can also say it in your own words.",
        note="SPOKEN. After the menu, in languages in which the carrier understands speech.",
        budget=SPOKEN,
    ),
    Message(
        "call.stop_key",
        "To stop all our calls and texts, press 9.",
        note="SPOKEN. At the end of every menu. 9 is fixed.",
        budget=SPOKEN,
    ),
    Message(
        "call.again_key",
        "To hear this again, press 1.",
        note="SPOKEN. After an answer.",
        budget=SPOKEN,
    ),
    Message(
        "call.next_key",
        "To go on, press 2, or wait.",
        note="SPOKEN. After a step of the instructions, behind: to hear this again, press 1.",
        budget=SPOKEN,
    ),
    Message(
        "call.text_key",
        "To get this as a text, press 2.",
        note="SPOKEN. After a list of places.",
        budget=SPOKEN,
    ),
    Message(
        "call.menu_key",
        "For the main menu, press 0.",
        note="SPOKEN. After an answer.",
        budget=SPOKEN,
    ),
)

ANSWERED: tuple[Message, ...] = (
    Message(
        "call.places",
        "Here are places that help.",
        note="SPOKEN. Names and numbers follow, read slowly.",
        budget=SPOKEN,
    ),
    Message(
        "call.places_by_text",
        "We have a list of places that help. To talk to someone about it, call 888-724-7240, any time.",
        note="SPOKEN by a person, where no voice can read the names of the places: they can be had as a text.",
        budget=SPOKEN,
    ),
    Message(
        "call.texted",
        "We are sending you a text now.",
        note="SPOKEN. The caller asked for a text.",
        budget=SPOKEN,
    ),
    Message(
        "call.not_heard",
        "Sorry, we did not get that.",
        note="SPOKEN. Nothing was pressed, or we did not understand. The choices are said again behind it.",
        budget=SPOKEN,
    ),
    Message(
        "call.staff_told",
        "Sorry, we still did not get that. We told our staff. To talk now, call 888-724-7240, any time.",
        note="SPOKEN. The second time we do not understand. No time is promised.",
        budget=SPOKEN,
    ),
    Message(
        "call.help",
        "This is an automatic line for people who got a kit. In an emergency, hang up and dial 911. "
        "To reach a person, call {help_phone}.",
        note="SPOKEN. The caller asked who we are.",
        budget=SPOKEN,
    ),
    Message(
        "call.not_signed_up",
        "This phone is not signed up with us. For help in many languages, call {help_phone}.",
        note="SPOKEN to a number that we do not know. No word about health.",
        budget=SPOKEN,
    ),
    Message(
        "call.thanks",
        "Thank you for telling us. You can call us any time.",
        note="SPOKEN. After an answer that asks for nothing more.",
        budget=SPOKEN,
    ),
    Message(
        "call.fine",
        "Good to hear. Keep your kit close. You can call us any time.",
        note="SPOKEN. The person is OK.",
        budget=SPOKEN,
    ),
    Message(
        "call.kit_date",
        "The date on your kit is near. Ask us for a new kit. If you have no other, use it even after that date.",
        note="SPOKEN about two weeks before the date printed on the kit.",
        budget=SPOKEN,
    ),
    Message(
        "call.connecting",
        "We are calling a person for you. Please wait.",
        note="SPOKEN before the call is put through to the staff's phone.",
        budget=SPOKEN,
    ),
    Message(
        "call.nobody",
        "Nobody can answer now. To talk now, call 988, or call {help_phone}, any time. "
        "We told our staff that you want to talk. We cannot say when they will call.",
        note="SPOKEN. Outside office hours, or when the staff's phone was not answered. No time is promised. "
        "In Spanish 988 is: press 2.",
        budget=SPOKEN,
    ),
    Message(
        "call.trouble",
        "Sorry, something went wrong here. In an emergency, hang up and dial 911. To talk now, call {help_phone}.",
        note="SPOKEN when our own machine fails. The call ends after it.",
        budget=SPOKEN,
    ),
    Message(
        "call.bye",
        "In an emergency, dial 911. Goodbye.",
        note="SPOKEN. The last words of most calls.",
        budget=SPOKEN,
    ),
    Message(
        "call.stopped",
        "You will get no more calls or texts from us. Goodbye.",
        note="SPOKEN. The caller asked us to stop. The law allows one sentence that only confirms.",
        budget=SPOKEN,
    ),
    Message(
        "call.wrong_number",
        "Sorry for the mix-up. We will not call or text this number again. Goodbye.",
        note="SPOKEN. Somebody else has this number now. Anyone may listen: no word about health.",
        budget=SPOKEN,
    ),
    Message(
        "call.loss",
        "We are so sorry. We will not call this number again. If you want to talk, call 988, or call 888-724-7240, "
        "any time.",
        note="SPOKEN. Somebody tells us that the person has died. In Spanish 988 is: press 2.",
        budget=SPOKEN,
    ),
    Message(
        "call.resumed",
        "Our calls and texts to you are on.",
        note="SPOKEN. The person wants our messages, again or still.",
        budget=SPOKEN,
    ),
)

DANGER: tuple[Message, ...] = (
    Message(
        "call.emergency",
        "Hang up and dial 911 now. Put the phone on speaker and do what they tell you. We cannot send help from here.",
        note="SPOKEN. The first answer to any sign of danger, said again and again until the caller hangs up.",
        safety=True,
        budget=SPOKEN,
    ),
    Message(
        "call.ask_danger",
        "If someone is not breathing, hang up now and dial 911. Is someone in danger right now? "
        "If yes, press 1. If no, press 2.",
        note="SPOKEN when what was said only hints at danger. The digits and what they mean are fixed.",
        safety=True,
        budget=SPOKEN,
    ),
    Message(
        "call.danger_over",
        "If that changes, hang up and dial 911. Thank you for telling us.",
        note="SPOKEN. The caller said that nobody is in danger.",
        safety=True,
        budget=SPOKEN,
    ),
)

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

CALLS: tuple[Message, ...] = (*OPENING, *ANSWERED, *DANGER, *CALLING_OUT)
