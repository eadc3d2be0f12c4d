"""The catalogue as its callers see it: keys, parameters, levels and notes."""

import re

import pytest

from messages.catalogue import SAMPLES, Message, get_message, list_messages, list_params
from model import Level


def test_every_key_is_there_once() -> None:
    keys = [message.key for message in list_messages()]
    assert len(keys) == len(set(keys))


def test_every_key_is_a_step_and_a_purpose() -> None:
    assert all(re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", message.key) for message in list_messages())


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match=r"howto\.dance"):
        get_message("howto.dance")


def test_both_levels_take_the_same_parameters() -> None:
    both = [message for message in list_messages() if message.discreet is not None]
    assert [one.key for one in both if sorted(list_params(one.discreet or "")) != sorted(one.params)] == []


def test_a_level_with_words_of_its_own_says_something_else() -> None:
    assert [message.key for message in list_messages() if message.discreet == message.explicit] == []


def test_every_parameter_has_a_sample_and_every_sample_a_use() -> None:
    assert {name for message in list_messages() for name in message.params} == set(SAMPLES)


def test_every_text_has_a_note_for_its_translator() -> None:
    assert [message.key for message in list_messages() if len(message.note) < 10] == []


def test_parameters_are_plain_names() -> None:
    names = {name for message in list_messages() for name in message.params}
    assert all(name.isidentifier() for name in names)


def test_shared_words_stand_under_one_context() -> None:
    message = Message("a.b", "Hello", note="For the test.")
    assert {message.context(level) for level in Level} == {"a.b.explicit"}


def test_words_of_their_own_stand_under_their_own_context() -> None:
    message = Message("a.b", "Hello", "Hi", note="For the test.")
    assert [(message.context(level), message.text(level)) for level in message.levels] == [
        ("a.b.explicit", "Hello"),
        ("a.b.discreet", "Hi"),
    ]
