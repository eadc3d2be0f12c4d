"""What wins when a text says two things, and how tense, doubt and digits change a meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hear import hear
from bot.hear.grammar import compile_grammar
from bot.hear.rules import RULES
from messages.lexicons import Lexicon, get_lexicon, list_codes
from model import Hearing, Intent, Question

CARRIER_STOPS = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "opt out"]
NATIVE_STOPS = ["ALTO", "PARAR", "BASTA", "NO MAS"]
LEXICONS = [get_lexicon(code) for code in list_codes()]


@pytest.mark.parametrize(
    "text",
    [
        "STOP he is not breathing",
        "1 but he is not breathing",
        "no quiero mensajes mi hijo no respira",
        "I took all my pills I want to die",
        "help he is blue",
        "don't stop he is still not breathing",
        "can i get another kit, he went out again",
        "hello my mom no despierta",
    ],
)
@pytest.mark.parametrize("language", [None, "en", "es", "vi"])
def test_an_emergency_beats_everything_else_in_the_text(text: str, language: str | None) -> None:
    assert hear(text, language, Question.HAVE_KIT).intent is Intent.EMERGENCY


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("he is not breathing", Intent.EMERGENCY),
        ("he was not breathing last year but he is ok now", Intent.USED_KIT),
        ("he was ok, now he is not breathing", Intent.EMERGENCY),
        ("what if he is not breathing", Intent.HOW_TO),
        ("i don't know if he is breathing", Intent.EMERGENCY),
        ("no, he is breathing fine", Intent.OK_STATUS),
        ("i'm dying laughing", Intent.OTHER),
        ("my phone is dead", Intent.OTHER),
        ("my phone is dead and he is not breathing", Intent.EMERGENCY),
        ("no respiraba la semana pasada pero ya esta bien", Intent.USED_KIT),
        ("que hago si no respira", Intent.HOW_TO),
        ("you should have let me die", Intent.SELF_HARM),
        ("tired of this life i want treatment", Intent.RESOURCES),
    ],
)
def test_tense_doubt_and_figures_of_speech_change_what_is_meant(text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("stop texting me", Intent.STOP),
        ("don't stop texting me", Intent.START),
        ("wrong number, stop", Intent.STOP),
        ("wrong number", Intent.WRONG_PERSON),
        ("i can't stop using", Intent.RESOURCES),
        ("i'll stop by tomorrow", Intent.OTHER),
        ("i quit drinking and need support", Intent.RESOURCES),
        ("end of the month", Intent.OTHER),
        ("used it on my cousin, he is fine, need another", Intent.USED_KIT),
        ("does it work if it expired", Intent.HOW_TO),
    ],
)
def test_stopping_texts_is_not_stopping_anything_else(text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    ("text", "context", "intent"),
    [
        ("1", Question.CONSENT, Intent.YES),
        ("２", Question.HAVE_KIT, Intent.NO),
        ("۱", Question.FEELING, Intent.YES),
        ("3", Question.FEELING, Intent.REPLACEMENT),
        ("٣", Question.USED_KIT, Intent.REPLACEMENT),
        ("3", Question.HAVE_KIT, Intent.OTHER),
        ("1️⃣ thanks", Question.HAVE_KIT, Intent.YES),
        ("dos", Question.HAVE_KIT, Intent.NO),
        ("One.", Question.CONSENT, Intent.YES),
    ],
)
def test_a_digit_answers_the_question_that_waits(text: str, context: str, intent: Intent) -> None:
    assert hear(text, "en", context).intent is intent


@pytest.mark.parametrize("context", [None, Question.LANGUAGE])
@pytest.mark.parametrize("digit", ["1", "2", "4"])
def test_a_digit_without_a_yes_or_no_question_is_passed_on(digit: str, context: str | None) -> None:
    hearing = hear(digit, "en", context)
    assert (hearing.intent, hearing.topic) == (Intent.OTHER, digit)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tiếng Việt", "vi"),
        ("中文", "zh_Hans"),
        ("arabic", "ar"),
        ("en español por favor", "es"),
        ("فارسی", "fa"),
    ],
)
def test_a_language_is_known_by_its_own_name_or_ours(text: str, topic: str) -> None:
    hearing = hear(text)
    assert (hearing.intent, hearing.topic) == (Intent.LANGUAGE, topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("where do i store it", "storage"),
        ("when does it expire", "expiry"),
        ("cuando le doy la segunda dosis", "second"),
        ("what are the signs of an overdose", "signs"),
        ("do i test it first", "test"),
        ("how do i do rescue breathing", "breathing"),
    ],
)
def test_a_question_about_the_spray_carries_its_topic(text: str, topic: str) -> None:
    hearing = hear(text)
    assert (hearing.intent, hearing.topic) == (Intent.HOW_TO, topic)


def test_thin_evidence_of_danger_is_marked_so_that_the_bot_asks() -> None:
    hearing = hear("something is wrong with him")
    assert (hearing.intent, hearing.topic) == (Intent.EMERGENCY, "thin")
    assert hearing.confidence < 0.5


def test_the_language_is_recognised_against_the_hint() -> None:
    assert hear("mi hermano no despierta", "en").language == "es"


@given(
    st.text(max_size=400),
    st.sampled_from([None, "en", "es", "xx"]),
    st.sampled_from([None, *Question, "odd"]),
)
def test_any_text_has_a_hearing(text: str, language: str | None, context: str | None) -> None:
    hearing = hear(text, language, context)
    assert isinstance(hearing, Hearing)
    assert 0 <= hearing.confidence <= 1


@given(
    st.sampled_from(CARRIER_STOPS + NATIVE_STOPS),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.text(alphabet=" .!,\n", max_size=4),
)
def test_a_stop_word_alone_is_always_stop(word: str, case: type[str], marks: str) -> None:
    assert hear(f"{marks}{case(word)}{marks}").intent is Intent.STOP


@given(
    st.sampled_from(["he is not breathing", "no respira", "she wont wake up"]),
    st.text("abcxyz ", max_size=30),
)
def test_words_without_meaning_around_it_do_not_hide_an_emergency(sign: str, noise: str) -> None:
    assert hear(f"{noise}. {sign}. {noise}").intent is Intent.EMERGENCY


def list_concepts_used(lexicon: Lexicon) -> set[str]:
    """The names of concepts that a lexicon's patterns and the common rules refer to."""
    written = [*lexicon.concepts.values(), *lexicon.exceptions.values(), *RULES["concepts"].values()]
    written += RULES["exceptions"].values()
    written += [
        rule.get(part, []) for rule in RULES["rules"] for part in ("when", "except", "with", "unless")
    ]
    pieces = [piece for patterns in written for pattern in patterns for piece in pattern.split()]
    return {name for piece in pieces if piece.startswith("<") for name in piece.strip("<>?").split("|")}


@pytest.mark.parametrize("lexicon", LEXICONS, ids=lambda lexicon: lexicon.code)
def test_every_concept_that_is_used_is_defined(lexicon: Lexicon) -> None:
    defined = {name for one in LEXICONS if one.mixed for name in one.concepts}
    assert list_concepts_used(lexicon) - defined - set(lexicon.concepts) - set(RULES["concepts"]) == set()


@pytest.mark.parametrize("lexicon", LEXICONS, ids=lambda lexicon: lexicon.code)
def test_every_exception_belongs_to_a_concept(lexicon: Lexicon) -> None:
    assert set(lexicon.exceptions) <= set(lexicon.concepts) | set(RULES["concepts"])


def test_a_concept_made_of_itself_is_refused() -> None:
    circle = Lexicon("xx", False, ("LATIN",), (), {}, {"a": ["<b> x"], "b": ["<a> y"]}, {}, frozenset(), ())
    with pytest.raises(ValueError, match="circle"):
        compile_grammar((circle,))
