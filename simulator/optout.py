"""Twilio's own answers to STOP, START and HELP words, given whatever the product does (domain-facts D3)."""

STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START_WORDS = frozenset({"START", "UNSTOP", "YES"})
HELP_WORDS = frozenset({"HELP", "INFO"})

REPLIES = {
    "STOP": "You are unsubscribed and will get no more messages from this number. Reply START to subscribe again.",
    "START": "You are subscribed to messages from this number again. Reply HELP for help, STOP to unsubscribe.",
    "HELP": "Reply STOP to unsubscribe. Message and data rates may apply.",
}


def hear_keyword(text: str) -> str | None:
    """STOP, START or HELP when the whole message is one such word (`Stop please` is none), else None."""
    word = text.strip().upper()
    for keyword, words in (("STOP", STOP_WORDS), ("START", START_WORDS), ("HELP", HELP_WORDS)):
        if word in words:
            return keyword
    return None


def get_reply(keyword: str, mode: str, blocked: bool) -> str | None:
    """Twilio's own text for a keyword from a number that is `blocked` or not; None when it says nothing.

    A blocked number hears nothing but the answer to START. Advanced Opt-Out answers every START, the default
    handling only one that ends a block: YES is also an everyday word.
    """
    if keyword == "START":
        return REPLIES["START"] if blocked or mode == "advanced" else None
    return None if blocked else REPLIES[keyword]
