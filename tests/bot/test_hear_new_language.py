"""A language is data: a lexicon alone makes its emergencies heard, whatever its script."""

import pytest

from bot.hear.grammar import compile_grammar
from bot.hear.normalise import split_tokens
from bot.hear.understand import hear_with
from messages.lexicons import Lexicon
from model import Intent

HAN = {"not": ["没有", "不"], "breathe": ["呼吸"], "person": ["我儿子"], "if": ["如果"], "light": ["了"]}
ARABIC = {"not": ["لا", "ما"], "breathe": ["يتنفس"], "stop_word": ["توقف"], "filler": ["من", "فضلك"]}


def build_lexicon(script: str, concepts: dict[str, list[str]], prefixes: tuple[str, ...] = ()) -> Lexicon:
    """A small lexicon with only these concepts."""
    return Lexicon("xx", False, (script,), prefixes, {}, concepts, {}, frozenset(), ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我儿子没有呼吸", Intent.EMERGENCY),
        ("他 不呼吸了!!", Intent.EMERGENCY),
        ("呼吸", Intent.OTHER),
        ("如果没有呼吸", Intent.HOW_TO),
    ],
)
def test_a_script_without_spaces_needs_no_more_than_words(text: str, intent: Intent) -> None:
    grammar = compile_grammar((build_lexicon("CJK", HAN),))
    assert hear_with(grammar, split_tokens(text), "xx", None, None).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [("لا يتنفس", Intent.EMERGENCY), ("وما يتنفّس", Intent.EMERGENCY), ("توقف من فضلك", Intent.STOP)],
)
def test_joined_prefixes_and_vowel_marks_hide_no_word(text: str, intent: Intent) -> None:
    grammar = compile_grammar((build_lexicon("ARABIC", ARABIC, ("و", "ف")),))
    assert hear_with(grammar, split_tokens(text), "xx", None, None).intent is intent
