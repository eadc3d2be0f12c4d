"""When we do not understand: the words, the language or the kind of message."""

from messages.catalogue.message import Message

# 888-724-7240 has interpreters for 200+ languages: domain-facts B1.
MISUNDERSTANDINGS: tuple[Message, ...] = (
    Message(
        "unclear.ask",
        "In an emergency, call 911. Sorry, we did not understand. Ask how to use the kit, or for a new one. "
        "Ask for a place to get help, or for a person. Or reply HELP.",
        note="The first time we do not understand. It opens with the 911 line.",
        safety=True,
    ),
    Message(
        "unclear.human",
        "In an emergency, call 911. Sorry, we still did not understand. Our staff can read your text, "
        "but not right away. To talk now, call 888-724-7240.",
        note="The second time we do not understand; a task for staff is made. No time is promised.",
        safety=True,
    ),
    Message(
        "media.unreadable",
        "In an emergency, call 911. We cannot see photos or hear sounds here. Please tell us in words.",
        note="The person sent a picture, a sound or a sticker.",
        safety=True,
    ),
    Message(
        "language.changed",
        "From now on we write in {language_name}. Reply STOP to stop, HELP for help. For another "
        "language, send its name. This number is not 911. In an emergency, call 911.",
        note="language_name is the name of the new language in that language.",
    ),
    Message(
        "language.ask",
        "Which language do you want? / ¿Qué idioma prefiere?\n1 English\n2 Español",
        note="We could not tell the language, so the question is in both. Languages are named in themselves.",
    ),
    Message(
        "language.unsupported",
        "We write in English and Español for now. To talk with an interpreter, call 888-724-7240, any time. "
        "In an emergency, call 911.",
        note="The person asked for a language we do not have. It is read by someone who knows little English.",
    ),
)
