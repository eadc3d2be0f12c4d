"""What is wrong with a language's catalogue file, in sentences a translator can act on."""

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from messages.catalogue import Message, list_messages, list_params
from messages.languages import LOCALES
from model import Level


def read_catalogue(code: str) -> Catalog:
    """The messages.po of one language. Raises FileNotFoundError when there is none."""
    with (LOCALES / code / "LC_MESSAGES" / "messages.po").open("rb") as handle:
        return read_po(handle, locale=code, abort_invalid=True)


def list_faults(code: str) -> list[str]:
    """Everything that keeps a language from being complete: untranslated, stale, or with other parameters."""
    return [*list_untranslated(code), *list_stale(code), *list_wrong_parameters(code)]


def list_untranslated(code: str) -> list[str]:
    """The texts that would be sent in English for want of a translation."""
    catalogue = read_catalogue(code)
    return [
        f"{code}: {message.context(level)} is not translated"
        for message, level in list_texts()
        if not is_translated(catalogue.get(message.text(level), message.context(level)))
    ]


def list_stale(code: str) -> list[str]:
    """The entries whose English words the catalogue no longer has."""
    wanted = {(message.context(level), message.text(level)) for message, level in list_texts()}
    entries = [entry for entry in read_catalogue(code) if entry.id]
    return [
        f"{code}: {entry.context} is stale" for entry in entries if (entry.context, entry.id) not in wanted
    ]


def list_wrong_parameters(code: str) -> list[str]:
    """The translations whose parameters in braces are not those of their English text."""
    return [
        f"{code}: {entry.context} must have the parameters {list_params(str(entry.id))}"
        for entry in read_catalogue(code)
        if entry.id and entry.string and not has_same_params(entry)
    ]


def has_same_params(entry: Entry) -> bool:
    """Whether English and translation name the same parameters; an unpaired brace counts as no."""
    try:
        return sorted(list_params(str(entry.string))) == sorted(list_params(str(entry.id)))
    except ValueError:
        return False


def is_translated(entry: Entry | None) -> bool:
    """Whether an entry has words that are not waiting for a translator's second look."""
    return entry is not None and bool(entry.string) and not entry.fuzzy


def list_texts() -> list[tuple[Message, Level]]:
    """Every message at every level that has words of its own."""
    return [(message, level) for message in list_messages() for level in message.levels]
