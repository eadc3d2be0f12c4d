"""The verbs that only make sound or silence: Say, Play and Pause."""

from xml.etree.ElementTree import Element

from simulator.calls.audio import fetch_recording
from simulator.calls.conversation import CHARACTERS_A_SECOND, ApplicationError, Conversation, resolve
from simulator.calls.voices import get_direction, judge_say, list_languages

PLAY_SECONDS = 10
LONGEST_PAUSE = 180


def say(talk: Conversation, verb: Element, base: str) -> None:
    """`<Say voice language loop>`: a spoken line; one that Twilio would not speak is a fault, and the call goes on."""
    text = " ".join("".join(verb.itertext()).split())
    voice = verb.get("voice", "")
    languages = list_languages(voice)
    language = verb.get("language") or next(iter(languages), "")
    fault = judge_say(text, languages, language)
    if fault:
        return talk.add_fault(fault, f"{voice or 'default voice'}, {language or 'no language'}: {text[:80]}")
    seconds = len(text) / CHARACTERS_A_SECOND
    more = {"voice": voice or "default", "language": language, "dir": get_direction(language)}
    return talk.speak("say", text, seconds, **more, **read_loop(verb))


def play(talk: Conversation, verb: Element, base: str) -> None:
    """`<Play digits loop>`: a recording by its address, or tones."""
    if verb.get("digits"):
        return talk.add_line("tones", verb.get("digits", ""))
    try:
        url = resolve(base, verb.text or "")
    except ApplicationError as fault:
        return talk.add_fault(fault.code, "Play")
    code = fetch_recording(url).error_code
    if code:
        return talk.add_fault(code, url)
    return talk.speak("play", url.split("?")[0].rpartition("/")[2], PLAY_SECONDS, url=url, **read_loop(verb))


def pause(talk: Conversation, verb: Element, base: str) -> None:
    """`<Pause length>`: so many real seconds of silence, cut short when the telephone says to stay silent."""
    length = min(read_whole(verb, "length", 1), LONGEST_PAUSE)
    talk.add_line("pause", f"{length} s", seconds=length)
    talk.live.take(("silent",), length, settled=False)


def read_loop(verb: Element) -> dict[str, object]:
    """How often a line is heard, when more than once; 0 is Twilio's word for without end."""
    loop = read_whole(verb, "loop", 1)
    return {} if loop == 1 else {"loop": loop}


def read_whole(verb: Element, name: str, default: int) -> int:
    """An attribute that is a whole number of 0 or more; the default where it is none."""
    text = verb.get(name, "")
    return int(text) if text.isdecimal() else default
