"""What pages tell browsers to be wary of."""

import secrets
from collections.abc import Mapping
from typing import Final

POLICY: Final = {
    "script-src": "'self' 'wasm-unsafe-eval' 'nonce-{nonce}'",
    "style-src": "'self' 'nonce-{nonce}'",
    "style-src-attr": "'unsafe-inline'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
"""The Content-Security-Policy of pages: Python runs, and nothing that the server did not send."""

HEADERS: Final = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
)
"""What every answer says."""


def make_nonce() -> str:
    """A word that only this answer knows: inline scripts and styles have to say it."""
    return secrets.token_urlsafe(16)


def write_policy(changes: Mapping[str, str], nonce: str) -> str:
    """The policy of one page: ours, with what an app says differently.

    >>> write_policy({"style-src": "", "img-src": "'self' data:"}, "abc").partition(";")[0]
    "script-src 'self' 'wasm-unsafe-eval' 'nonce-abc'"
    """
    said = {**POLICY, **changes}
    return "; ".join(f"{name} {value}" for name, value in said.items() if value).replace(
        "{nonce}", nonce
    )
