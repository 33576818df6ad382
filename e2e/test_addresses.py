"""Addresses: what we let through is what Chromium would not run as a script."""

import os
import random

from gossamer.template import names

SPACES = [
    "",
    "",
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\x01",
    "\x1f",
    "\x0b",
    "\x7f",
    "\u00a0",
    "\u2028",
    "\ufeff",
]
SCHEMES = [
    "javascript", "JavaScript", "vbscript", "data", "DATA", "http", "https", "mailto", "tel", "sms", "geo", "ftp",
    "blob", "webcal", "file", "about", "view-source", "filesystem", "x", "1a", "a1+.-z", "é", "\uff4aavascript",
]  # fmt: skip
REST = [
    ":", "::", "//", "/", "\\", "?", "#", "@", "%3a", "&colon;", "alert(1)", "text/html,x", "image/png;base64,A",
    "example.com", "[::1]", "a b", ":80", "", "javascript:1",
]  # fmt: skip


def random_address(source: random.Random) -> str:
    """A scheme, mostly, with white space and controls in it, and something that follows."""
    scheme = source.choice(SCHEMES)
    if source.random() < 0.4:
        cut = source.randrange(len(scheme) + 1)
        scheme = scheme[:cut] + source.choice(SPACES) + scheme[cut:]
    colon = source.choice([":", ":", ":", ":", " :", "\t:", "", "%3A"])
    rest = "".join(source.choices(REST, k=source.randint(0, 3)))
    return source.choice(SPACES) + source.choice(SPACES) + scheme + colon + rest


def test_an_address_is_refused_exactly_when_its_scheme_is_not_known(page) -> None:
    seed = int(os.environ.get("SEED", random.randrange(10**9)))
    print(f"SEED={seed}")
    source = random.Random(seed)
    addresses = [random_address(source) for _ in range(int(os.environ.get("ADDRESSES", "5000")))]

    schemes = page.evaluate(
        """(addresses) => addresses.map((address) => {
          const base = 'https://example.com/a/b';
          return URL.canParse(address, base) ? new URL(address, base).protocol.slice(0, -1) : '';
        })""",
        addresses,
    )

    wrong = [
        (address, scheme)
        for address, scheme in zip(addresses, schemes, strict=True)
        if scheme and names.check_url(address, names.URL) != (scheme in names._LINK_SCHEMES)
    ]
    refused = sum(scheme not in names._LINK_SCHEMES for scheme in schemes if scheme)
    print(f"{len(addresses)} addresses: {schemes.count('')} invalid, {refused} refused")
    assert not wrong, wrong[:5]
    assert refused > len(addresses) // 10
