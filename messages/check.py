"""What is wrong with a language's catalogue file, in sentences a translator can act on."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from messages.catalogue import Message, list_messages, list_params
from messages.languages import LOCALES
from model import Level


def find_source(code: str) -> Path:
    """Where the translations of one language are."""
    return LOCALES / code / "LC_MESSAGES" / "messages.po"


def read_catalogue(source: Path) -> Catalog:
    """One messages.po. Raises FileNotFoundError, and PoFileError on a line that cannot be read."""
    with source.open("rb") as handle:
        return read_po(handle, abort_invalid=True)


def list_faults(catalogue: Catalog) -> list[str]:
    """Everything that keeps a language from being complete: untranslated, stale, or with other parameters."""
    return [*list_untranslated(catalogue), *list_stale(catalogue), *list_wrong_parameters(catalogue)]


def list_untranslated(catalogue: Catalog) -> list[str]:
    """The texts that would be sent in English for want of a translation."""
    return [
        f"{catalogue.locale_identifier}: {message.context(level)} is not translated"
        for message, level in list_texts()
        if not is_translated(catalogue.get(message.text(level), message.context(level)))
    ]


def list_stale(catalogue: Catalog) -> list[str]:
    """The entries whose English words are not those of the texts we send."""
    wanted = {(message.context(level), message.text(level)) for message, level in list_texts()}
    entries = [entry for entry in catalogue if entry.id and (entry.context, entry.id) not in wanted]
    return [f"{catalogue.locale_identifier}: {entry.context} is stale" for entry in entries]


def list_wrong_parameters(catalogue: Catalog) -> list[str]:
    """The translations whose parameters in braces are not those of their English text."""
    return [
        f"{catalogue.locale_identifier}: {entry.context} must have the parameters {list_params(str(entry.id))}"
        for entry in catalogue
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
