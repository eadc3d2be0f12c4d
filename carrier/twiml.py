"""What is answered in a call, in the carrier's own words and within its limits (domain-facts E7)."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from urllib.parse import quote

from twilio.twiml.voice_response import Gather, VoiceResponse

from calling import Ask, Dial, Paused, Played, Reply, Sound, Spoken

# A Polly voice reads 3,000 characters in one go, and no more than 4,500 once they are written for an address.
LONGEST_SPOKEN, LONGEST_QUOTED = 3000, 4500
LONGEST_DOCUMENT = 64 * 1024
MOST_HINTS, LONGEST_HINT = 500, 100


def write_reply(reply: Reply, next_url: str) -> str:
    """One answer; what is pressed, said or left unsaid is posted to `next_url`. Raises ValueError past the limits."""
    answer = VoiceResponse()
    if isinstance(reply.then, Ask):
        asking = answer.gather(**write_ask(reply.then, next_url))
        add_sounds(asking, reply.sounds)
        answer.redirect(next_url, method="POST")  # nothing was pressed: that is an answer too
    else:
        add_sounds(answer, reply.sounds)
        add_end(answer, reply.then, next_url)
    document = str(answer)
    if len(document.encode()) > LONGEST_DOCUMENT:
        raise ValueError("An answer in a call is longer than the carrier takes.")
    return document


def write_ask(ask: Ask, next_url: str) -> dict[str, object]:
    """A question as the carrier's options: one key, or words."""
    options: dict[str, object] = {
        "action": next_url,
        "method": "POST",
        "num_digits": 1,
        "timeout": ask.seconds,
        "finish_on_key": "",
        "input": "dtmf speech" if ask.speech else "dtmf",
    }
    if ask.speech:
        hints = [hint[:LONGEST_HINT] for hint in ask.hints[:MOST_HINTS]]
        options |= {"language": ask.speech, "hints": ", ".join(hints), "speech_timeout": "auto"}
    return options


def add_end(answer: VoiceResponse, then: Dial | None, next_url: str) -> None:
    """Put the caller through, or hang up."""
    if then is None:
        answer.hangup()
        return
    dial = answer.dial(action=next_url, method="POST", timeout=then.seconds, answer_on_bridge=True)
    dial.number(then.number)


def add_sounds(answer: VoiceResponse | Gather, sounds: tuple[Sound, ...]) -> None:
    """Each sound in its order; long words in pieces that a voice can read."""
    for sound in sounds:
        if isinstance(sound, Played):
            answer.play(sound.url)
        elif isinstance(sound, Paused):
            answer.pause(length=sound.seconds)
        else:
            add_words(answer, sound)


def add_words(answer: VoiceResponse | Gather, sound: Spoken) -> None:
    """Words for a voice."""
    for piece in split_words(sound.text):
        answer.say(piece, voice=sound.voice, language=sound.language)


def split_words(text: str) -> Iterator[str]:
    """A text in pieces that a voice takes, cut behind sentences, else behind words, else anywhere."""
    piece = ""
    for part in re.findall(r"[^.?!。？！؟]*[.?!。？！؟]*\s*", text):
        if piece and not fits(piece + part):
            yield piece.strip()
            piece = ""
        while not fits(part):
            cut = find_cut(part)
            yield part[:cut].strip()
            part = part[cut:]
        piece += part
    if piece.strip():
        yield piece.strip()


def fits(text: str) -> bool:
    """Whether a voice takes so many words at once."""
    return len(text) <= LONGEST_SPOKEN and len(quote(text)) <= LONGEST_QUOTED


def find_cut(text: str) -> int:
    """Where a sentence that is too long is cut."""
    sizes = range(1, min(len(text), LONGEST_SPOKEN) + 1)
    most = bisect_left(sizes, True, key=lambda size: not fits(text[:size]))
    return text.rfind(" ", 1, most) + 1 or most
