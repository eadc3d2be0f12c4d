"""Sealed columns: what is personal is encrypted in the database and found again by a keyed mark."""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES = b"\x01"  # the first byte of what is sealed with AES-GCM; values from before it are Fernet's
NONCE_BYTES = 12


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
        self._ciphers = [
            AESGCM(hashlib.sha256(b"seal" + base64.urlsafe_b64decode(key)).digest()) for key in keys
        ]
        self._mark_keys = [hashlib.sha256(b"mark" + base64.urlsafe_b64decode(key)).digest() for key in keys]

    def close(self, text: str) -> bytes:
        """The sealed form of `text`."""
        nonce = os.urandom(NONCE_BYTES)
        return AES + nonce + self._ciphers[0].encrypt(nonce, text.encode(), AES)

    def open(self, sealed: bytes) -> str:
        """The text in `sealed`. Raises SealError when no key fits."""
        whole = bytes(sealed)
        try:
            opened = self._open(whole) if whole[:1] == AES else self._fernet.decrypt(whole)
        except (InvalidToken, InvalidTag, ValueError):
            raise SealError("A sealed value does not open: is a key missing from AFTERKIT_KEYS?") from None
        return opened.decode()

    def _open(self, whole: bytes) -> bytes:
        """What AES-GCM sealed, under any of the keys. Raises InvalidTag."""
        nonce, words = whole[1 : NONCE_BYTES + 1], whole[NONCE_BYTES + 1 :]
        for cipher in self._ciphers:
            with suppress(InvalidTag):
                return cipher.decrypt(nonce, words, AES)
        raise InvalidTag

    def mark(self, text: str) -> str:
        """A keyed fingerprint of `text` under the newest key."""
        return self.marks(text)[0]

    def marks(self, text: str) -> list[str]:
        """The fingerprints of `text` under every key, newest first, to find rows marked before a key change."""
        return [hmac.digest(key, text.encode(), "sha256").hex() for key in self._mark_keys]


def make_key() -> str:
    """A fresh key for AFTERKIT_KEYS."""
    return Fernet.generate_key().decode()
