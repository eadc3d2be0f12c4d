"""One request in a call: where it leads by itself, or what it means for the engine that answers texts too."""

from dataclasses import dataclass, replace

from bot.calls.follow import HELLO, bring
from bot.calls.keys import (
    AGAIN_KEY,
    ASKED,
    LANGUAGES_KEY,
    MENU,
    MENU_KEY,
    NEXT_KEY,
    STOP_KEY,
    TEXT_KEY,
    YES_KEY,
    has_page,
    list_page,
)
from bot.hear import hear
from calling import Call, Place, Request
from model import Hearing, Intent, Line, Question, Talk

MOST_SILENT = 2  # times in a row that nothing is pressed or said; then the call ends
ALARMS = 3  # times that the words for an emergency are said
LONGEST_CALL = 60  # requests; no call is longer, whatever is pressed
CERTAIN = 1.0

NOT_HEARD, BYE = Line("call.not_heard"), Line("call.bye")


@dataclass(frozen=True, slots=True)
class Step:
    """What one request comes to: the call's next state with lines to say, or something for the engine to answer.

    `texts` are keys of texts to send to this phone; `body` is what is kept of what was heard; `reached` says that
    somebody took the time for what we called about.
    """

    call: Call
    lines: tuple[Line, ...] = ()
    hearing: Hearing | None = None
    body: str = ""
    texts: tuple[str, ...] = ()
    reached: bool = False


def take_step(call: Call, request: Request, talk: Talk) -> Step:
    """What a request means where the call stands."""
    if request.turn >= LONGEST_CALL or call.place is Place.OVER:
        return end(call)
    if call.place is Place.PERSON:
        return return_from_person(call, request)
    key = request.keys[:1]
    if key == STOP_KEY:
        return mean(call, Intent.STOP, key)
    if key:
        return press(call, key, talk)
    if request.said:
        return listen(call, request.said, talk)
    return wait(call, talk)


def mean(call: Call, intent: Intent, body: str, topic: str | None = None) -> Step:
    """A key that means what a text may mean."""
    hearing = Hearing(intent, f"key.{intent}", CERTAIN, topic, call.language)
    return Step(replace(call, silent=0), hearing=hearing, body=body)


def listen(call: Call, said: str, talk: Talk) -> Step:
    """Words are heard as a text would be, wherever the call stands; over the language menu some are as good as none."""
    hearing = hear(said, call.language, talk.question)
    if call.place is Place.LANGUAGES and names_nothing(hearing, talk):
        return read_again(call)
    return Step(replace(call, silent=0), hearing=hearing, body=said)


def names_nothing(hearing: Hearing, talk: Talk) -> bool:
    """Whether words said over the language menu name no language and ask for nothing else: hello, or a noise."""
    if talk.question is Question.DANGER:
        return False
    unnamed = hearing.intent is Intent.LANGUAGE and hearing.topic is None
    return unnamed or hearing.intent in (Intent.OTHER, Intent.YES, Intent.NO, Intent.OK_STATUS)


def read_again(call: Call) -> Step:
    """A voice cut the reading short, perhaps 911 too: the same page once more, 911 first; then on as for silence."""
    if call.silent:
        return turn_page(call)
    return Step(replace(call, silent=1), HELLO[:1])


def press(call: Call, key: str, talk: Talk) -> Step:
    """A key other than the one that stops."""
    call = replace(call, silent=0)
    if call.place is Place.LANGUAGES:
        return press_language(call, key)
    if call.place is Place.GOOD_TIME:
        return accept(call, talk) if key == YES_KEY else end(call, Line("call.another_time"))
    if call.place is Place.NO_VOICE:
        return send_texts(call, "howto.first", "help.info") if key == YES_KEY else wait(call, talk)
    if call.place is Place.ALARM:
        return repeat_alarm(call)
    if key == MENU_KEY:
        return go_to_menu(call)
    if call.place is Place.MENU:
        return press_menu(call, key)
    if call.place is Place.QUESTION:
        return Step(call, hearing=hear(key, call.language, talk.question), body=key)
    return press_after_answer(call, key)


