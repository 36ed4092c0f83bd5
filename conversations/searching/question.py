"""What somebody looks for, in words of the index, and where it stands in a text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from conversations.searching import signs, words
from conversations.searching.words import Word

Span = tuple[int, int]


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other; with `begun`, the last begins a word."""

    words: tuple[str, ...]
    begun: bool = False

    @property
    def digits(self) -> str:
        """The digits of a number in any format; "" for ordinary words."""
        first = self.words[0]
        return first[1:] if first.startswith(signs.NUMBER) else ""


LINK = Term((signs.LINK,))


def terms(text: str, *, begun: bool = False) -> Iterator[Term]:
    """What was written as one, such as a word or a phrase.

    A run of a script without spaces is a term by itself, wherever it stands.
    """
    together: list[str] = []
    for piece in words.PIECE.finditer(text):
        if piece["dense"]:
            yield from phrase(together)
            together = []
            yield run(piece[0])
        elif word := piece["sign"] or words.folded(piece[0]):
            together.append(word)
    yield from phrase(together, begun=begun)


def phrase(together: list[str], *, begun: bool = False) -> Iterator[Term]:
    """One letter begins so many words that it is taken for a word of its own."""
    if together:
        yield Term(tuple(together), begun and len(together[-1]) > 1)


def run(letters: str) -> Term:
    pairs = [pair.word for pair in words.pairs(letters, 0)]
    return Term(tuple(pairs[:-1])) if len(pairs) > 1 else Term(tuple(pairs), begun=True)


def number(digits: str) -> Term:
    """A run of at least `signs.FEWEST_DIGITS` digits, wherever in a number."""
    return Term((signs.NUMBER + digits[: signs.MOST_DIGITS],), begun=True)


def found_in(text: str, wanted: Iterable[Term]) -> list[Span] | None:
    """Where they stand, in order; None unless every one of them does."""
    placed = list(words.placed(text))[: words.MOST_WORDS]
    spans: list[Span] = []
    for term in wanted:
        found = list(places(text, placed, term))
        if not found:
            return None
        spans += found
    return sorted(set(spans))


def places(text: str, placed: Sequence[Word], term: Term) -> Iterator[Span]:
    if term == LINK:
        yield from (match.span() for match in signs.LINKED.finditer(text))
    elif term.digits:
        yield from in_numbers(text, term.digits)
    else:
        yield from in_words(placed, term)


def in_numbers(text: str, digits: str) -> Iterator[Span]:
    for number in signs.numbers(text):
        place = number.digits.find(digits)
        if place >= 0:
            yield number.places[place], number.places[place + len(digits) - 1] + 1


def in_words(placed: Sequence[Word], term: Term) -> Iterator[Span]:
    size = len(term.words)
    for start in range(len(placed) - size + 1):
        here = placed[start : start + size]
        if stand(here, term):
            last = here[-1]
            reach = len(term.words[-1]) if last.dense else last.end - last.start
            yield here[0].start, last.start + reach


def stand(here: Sequence[Word], term: Term) -> bool:
    """Whether these words of a text are those of the term."""
    *others, last = (each.word for each in here)
    *wanted, end = term.words
    return others == wanted and (last.startswith(end) if term.begun else last == end)
