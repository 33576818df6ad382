"""Letters in a tray: they come, fall, glide to their places, and can be put back."""

from itertools import count
from random import choice, shuffle

from gossamer import AnimatedShow, For, Signal, component, memo, mount, view

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Letter:
    """A letter in the tray: two of the same are still two."""

    numbers = count(1)

    def __init__(self, text: str):
        self.text = text
        self.number = next(self.numbers)


@component
def Tray():
    letters = Signal([Letter(text) for text in "GOSSAMER"])
    removed = Signal(None)  # the letter that can be put back, and where it stood
    amount = memo(lambda: len(letters()))
    noun = memo(lambda: "letter" if amount() == 1 else "letters")

    def add():
        letters.update(lambda old: [*old, Letter(choice(ALPHABET))])

    def shuffled():
        mixed = list(letters.peek())
        shuffle(mixed)
        letters.set(mixed)

    def in_order():
        letters.update(lambda old: sorted(old, key=lambda letter: letter.text))

    def spell():
        """Keep the letters of GOSSAMER that are there, and add those that are missing."""
        left = list(letters.peek())
        word = []
        for text in "GOSSAMER":
            found = next((letter for letter in left if letter.text == text), None)
            if found:
                left.remove(found)
            word.append(found or Letter(text))
        letters.set(word)
        removed.set(None)

    def put_back():
        letter, place = removed.peek()
        letters.update(lambda old: [*old[:place], letter, *old[place:]])
        removed.set(None)

    def show(letter: Letter):
        def remove():
            place = letters.peek().index(letter)
            letters.update(lambda old: [other for other in old if other is not letter])
            removed.set((letter, place))

        return t"""
            <li><button class="letter" aria-label="Remove {letter.text}" on:click={remove}>
              {letter.text}
            </button></li>
        """

    def message(last):
        def text():
            return last()[0].text

        return t"""
            <p class="message" role="status">
              <span><b>{text}</b> has left.</span>
              <button class="button" on:click={put_back}>Put it back</button>
            </p>
        """

    return view(t"""
        <p class="tools">
          <button class="button" on:click={add}>Add a letter</button>
          <button class="button" on:click={shuffled}>Shuffle</button>
          <button class="button" on:click={in_order}>Sort</button>
          <button class="button" on:click={spell}>Spell Gossamer</button>
        </p>
        <p class="sum"><output>{amount}</output> {noun}</p>
        <ul class="tray">
          <{For} each={letters} key={(lambda letter: letter.number)} leave="falls" move={0.5}>
            {show}
          </{For}>
        </ul>
        <div class="foot">
          <{AnimatedShow} when={removed} show_class="comes" hide_class="goes">
            {message}
          </{AnimatedShow}>
        </div>
    """)


mount(Tray(), "#app")
