"""How each library says the same things."""


class Words:
    """A library's expressions, with braces where the arguments go."""

    def __init__(self, imports, *, signal, read, write, memo, effect, dispose, batch):
        self.imports = imports
        self.signal = signal.format
        self.read = read.format
        self.write = write.format
        self.memo = memo.format
        self.effect = effect.format
        self.dispose = dispose.format
        self.batch = batch


CORES = {
    "gossamer": Words(
        # the others run effects inside the write: so does a host that flushes at once
        "from gossamer.reactive import Signal, at_once, batch, effect, memo, set_scheduler\n"
        "set_scheduler(at_once)",
        signal="Signal({})",
        read="{}()",
        write="{}.set({})",
        memo="memo({})",
        effect="effect({})",
        dispose="{}.dispose()",
        batch="batch()",
    ),
    "reaktiv": Words(
        "from reaktiv import batch, computed, effect, signal",
        signal="signal({})",
        read="{}()",
        write="{}.set({})",
        memo="computed({})",
        effect="effect({})",
        dispose="{}.dispose()",
        batch="batch()",
    ),
    "signified": Words(
        "from signified import Computed, Effect, Signal, batch",
        signal="Signal({})",
        read="{}.value",
        write="{}.value = {}",
        memo="Computed({})",
        effect="Effect({})",
        dispose="{}.dispose()",
        batch="batch()",
    ),
}
