"""Which declaration each message belongs to.

The rules, in order. A message is joined to the declaration whose number it names; of several with that number, to the
one whose consignment id it bears. A system report bears both the number that customs gave and the reference that the
trader gave, and so makes the two known as one. Where a message names no number, or one that nobody knows, the
functional reference decides; where that says nothing, the consignment id does, be it one that the input gave or one
that a house bill or parcel number stands for. With an unknown number, either must point to exactly one declaration
without a number; a join by reference is then marked. More than one possible declaration: the message waits as
``ambiguous``; none: as ``declaration_missing``.

Each step looks at all messages of its kind before it joins any, so that their order does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.versions.declarations import Declaration
from tidewaiter.intake.versions.naming import Name, Naming

__all__ = ["AMBIGUOUS", "BY_REFERENCE", "MISSING", "Joined", "join"]

AMBIGUOUS = "ambiguous"
MISSING = "declaration_missing"
BY_REFERENCE = "joined_by_functional_reference"


@dataclass
class Joined:
    """All declarations, and the messages that wait, each with the reason."""

    declarations: list[Declaration]
    waiting: list[tuple[Naming, str]] = field(default_factory=list)


def join(declarations: list[Declaration], messages: Iterable[Naming]) -> Joined:
    """Join messages, none of them an original or a duplicate, to their declarations: reports first."""
    by_kind: dict[bool, list[Naming]] = defaultdict(list)
    for message in messages:
        by_kind[message.function == MessageFunction.REPORT].append(message)
    joined = Joined(declarations)
    by_number: dict[Name, list[Declaration]] = defaultdict(list)
    for declaration in declarations:
        for name in {declaration.original.id, *declaration.numbers}:
            by_number[name].append(declaration)
    for is_report in (True, False):
        _Round(joined, by_number).join(by_kind[is_report], mark=not is_report)
    return joined


class _Round:
    """One step: all messages of a kind against all that is known before it.

    What is possible is looked for until there are two: more would change nothing, and a reference such as "N/A" can
    stand in any number of declarations.
    """

    def __init__(self, joined: Joined, by_number: dict[Name, list[Declaration]]) -> None:
        self._waiting = joined.waiting
        self._by_number = by_number
        self._of_id: dict[tuple[Name, str], list[Declaration]] = defaultdict(list)
        for name, known in by_number.items():
            if len(known) > 1:
                for declaration in known:
                    self._of_id[name, declaration.original.consignment_id].append(declaration)
        self._any = _Bearers(joined.declarations)
        self._unnumbered = _Bearers(one for one in joined.declarations if not one.numbers)

    def join(self, messages: list[Naming], *, mark: bool) -> None:
        """Join messages of one kind; ``mark`` says whether a join by reference alone is a doubt."""
        unknown: dict[Name, list[Naming]] = defaultdict(list)
        settled: list[tuple[Naming, list[Declaration]]] = []
        for message in messages:
            number = message.number
            if number is None:
                settled.append((message, self._any.meant_by(message)[0]))
            elif number in self._by_number:
                settled.append((message, self._numbered(number, message)))
            else:
                unknown[number].append(message)
        claims = {number: self._claimed(namers) for number, namers in unknown.items()}
        claimants = Counter(claimed[0].row for claimed, _ in claims.values() if len(claimed) == 1)
        for number, namers in unknown.items():
            claimed, by_reference = claims[number]
            if len(claimed) == 1 and claimants[claimed[0].row] > 1:
                # One declaration cannot have two numbers: whichever message means it, another one does not.
                self._waiting.extend((message, AMBIGUOUS) for message in namers)
                continue
            if len(claimed) == 1:
                claimed[0].numbers.add(number)
                self._by_number[number].append(claimed[0])
                claimed[0].flags.update([BY_REFERENCE] if mark and by_reference else [])
            settled.extend((message, claimed) for message in namers)
        for message, possible in settled:
            if len(possible) == 1:
                possible[0].versions.append(message)
            else:
                self._waiting.append((message, AMBIGUOUS if possible else MISSING))

    def _numbered(self, number: Name, message: Naming) -> list[Declaration]:
        known = self._by_number[number]
        return self._of_id.get((number, message.consignment_id), known) if len(known) > 1 else known

    def _claimed(self, namers: list[Naming]) -> tuple[list[Declaration], bool]:
        """Declarations without a number that messages which name the same unknown one may mean, and how they do."""
        meant = [self._unnumbered.meant_by(message) for message in namers]
        by_reference = any(referred for _, referred in meant)
        return _two(declaration for possible, _ in meant for declaration in possible), by_reference


class _Bearers:
    """Declarations by their functional references and by their id."""

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self._by_id: dict[Name, list[Declaration]] = defaultdict(list)
        self._by_reference: dict[tuple[object, ...], list[Declaration]] = defaultdict(list)
        for declaration in declarations:
            original = declaration.original
            self._by_id[original.id].append(declaration)
            for reference in dict.fromkeys(original.references):
                name = (original.administration, reference)
                for further in ((), (original.declarant,)):
                    self._by_reference[*name, *further].append(declaration)
                    self._by_reference[*name, *further, original.id].append(declaration)

    def meant_by(self, message: Naming) -> tuple[list[Declaration], bool]:
        """Give up to two declarations that a message may mean, and whether it is by reference.

        Of those that bear a reference of the message and, where both name one, its declarant, the ones that bear its
        id too come first.
        """
        for further in ((message.id,), ()):
            found = _two(self._referred(message, further))
            if found:
                return found, True
        return self._by_id.get(message.id, [])[:2], False

    def _referred(self, message: Naming, further: tuple[Name, ...]) -> Iterator[Declaration]:
        for reference in message.references:
            name = (message.administration, reference)
            if message.declarant is None:
                yield from self._by_reference.get((*name, *further), ())
            else:
                for declarant in (message.declarant, None):
                    yield from self._by_reference.get((*name, declarant, *further), ())


def _two(declarations: Iterable[Declaration]) -> list[Declaration]:
    """Give the first two that differ: more would change nothing."""
    found: dict[int, Declaration] = {}
    for declaration in declarations:
        found[declaration.row] = declaration
        if len(found) > 1:
            break
    return list(found.values())
