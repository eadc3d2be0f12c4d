"""The verb Gather: prompts, then keys or speech from the telephone, then their way to the product."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from simulator.calls.conversation import Conversation, Request, resolve
from simulator.calls.speaking import pause, play, read_whole, say
from simulator.calls.voices import DEFAULT_LANGUAGE, get_direction, is_understood

PROMPTS: dict[str, Callable[[Conversation, Element, str], None]] = {"Say": say, "Play": play, "Pause": pause}
TIMEOUT = 5
CONFIDENCE = "0.9"


@dataclass(frozen=True, slots=True)
class Question:
    """What a `<Gather>` waits for: keys, speech or both; `most_keys` 0 is without limit."""

    keys: bool
    speech: bool
    language: str
    timeout: int
    most_keys: int
    finish: str


def gather(talk: Conversation, verb: Element, base: str) -> Request | None:
    """Prompts and waits. Out: where the answer goes; None without one, and the next verb's turn comes."""
    question = read_question(talk, verb)
    for inner in verb:
        if inner.tag in PROMPTS:
            PROMPTS[inner.tag](talk, inner, base)
        else:
            talk.add_fault(12200, f"{inner.tag} in Gather")
    heard = listen(talk, question)
    if heard is None:
        talk.add_line("silence", "")
        if verb.get("actionOnEmptyResult", "").lower() != "true":
            return None
        heard = {"Digits": ""} if question.keys else {"SpeechResult": "", "Confidence": "0.0"}
    url = resolve(base, verb.get("action") or base)
    return Request(url, verb.get("method", "POST").upper(), heard)


def read_question(talk: Conversation, verb: Element) -> Question:
    """A `<Gather>`'s attributes with Twilio's defaults; a language whose speech is not understood is a fault."""
    kinds = verb.get("input", "dtmf").split()
    language = verb.get("language", DEFAULT_LANGUAGE)
    if "speech" in kinds and not is_understood(language):
        talk.add_fault(13512, language)
        language = DEFAULT_LANGUAGE
    return Question(
        keys="dtmf" in kinds,
        speech="speech" in kinds,
        language=language,
        timeout=read_whole(verb, "timeout", TIMEOUT),
        most_keys=read_whole(verb, "numDigits", 0),
        finish=verb.get("finishOnKey", "#"),
    )


def listen(talk: Conversation, question: Question) -> dict[str, str] | None:
    """What the telephone presses or says, as Twilio posts it; None when it stays silent."""
    kinds = (*(["press"] if question.keys else []), *(["say"] if question.speech else []), "silent")
    pressed = ""
    while True:
        expects = {"kind": "gather", "keys": question.keys, "speech": question.speech, "pressed": pressed}
        touch = talk.wait(kinds, question.timeout + talk.unspoken, expects | {"language": question.language})
        if touch is None or touch.kind == "silent":
            return send_keys(talk, pressed) if pressed else None
        if touch.kind == "say":
            more = {"language": question.language, "dir": get_direction(question.language)}
            talk.add_line("speech", touch.value, **more)
            return {"SpeechResult": touch.value, "Confidence": CONFIDENCE}
        pressed, done = add_keys(pressed, touch.value, question)
        if done:
            return send_keys(talk, pressed) if pressed else None


def add_keys(pressed: str, keys: str, question: Question) -> tuple[str, bool]:
    """The keys so far and whether they are all; keys after the last one are lost, as on Twilio."""
    for key in keys:
        if key in question.finish:
            return pressed, True
        pressed += key
        if len(pressed) == question.most_keys:
            return pressed, True
    return pressed, False


def send_keys(talk: Conversation, pressed: str) -> dict[str, str]:
    """The keys as a line of the transcript and as Twilio posts them."""
    talk.add_line("keys", pressed)
    return {"Digits": pressed}
