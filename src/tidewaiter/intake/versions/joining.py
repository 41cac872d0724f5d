"""Which declaration each message belongs to.

The rules, in order. A message is joined to the declaration whose number it names. A system report bears both the number
that customs gave and the reference that the trader gave, and so makes the two known as one. Where a number is known to
nobody, the functional reference decides if exactly one declaration without a known number bears it, and the join is
marked. More than one possible declaration: the message waits as ``ambiguous``; none: as ``declaration_missing``.

Each step looks at all messages of its kind before it joins any, so that their order does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.versions.naming import Naming

__all__ = ["AMBIGUOUS", "BY_REFERENCE", "DUPLICATE_NUMBER", "MISSING", "Declaration", "Joined", "join"]

AMBIGUOUS = "ambiguous"
MISSING = "declaration_missing"
BY_REFERENCE = "joined_by_functional_reference"
DUPLICATE_NUMBER = "duplicate_declaration_number"

Number = tuple[str, str]


@dataclass(slots=True)
class Declaration:
    """An original and what was joined to it."""

    original: Naming
    consignment_id: str
    numbers: set[Number] = field(default_factory=set)
    versions: list[Naming] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)


@dataclass
class Joined:
    """All declarations, and the messages that wait, each with the reason."""

    declarations: list[Declaration]
    waiting: list[tuple[Naming, str]]


def join(messages: Iterable[Naming]) -> Joined:
    """Join messages, none of them a duplicate, to their declarations."""
    by_function: dict[bool | None, list[Naming]] = defaultdict(list)
    for message in messages:
        is_report = message.function == MessageFunction.REPORT
        by_function[None if message.is_original else is_report].append(message)
    known = _Known(_declarations(by_function[None]))
    known.join(by_function[True], mark=False)
    known.join(by_function[False], mark=True)
    return Joined(known.declarations, known.waiting)


def _declarations(originals: list[Naming]) -> list[Declaration]:
    """Make declarations of originals. Those that bear one name are kept apart, and say so."""
    namesakes: dict[tuple[str, ...], list[Naming]] = defaultdict(list)
    found: list[Declaration] = []
    for original in originals:
        if original.number is not None:
            namesakes["number", *original.number].append(original)
        elif original.references:
            name = (original.administration, original.declarant or "", original.references[0])
            namesakes["reference", *name].append(original)
        else:
            found.append(Declaration(original, original.consignment_id))
    for same in namesakes.values():
        same.sort(key=lambda message: (message.issued is None, message.issued or 0, message.place))
        for count, original in enumerate(same, start=1):
            declaration = Declaration(original, original.consignment_id + ("" if count == 1 else f"~{count}"))
            declaration.numbers.update((original.administration, number) for number in original.numbers)
            if len(same) > 1:
                declaration.flags.add(DUPLICATE_NUMBER)
            found.append(declaration)
    return found


class _Known:
    """Declarations by all that is known to name them."""

    def __init__(self, declarations: list[Declaration]) -> None:
        self.declarations = declarations
        self.waiting: list[tuple[Naming, str]] = []
        self._by_number: dict[Number, list[Declaration]] = defaultdict(list)
        self._by_reference: dict[Number, list[Declaration]] = defaultdict(list)
        for declaration in declarations:
            for number in declaration.numbers:
                self._by_number[number].append(declaration)
            for reference in declaration.original.references:
                self._by_reference[declaration.original.administration, reference].append(declaration)

    def join(self, messages: list[Naming], *, mark: bool) -> None:
        """Join messages of one kind; ``mark`` says whether a join by reference alone is a doubt."""
        unknown: dict[Number, list[Naming]] = defaultdict(list)
        settled: list[tuple[Naming, list[Declaration]]] = []
        for message in messages:
            if message.number is None:
                settled.append((message, self._bearing(message)))
            elif message.number in self._by_number:
                settled.append((message, self._by_number[message.number]))
            else:
                unknown[message.number].append(message)
        claims = {number: self._claimed(namers) for number, namers in unknown.items()}
        claimants = Counter(declaration.original.message_id for claimed in claims.values() for declaration in claimed)
        for number, namers in unknown.items():
            claimed = claims[number]
            if any(claimants[declaration.original.message_id] > 1 for declaration in claimed):
                # One declaration cannot have two numbers: whichever message means it, another one does not.
                self.waiting.extend((message, AMBIGUOUS) for message in namers)
                continue
            if len(claimed) == 1:
                claimed[0].numbers.add(number)
                self._by_number[number].append(claimed[0])
                claimed[0].flags.update([BY_REFERENCE] if mark else [])
            settled.extend((message, claimed) for message in namers)
        for message, possible in settled:
            self._settle(message, possible)

    def _settle(self, message: Naming, possible: list[Declaration]) -> None:
        if len(possible) == 1:
            possible[0].versions.append(message)
        else:
            self.waiting.append((message, AMBIGUOUS if possible else MISSING))

    def _claimed(self, namers: list[Naming]) -> list[Declaration]:
        """Declarations without a known number that one of these messages, which name the same unknown one, may mean."""
        found = {
            declaration.original.message_id: declaration
            for message in namers
            for declaration in self._bearing(message)
            if not declaration.numbers
        }
        return list(found.values())

    def _bearing(self, message: Naming) -> list[Declaration]:
        """Declarations that bear a functional reference of the message and, where both name one, its declarant."""
        found = {
            declaration.original.message_id: declaration
            for reference in message.references
            for declaration in self._by_reference.get((message.administration, reference), ())
            if message.declarant is None or declaration.original.declarant in (None, message.declarant)
        }
        return list(found.values())
