"""The Mandelbrot set in bands, each a small picture: what a worker computes."""

import struct
import zlib
from base64 import b64encode
from math import log2

WIDTH, HEIGHT, BAND = 400, 250, 10
BANDS = HEIGHT // BAND
DEPTH = 180


def weave(x, y, width, band):
    """A band of the picture around a point, as an address for an <img>."""
    step = width / WIDTH
    left = x - width / 2
    top = y - step * HEIGHT / 2 + step * BAND * band
    rows = [
        bytes([0, *(shade(left + step * column, top + step * row) for column in range(WIDTH))])
        for row in range(BAND)
    ]
    return "data:image/png;base64," + b64encode(picture(b"".join(rows))).decode()


def shade(x, y):
    """How long a point stays near, from 1 to 255; 0 is for ever."""
    across = x - 0.25
    distance = across * across + y * y
    if distance * (distance + across) < y * y / 4 or (x + 1) ** 2 + y * y < 1 / 16:
        return 0  # the two large discs need no count
    point = complex(x, y)
    z = point
    for number in range(DEPTH):
        z = z * z + point
        if abs(z) > 8:
            smooth = max(number + 1 - log2(log2(abs(z))), 0)
            return min(max(int(255 * (smooth / DEPTH) ** 0.4), 1), 255)
    return 0


def picture(rows):
    """Rows of shades as a PNG: the longer a point stays, the warmer and the denser the thread."""
    colours = bytes(
        round(cold + (warm - cold) * number / 255)
        for number in range(256)
        for cold, warm in ((96, 228), (122, 82), (118, 44))
    )
    density = bytes(round(255 * (number / 255) ** 0.9) for number in range(256))
    head = struct.pack(">IIBBBBB", WIDTH, BAND, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", colours), (b"tRNS", density)]
    parts += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
