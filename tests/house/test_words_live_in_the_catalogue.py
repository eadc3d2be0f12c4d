"""Rule 3: every message key that is used exists, every key that exists is used, and keys are spelled out whole."""

import ast
import re
from collections.abc import Iterable
from dataclasses import fields

from messages.catalogue import list_messages
from model import Kit
from tests.house.tree import Source, expect_none, list_product, list_strings, list_texts

KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")
SPEAKERS = {"Line", "render", "get_message", "has_translation"}
FIELDS = {f"kit.{field.name}" for field in fields(Kit)}  # how the API names a wrong field of an enrolment
KEYLESS = ("bot/hear/",)  # names of rules look like keys there and are none


def uses_keys(source: Source) -> bool:
    """Whether a file is one of those that name messages: the conversation, the use cases, the doors, the schedules."""
    in_programmes = source.path.startswith("messages/programmes")
    return (in_programmes or source.room in ("bot", "service", "web")) and not source.path.startswith(KEYLESS)


def find_unknown(source: Source, keys: set[str], blueprints: set[str]) -> list[str]:
    """Each string that looks like a message key, or is handed to a speaker, and is none."""
    groups = {key.split(".")[0] for key in keys} - blueprints
    looks = {(line, text) for line, text in list_strings(source) if KEY.fullmatch(text)}
    said = set(list_said(source))
    wrong = {
        (line, text) for line, text in looks if text.split(".")[0] in groups and text not in keys | FIELDS
    }
    wrong |= {(line, text) for line, text in said if text not in keys}
    return [f"{source.path}:{line} no message has the key {text}" for line, text in sorted(wrong)]


def list_said(source: Source) -> list[tuple[int, str]]:
    """Each constant that is the first argument, or the `key`, of a call that speaks."""
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    spoken = [call for call in calls if name_call(call) in SPEAKERS]
    given = [
        [*call.args[:1], *(word.value for word in call.keywords if word.arg == "key")] for call in spoken
    ]
    nodes = [node for group in given for node in group if isinstance(node, ast.Constant)]
    return [(node.lineno, str(node.value)) for node in nodes]


def name_call(call: ast.Call) -> str:
    """The last name of what is called: `Line` for `model.Line(...)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def find_assembled(source: Source, keys: set[str]) -> list[str]:
    """Each f-string that puts a key together, so that nobody can find it by searching."""
    groups = {key.split(".")[0] + "." for key in keys}
    starts = [
        (node.lineno, node.values[0]) for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr)
    ]
    texts = [(line, str(start.value)) for line, start in starts if isinstance(start, ast.Constant)]
    return [f"{source.path}:{line} spells a key in parts" for line, text in texts if text in groups]


def find_unused(keys: Iterable[str], sources: Iterable[Source]) -> list[str]:
    """Each key that no file names, Python files by their strings and other files anywhere in their text."""
    said: set[str] = set()
    for source in sources:
        is_python = source.path.endswith(".py")
        said |= {text for _, text in list_strings(source)} if is_python else set(KEY.findall(source.text))
    return sorted(set(keys) - said)


def list_blueprints(sources: Iterable[Source]) -> set[str]:
    """The names of Flask's blueprints: `kit.page` is an endpoint there and not a message."""
    calls = [node for source in sources for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    made = [call.args[0] for call in calls if name_call(call) == "Blueprint" and call.args]
    return {str(node.value) for node in made if isinstance(node, ast.Constant)}


def list_keys() -> set[str]:
    """Every key of the catalogue."""
    return {message.key for message in list_messages()}


def test_every_key_used_exists() -> None:
    blueprints = list_blueprints(list_product())
    sources = [source for source in list_product() if uses_keys(source)]
    expect_none(problem for source in sources for problem in find_unknown(source, list_keys(), blueprints))


def test_every_key_existing_is_used() -> None:
    templates = [source for source in list_texts() if source.path.startswith("web/templates/")]
    speaking = [source for source in list_product() if not source.path.startswith("messages/catalogue")]
    expect_none(f"{key} is never said" for key in find_unused(list_keys(), [*speaking, *templates]))


def test_no_key_is_put_together_from_parts() -> None:
    sources = [source for source in list_product() if uses_keys(source)]
    expect_none(problem for source in sources for problem in find_assembled(source, list_keys()))


def test_a_misspelt_key_is_caught() -> None:
    source = Source("bot/steps/checkin.py", 'ANSWERS = {1: "checkin.thansk", 2: "checkin.thanks"}')
    assert find_unknown(source, {"checkin.thanks"}, set()) == [
        "bot/steps/checkin.py:1 no message has the key checkin.thansk"
    ]


def test_an_unknown_group_is_caught_where_it_is_said() -> None:
    assert (
        find_unknown(Source("service/take_turn.py", 'Line("nowhere.thanks")'), {"checkin.thanks"}, set())
        != []
    )
    assert (
        find_unknown(Source("service/take_turn.py", 'Line(key="nowhere.at")'), {"checkin.thanks"}, set())
        != []
    )


def test_an_endpoint_is_not_mistaken_for_a_key() -> None:
    source = Source("web/kit.py", 'Blueprint("kit", __name__)\nurl_for("kit.page")')
    assert find_unknown(source, {"kit.expires"}, list_blueprints([source])) == []


def test_a_field_of_the_api_is_not_mistaken_for_a_key() -> None:
    source = Source("service/check_enrolment.py", 'FIELD = "kit.expires_on"\nTYPO = "kit.expired"')
    assert find_unknown(source, {"kit.expires"}, set()) == [
        "service/check_enrolment.py:2 no message has the key kit.expired"
    ]


def test_an_unused_key_is_caught() -> None:
    used = Source("bot/steps/stop.py", 'KEY = "stop.confirmed"')
    page = Source("web/templates/kit.html", '{{ say("howto.spray") }}')
    assert find_unused({"stop.confirmed", "howto.spray", "howto.call"}, [used, page]) == ["howto.call"]


def test_a_key_in_parts_is_caught() -> None:
    assert find_assembled(Source("bot/steps/howto.py", 'f"howto.{topic}"'), {"howto.spray"}) != []
