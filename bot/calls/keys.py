"""The menus as data: which key means what, and which words tell the caller so."""

from calling import Place
from messages.languages import Language, list_languages
from messages.voices import A_PAGE
from model import Intent, Line, Question

STOP_KEY, MENU_KEY, AGAIN_KEY, NEXT_KEY, TEXT_KEY = "9", "0", "1", "2", "2"
YES_KEY, LANGUAGES_KEY = "1", "8"
MENU = {
    "1": Intent.HOW_TO,
    "2": Intent.RESOURCES,
    "3": Intent.USED_KIT,
    "4": Intent.REPLACEMENT,
    "5": Intent.HUMAN,
}
# What is asked again of a caller who was silent, or who calls in while a question of ours waits.
ASKED = {
    Question.CONSENT: "call.ask_restart",
    Question.HAVE_KIT: "call.ask_have_kit",
    Question.FEELING: "call.ask_ok",
    Question.USED_KIT: "call.ask_used",
    Question.REPLACEMENT: "call.ask_kit",
    Question.DANGER: "call.ask_danger",
}
STOP_LINE, MENU_LINE, AGAIN_LINE = Line("call.stop_key"), Line("call.menu_key"), Line("call.again_key")
TEXT_LINE, NEXT_LINE, SAY_LINE = Line("call.text_key"), Line("call.next_key"), Line("call.say_it")
# The choices that are read out behind what is said at a place; at the others the words themselves name the keys.
CHOICES = {
    Place.MENU: (Line("call.menu"), STOP_LINE),
    Place.QUESTION: (STOP_LINE,),
    Place.ANSWER: (AGAIN_LINE, MENU_LINE, STOP_LINE),
    Place.PLACES: (AGAIN_LINE, TEXT_LINE, MENU_LINE, STOP_LINE),
    Place.NO_VOICE: (STOP_LINE,),
    Place.GOOD_TIME: (STOP_LINE,),
}
# Seconds to wait for a key.
PATIENCE = {Place.LANGUAGES: 3, Place.ANSWER: 5, Place.ALARM: 4}
USUAL_PATIENCE = 6
# Where words are understood too, if the carrier understands the language.
SPEAKING = (Place.LANGUAGES, Place.MENU, Place.QUESTION, Place.ANSWER, Place.PLACES)


def list_page(page: int) -> list[tuple[str, Language]]:
    """The languages of one page of the language menu with their keys."""
    some = list_languages()[page * A_PAGE : (page + 1) * A_PAGE]
    return [(str(key), language) for key, language in enumerate(some, start=1)]


def has_page(page: int) -> bool:
    """Whether there is such a page."""
    return bool(list_page(page))
