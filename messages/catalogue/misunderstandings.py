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
        "Which language do you want? Send its number.\n{choices}",
        note="We could not tell the language. The list numbers all languages by their own names, about 95 characters.",
    ),
    Message(
        "language.offer",
        "To get all our texts in {language_name}, send: {language_name}. In an emergency, call 911.",
        note="The person wrote in a language other than the one their texts are in; this is said in the one they wrote "
        "in. language_name is its own name, which is also the word to send back.",
    ),
    Message(
        "language.unsupported",
        "We do not have that language yet. For an interpreter, call 888-724-7240, any time. "
        "In an emergency, call 911. We have:\n{languages}",
        note="The person asked for a language we do not have, and may know little of this one. The list holds our "
        "languages by their own names, as many as fit.",
    ),
    Message(
        "language.interpreter",
        "For an interpreter in your language, call 888-724-7240, any time. In an emergency, call 911.",
        note="Said after a text that the person gets in English and Spanish, because nobody has approved it in their "
        "own language yet. It is read by someone who knows little English.",
    ),
)
