"""Sealed columns: what is personal is encrypted in the database and found again by a keyed mark."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealError(ValueError):
    """A key is unusable, or a sealed value cannot be opened with the keys at hand."""


class Seal:
    """Encrypts with the newest key, opens with any, and marks values so that equal ones can be found."""

    def __init__(self, keys: Sequence[str]):
        """`keys` are url-safe base64 keys of 32 bytes, newest first. Raises SealError on a bad one."""
        if not keys:
            raise SealError("AFTERKIT_KEYS is empty: at least one key is needed.")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except (ValueError, TypeError):
            raise SealError("AFTERKIT_KEYS holds a key that is not 32 bytes of url-safe base64.") from None
        self._mark_keys = [hashlib.sha256(b"mark" + base64.urlsafe_b64decode(key)).digest() for key in keys]

    def close(self, text: str) -> bytes:
        """The sealed form of `text`."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """The text in `sealed`. Raises SealError when no key fits."""
        try:
            return self._fernet.decrypt(bytes(sealed)).decode()
        except InvalidToken:
            raise SealError("A sealed value does not open: is a key missing from AFTERKIT_KEYS?") from None

    def mark(self, text: str) -> str:
        """A keyed fingerprint of `text` under the newest key."""
        return self.marks(text)[0]

    def marks(self, text: str) -> list[str]:
        """The fingerprints of `text` under every key, newest first, to find rows marked before a key change."""
        return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in self._mark_keys]


def make_key() -> str:
    """A fresh key for AFTERKIT_KEYS."""
    return Fernet.generate_key().decode()
