"""What a process does with a piece of the input: read, check, keep, screen."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.intake.checks import check
from tidewaiter.intake.reading import ReadBatch, ReadOptions, Source
from tidewaiter.intake.registry import read_all
from tidewaiter.intake.versions import keys
from tidewaiter.lake import scratch
from tidewaiter.lake.parts import local_day, write_part, write_partitioned
from tidewaiter.runs.criteria import Criteria, CriteriaFiles
from tidewaiter.selection.draw import draws


@dataclass(frozen=True)
class Piece:
    """A piece of work: sources to read here, or a batch that was read elsewhere because its file cannot be split."""

    number: int
    sources: tuple[Source, ...] = ()
    batch: ReadBatch | None = None
    size: int = 0
    """Bytes of input that this piece stands for."""


@dataclass
class Doubts:
    """What was doubtful about consignments that were kept."""

    flags: Counter[str] = field(default_factory=Counter)
    """Flags by code."""
    unjudged: Counter[str] = field(default_factory=Counter)
    """For each profile: consignments that it could not judge because a currency has no rate."""

    def add(self, other: "Doubts") -> None:
        """Add other doubts to these."""
        self.flags.update(other.flags)
        self.unjudged.update(other.unjudged)


@dataclass
class Outcome:
    """What came of a piece."""

    size: int = 0
    read: int = 0
    accepted: int = 0
    messages: int = 0
    synthetic: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    doubts: Doubts = field(default_factory=Doubts)
    inspections: int = 0

    def add(self, other: "Outcome") -> None:
        """Add another outcome to this one."""
        self.size += other.size
        self.read += other.read
        self.accepted += other.accepted
        self.messages += other.messages
        self.synthetic += other.synthetic
        self.inspections += other.inspections
        self.rejects.update(other.rejects)
        self.doubts.add(other.doubts)


@dataclass(frozen=True)
class Preparation:
    """Makes a process ready. What it loaded travels with it when it is pickled."""

    root: Path
    criteria: CriteriaFiles
    options: ReadOptions
    seed: int

    def __call__(self) -> Callable[[Piece], Outcome]:
        """Compile the criteria and give the work."""
        keeper = Keeper(self.root, self.criteria.load()[0], self.seed)
        return lambda piece: work_on(piece, keeper, self.options)


@dataclass
class Keeper:
    """Keeps batches: checks, writes and screens them."""

    root: Path
    criteria: Criteria
    seed: int

    def keep(self, batch: pa.RecordBatch, name: str) -> Doubts:
        """Check a batch of consignments, write it and its hits under ``name``, and count what was doubtful."""
        checked = check(batch)
        placed = {
            "day": local_day(checked),
            "draw": pa.array(draws(self.seed, checked.column("consignment_id"))),
        }
        columns = {**dict(zip(checked.schema.names, checked.columns, strict=True)), **placed}
        for path, rows in write_partitioned(self.root, "consignment", name, pa.RecordBatch.from_pydict(columns)):
            scratch.keep(self.root, path, rows)
        screened = self.criteria.screen(checked, placed["day"])
        if screened.hits.num_rows:
            write_partitioned(self.root, "hit", name, _with_place(screened.hits, columns))
        return Doubts(_flag_counts(checked), Counter(screened.unjudged))

    def keep_keys(self, batch: pa.RecordBatch, name: str) -> None:
        """Write the keys by which the versions of one declaration find each other."""
        write_part(self.root, "declaration_key", name, keys(batch))


def work_on(piece: Piece, keeper: Keeper, options: ReadOptions) -> Outcome:
    """Do a piece: give its counts; consignments, hits, keys, rejects and inspections are on disk."""
    outcome = Outcome(size=piece.size)
    batches = [piece.batch] if piece.batch is not None else read_all(piece.sources, options)
    for number, together in enumerate(_gathered(iter(batches), options.batch_rows)):
        name = f"{piece.number:06d}-{number:04d}"
        for batch in together:
            outcome.read += batch.read
            outcome.accepted += batch.accepted
            outcome.rejects.update(batch.rejects.column("code").to_pylist())
        write_part(keeper.root, "reject", name, pa.Table.from_batches([batch.rejects for batch in together]))
        inspections = [batch.inspections for batch in together if batch.inspections is not None]
        if inspections:
            table = pa.Table.from_batches(inspections)
            outcome.inspections += table.num_rows
            write_part(keeper.root, "inspection", name, table)
        consignments = pa.concat_batches([batch.consignments for batch in together])
        if consignments.num_rows:
            outcome.messages += consignments.num_rows
            outcome.synthetic += pc.sum(consignments.column("synthetic")).as_py() or 0
            outcome.doubts.add(keeper.keep(consignments, name))
            keeper.keep_keys(consignments, name)
    return outcome


def _gathered(batches: Iterator[ReadBatch], rows: int) -> Iterator[list[ReadBatch]]:
    """Put small batches together: ten thousand files of one declaration each are not ten thousand parts."""
    together: list[ReadBatch] = []
    size = 0
    for batch in batches:
        if together and size + batch.read > rows:
            yield together
            together, size = [], 0
        together.append(batch)
        size += batch.read
    if together:
        yield together


def _with_place(hits: pa.RecordBatch, columns: dict[str, pa.Array]) -> pa.RecordBatch:
    at = pc.index_in(hits.column("message_id"), value_set=columns["message_id"])
    placed = {name: columns[name].take(at) for name in ("consignment_id", "administration", "office", "day", "draw")}
    return pa.RecordBatch.from_pydict({**dict(zip(hits.schema.names, hits.columns, strict=True)), **placed})


def _flag_counts(batch: pa.RecordBatch) -> Counter[str]:
    codes = batch.column("flags").flatten()
    if len(codes) == 0:
        return Counter()
    counts = pc.value_counts(codes.field("code"))
    return Counter({row["values"]: row["counts"] for row in counts.to_pylist()})
