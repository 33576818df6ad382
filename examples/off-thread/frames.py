"""The frames of the page: how many come a second, and what moves with them."""

from gossamer import on_cleanup, signal
from js import cancelAnimationFrame, requestAnimationFrame
from pyodide.ffi import create_proxy

SPAN = 500  # milliseconds that are counted together
TURN = 2400  # milliseconds from one end of the thread to the other and back


def use_frames():
    """Signals that live with the page: frames a second, the longest wait for one, a place."""
    rate, set_rate = signal(0)
    longest, set_longest = signal(0)
    place, set_place = signal(0.0)
    count, worst, before, begin = 0, 0.0, 0.0, 0.0

    def frame(now):
        nonlocal count, worst, before, begin, request
        request = requestAnimationFrame(proxy)
        if before:
            count += 1
            worst = max(worst, now - before)
        begin = begin or now
        before = now
        set_place(1 - abs(1 - 2 * (now % TURN) / TURN))
        if now - begin >= SPAN:
            set_rate(round(1000 * count / (now - begin)))
            set_longest(round(worst))
            count, worst, begin = 0, 0.0, now

    def stop():
        cancelAnimationFrame(request)
        proxy.destroy()

    proxy = create_proxy(frame)
    request = requestAnimationFrame(proxy)
    on_cleanup(stop)
    return rate, longest, place