def press_language(call: Call, key: str) -> Step:
    """A language is chosen, or the next page."""
    chosen = dict(list_page(call.page)).get(key)
    if chosen is None:
        return turn_page(call)
    return mean(replace(call, language=chosen.code), Intent.LANGUAGE, chosen.name, chosen.code)


def turn_page(call: Call) -> Step:
    """The next page of languages; behind the last the menu in the language of the call."""
    call = replace(call, silent=0)
    if has_page(call.page + 1):
        return Step(replace(call, page=call.page + 1))
    return go_to_menu(call)


def press_menu(call: Call, key: str) -> Step:
    """A key of the main menu."""
    if key == LANGUAGES_KEY:
        return Step(replace(call, place=Place.LANGUAGES, page=0))
    if key in MENU:
        return mean(call, MENU[key], key)
    return Step(replace(call, lines=()), (NOT_HEARD,))


def press_after_answer(call: Call, key: str) -> Step:
    """Again, on, or as a text."""
    if key == AGAIN_KEY:
        return Step(call)
    if call.place is Place.PLACES and key == TEXT_KEY:
        return send_texts(call, "resources.list")
    if call.place is Place.ANSWER and key == NEXT_KEY:
        return go_on(call)
    return Step(call, (NOT_HEARD,))


def send_texts(call: Call, *keys: str) -> Step:
    """The caller asked for a text: it is sent, and the call goes on, or ends where no voice could go on."""
    over = call.place is Place.NO_VOICE
    said = (Line("call.texted"), BYE) if over else (Line("call.texted"),)
    return Step(
        replace(call, place=Place.OVER if over else Place.MENU, lines=()), said, texts=keys, reached=over
    )


def go_on(call: Call) -> Step:
    """The next piece of an answer; behind the last the menu."""
    if call.at + 1 < len(call.lines):
        return Step(replace(call, at=call.at + 1))
    return go_to_menu(call)


def go_to_menu(call: Call) -> Step:
    """The main menu."""
    return Step(replace(call, place=Place.MENU, lines=(), at=0))


def accept(call: Call, talk: Talk) -> Step:
    """It is a good time for what we called about."""
    return Step(bring(call, talk), reached=True)


def wait(call: Call, talk: Talk) -> Step:
    """Nothing was pressed or said."""
    if call.place is Place.ALARM:
        return repeat_alarm(call)
    if call.place is Place.LANGUAGES:
        return turn_page(call)
    if call.place is Place.ANSWER and call.at + 1 < len(call.lines):
        return go_on(call)
    if call.silent + 1 >= MOST_SILENT:
        return end(call, *((Line("call.another_time"),) if call.place is Place.GOOD_TIME else (BYE,)))
    call = replace(call, silent=call.silent + 1)
    if call.place is Place.QUESTION and talk.question in ASKED:
        return Step(replace(call, lines=(NOT_HEARD, Line(ASKED[talk.question]))))
    return Step(replace(call, lines=()), (NOT_HEARD,)) if call.place is Place.MENU else Step(call)


def repeat_alarm(call: Call) -> Step:
    """The words for an emergency once more; then we hang up, so that the caller's line is free for 911."""
    if call.at + 1 >= ALARMS:
        return end(call, Line("call.emergency"))
    return Step(replace(call, at=call.at + 1))


def return_from_person(call: Call, request: Request) -> Step:
    """The person we dialled has hung up, or did not answer: then the numbers that always answer are read."""
    if request.dialled:
        return end(call)
    return Step(replace(call, place=Place.ANSWER, lines=(Line("call.nobody"),), at=0))


def end(call: Call, *lines: Line) -> Step:
    """Say this and hang up."""
    return Step(replace(call, place=Place.OVER, lines=()), lines)
