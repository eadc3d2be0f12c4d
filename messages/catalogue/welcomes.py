"""First words: to a person who was just enrolled, to one who asks who we are, to a number we do not know."""

from messages.catalogue.message import Budget, Message

# What a first text must hold (programme, what and how often, rates, HELP, STOP): CTIA, domain-facts D2.
WELCOMES: tuple[Message, ...] = (
    Message(
        "welcome.confirm",
        "{programme}: you said yes to texts about your naloxone kit. About 10 texts: most in 90 days, 1 "
        "near the kit's date. Msg & data rates may apply. Reply HELP for help, STOP to stop. This "
        "number is not 911. In danger, call 911.\n{languages}",
        "{programme}: you said yes to texts about your kit. About 10 texts: most in 90 days, 1 near the "
        "kit's date. Msg & data rates may apply. Reply HELP for help, STOP to stop. This number is not "
        "911. In danger, call 911.\n{languages}",
        note="The first text, sent while the crew is still there. Carriers require each part: who, what, how "
        "often, rates, HELP, STOP. 90 days may be written as 3 months. The last line offers other languages by their "
        "own names, as many as fit: leave room for one of ten letters.",
    ),
    Message(
        "welcome.again",
        "{programme}: you have a new kit, so your texts start again. About 10 texts: most in 90 days, 1 "
        "near the kit's date. Msg & data rates may apply. Reply HELP for help, STOP to stop. This "
        "number is not 911. In danger, call 911.",
        note="To a person who already gets our texts and was given another kit. Carriers require each part.",
    ),
    Message(
        "help.info",
        "{programme}: texts for people who got a kit. In danger, call 911. Ask how to use the kit, or "
        "for a new one. Ask where to get help. To reach a person, call {help_phone}. Msg & data rates "
        "may apply. Reply STOP to stop.",
        note="The answer to HELP. Carriers require the name, a contact, the rates and how to stop.",
    ),
    Message(
        "stranger.hello",
        "Hello, this is {programme}, an automatic text line. In an emergency, call 911. This phone is "
        "not signed up. For help in many languages, call {help_phone}. If you do not write again, we "
        "will not text you.\n{languages}",
        note="To a number we do not know that wrote to us. Anyone may read it: no word about health. The last line "
        "offers other languages by their own names, as many as fit.",
    ),
    Message(
        "loss.sorry",
        "We are so sorry. We will not text this number again. If you want to talk, call or text 988, or call "
        "888-724-7240, any time. If someone is in danger now, call 911.",
        note="Somebody tells us that the person has died. No program name. In Spanish 988 is: press 2.",
    ),
    Message(
        "wrong_person.sorry",
        "Sorry for the mix-up. We will not text this number again.",
        note="Somebody else has this number now. Anyone may read it: no word about health, no name. One segment.",
        budget=Budget(gsm7=1, ucs2=1),
    ),
    Message(
        "thanks.reply",
        "Thank you for writing. You can write to us any time. In an emergency, call 911.",
        note="The answer to thanks. Short and warm; it asks nothing.",
    ),
)
