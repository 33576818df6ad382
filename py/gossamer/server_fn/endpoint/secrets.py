"""The key that signs what a browser keeps for us."""

import hashlib
import hmac
import logging
import os
import secrets
from typing import Final

VARIABLE: Final = "GOSSAMER_SECRET"
SHORTEST: Final = 16

_log = logging.getLogger("gossamer.server")
_key: list[bytes] = []


def set_secret(text: str) -> None:
    """Sign with a key that is made of a text: the same in each worker, and known to nobody else."""
    if len(text) < SHORTEST:
        raise ValueError(f"a secret has {SHORTEST} characters at least")
    _key[:] = [hashlib.sha256(text.encode()).digest()]


def sign(data: bytes, purpose: str) -> bytes:
    """The signature of some data, which is worth nothing for another purpose."""
    if not _key:
        text = os.environ.get(VARIABLE, "")
        if not text:
            _log.warning("%s is not set: what this process signs, no other one accepts", VARIABLE)
        set_secret(text or secrets.token_hex())
    return hmac.digest(_key[0], purpose.encode() + b"\0" + data, "sha256")


def is_signed(data: bytes, signature: bytes, purpose: str) -> bool:
    """Whether a signature is ours."""
    return hmac.compare_digest(sign(data, purpose), signature)
