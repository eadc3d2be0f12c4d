"""Rules 4, 5 and 6: SQL lives in the store, only the carrier knows Twilio, and there is one door out."""

import ast
import re

from tests.house.tree import Source, expect_none, list_imports, list_product, list_strings, list_texts

DATABASES = {"sqlalchemy", "alembic", "sqlite3", "psycopg"}
SQL = re.compile(
    r"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX)|ALTER TABLE|PRAGMA)\b"
)
TWILIO_NAMES = re.compile(
    r"X-Twilio-\w+|\b(MessageSid|SmsSid|SmsMessageSid|CallSid|AccountSid|MessagingServiceSid|ParentCallSid"
    r"|MessageStatus|SmsStatus|CallStatus|NumMedia|MediaUrl\d|NumSegments|OptOutType|StatusCallback"
    r"|SpeechResult|RecordingUrl|TwilioRestException|RequestValidator|MessagingResponse|VoiceResponse)\b"
)
# The simulator is the other end of the line: a program of its own, with its own memory.
KNOW_TWILIO = {"carrier", "simulator"}
KNOW_SQL = {"store", "simulator"}
CARRIER_METHODS = ("send", "list_texts", "list_calls")
TRANSACTIONS = ("transaction", "reading", "begin")
DOOR_OUT = "service/deliver.py"
CALLED_BY = {"app", "cli", "bot", "messages", "service", "scheduler", "web"}


def find_sql(source: Source) -> list[str]:
    """Each database library and each SQL statement in a room that has no memory."""
    if source.room in KNOW_SQL:
        return []
    lines = [line for line, name in list_imports(source) if name.split(".")[0] in DATABASES]
    lines += [line for line, text in list_strings(source) if SQL.match(text)]
    return [f"{source.path}:{line} SQL outside the store" for line in sorted(lines)]


def find_twilio(source: Source) -> list[str]:
    """Each of Twilio's own names, in code, text or comment, in a room that only knows the carrier."""
    if source.room in KNOW_TWILIO:
        return []
    lines = source.text.splitlines()
    found = [
        (number, match[0]) for number, line in enumerate(lines, 1) for match in TWILIO_NAMES.finditer(line)
    ]
    if source.path.endswith(".py"):
        found += [(line, name) for line, name in list_imports(source) if name.split(".")[0] == "twilio"]
    return [f"{source.path}:{line} {name} is Twilio's" for line, name in sorted(found)]


def find_sends(source: Source) -> list[int]:
    """The lines that call something's `send`."""
    return [node.lineno for node in ast.walk(source.tree) if is_call_of(node, "send")]


def find_calls_in_transaction(source: Source) -> list[int]:
    """The lines inside `with ... transaction(...)` that call the carrier, themselves or by a function of the file."""
    blocks = [
        node for node in ast.walk(source.tree) if isinstance(node, ast.With) and opens_transaction(node)
    ]
    inside = [node for block in blocks for step in block.body for node in ast.walk(step)]
    callers = list_callers(source)
    return sorted({node.lineno for node in inside if any(is_call_of(node, name) for name in callers)})


def list_callers(source: Source) -> set[str]:
    """The carrier's methods, and every function of the file that reaches one of them."""
    functions = [
        node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    callers, before = set(CARRIER_METHODS), 0
    while len(callers) != before:
        before = len(callers)
        callers |= {function.name for function in functions if reaches(function, callers)}
    return callers


def reaches(function: ast.AST, names: set[str]) -> bool:
    """Whether a function calls one of the names."""
    return any(is_call_of(node, name) for node in ast.walk(function) for name in names)


def opens_transaction(block: ast.With) -> bool:
    """Whether a `with` holds a transaction of the store, to write or to read."""
    return any(is_call_of(item.context_expr, name) for item in block.items for name in TRANSACTIONS)


def is_call_of(node: ast.AST, name: str) -> bool:
    """Whether a node calls `name(...)` or `something.name(...)`; a bare `send(...)` is a call too."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    return getattr(called, "attr", None) == name or getattr(called, "id", None) == name


def test_sql_lives_in_the_store() -> None:
    expect_none(problem for source in list_product() for problem in find_sql(source))


def test_only_the_carrier_knows_twilio() -> None:
    templates = [source for source in list_texts() if source.path.startswith("web/templates/")]
    expect_none(problem for source in [*list_product(), *templates] for problem in find_twilio(source))


def test_the_carrier_is_called_at_one_door() -> None:
    sources = [source for source in list_product() if source.room in CALLED_BY]
    assert {source.path for source in sources if find_sends(source)} == {DOOR_OUT}


def test_the_carrier_is_not_called_inside_a_transaction() -> None:
    sources = [source for source in list_product() if source.room in CALLED_BY]
    expect_none(f"{source.path}:{line}" for source in sources for line in find_calls_in_transaction(source))


def test_a_use_case_with_sql_is_caught() -> None:
    assert find_sql(Source("service/enrol.py", "from sqlalchemy import select")) != []
    assert find_sql(Source("web/console.py", 'rows = run("SELECT id FROM contact")')) != []


def test_a_sentence_that_begins_with_select_is_not_sql() -> None:
    assert find_sql(Source("web/console.py", 'LABEL = "Select a language"')) == []


def test_a_hook_that_reads_twilios_form_itself_is_caught() -> None:
    assert find_twilio(Source("web/hooks.py", 'sid = request.form["MessageSid"]')) != []
    assert find_twilio(Source("service/deliver.py", "import twilio.rest")) != []


def test_our_settings_may_name_twilio() -> None:
    assert find_twilio(Source("config.py", 'NAME = "TWILIO_MESSAGING_SERVICE_SID"')) == []


def test_a_send_inside_a_transaction_is_caught() -> None:
    text = "with memory.transaction() as tx:\n    for row in rows:\n        carrier.send(row)\n"
    assert find_calls_in_transaction(Source("service/deliver.py", text)) == [3]


def test_a_send_behind_a_function_inside_a_transaction_is_caught() -> None:
    text = "def go(row):\n    carrier.send(row)\nwith memory.transaction() as tx:\n    go(row)\n"
    assert find_calls_in_transaction(Source("service/deliver.py", text)) == [4]


def test_a_send_after_the_commit_is_fine() -> None:
    text = "with memory.transaction() as tx:\n    row = claim(tx)\ncarrier.send(row)\n"
    source = Source("service/deliver.py", text)
    assert (find_sends(source), find_calls_in_transaction(source)) == ([3], [])
