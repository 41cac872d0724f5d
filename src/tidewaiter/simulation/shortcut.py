"""The shortcut test: does one column, or a copy of an earlier row, give the truth away?

The public set of 54 000 synthetic declarations (arXiv 2208.02484) fails this: rows of its test part are copies of rows
of its training part, labels included, so that a dictionary beats every model. Here each column on its own is turned
into a score by the mean label of its value (or of its numeric bin) out of fold, and measured by AUC; and rows of the
last part of the days are looked up among those before.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.schemas.nested import children

COLUMN_LIMIT = 0.65
"""Most AUC that a single column may reach. A column that holds no tell has 0.5; the identity of senders and the goods
carry some truth in life as well, and no more than a third of schemes shows in any one of them."""
LOOK_UP_LIMIT = 0.57
"""Most AUC that looking up copies of earlier rows may reach: receivers come back, honest ones too."""
_FOLDS = 5
_BINS = 40
_PRIOR = 20.0


@dataclass(frozen=True)
class Shortcuts:
    """What each column gives away on its own, and what copies of earlier rows do."""

    columns: dict[str, float]
    look_ups: dict[str, float]

    def failures(self) -> list[str]:
        """Name what goes beyond its limit, with the figure."""
        over = [f"{name}: AUC {value:.3f}" for name, value in self.columns.items() if value > COLUMN_LIMIT]
        return over + [f"copies by {name}: AUC {v:.3f}" for name, v in self.look_ups.items() if v > LOOK_UP_LIMIT]


def auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half; 0.5 where one class is missing."""
    positives = int(labels.sum())
    if positives in (0, len(labels)):
        return 0.5
    _, position, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    total = float(ranks[position][labels].sum())
    return (total - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


def flatten(batch: pa.RecordBatch) -> pl.DataFrame:
    """Lay out the originals of a batch as plain columns, the first of each role and kind of nested elements too."""
    batch = batch.filter(pc.equal(batch.column("function"), str(MessageFunction.ORIGINAL)))
    columns: dict[str, pa.Array] = {}
    for name in batch.schema.names:
        if not pa.types.is_nested(batch.schema.field(name).type):
            columns[name] = batch.column(name)
    for name, key in (("parties", "role"), ("references", "type"), ("route", "role"), ("goods", "sequence")):
        columns |= _nested(batch, name, key)
    return pl.from_arrow(pa.table(columns))  # type: ignore[return-value]


def _nested(batch: pa.RecordBatch, name: str, key: str) -> dict[str, pa.Array]:
    row, elements = children(batch, name)
    keys = elements.field(key)
    wanted = [1] if name == "goods" else sorted(pc.unique(keys).to_pylist())
    found = {f"{name}.count": pa.array(np.bincount(row, minlength=batch.num_rows))}
    for one in wanted:
        mine = np.flatnonzero(pc.equal(keys, one).to_numpy(zero_copy_only=False))
        _, first = np.unique(row[mine], return_index=True)
        place = np.full(batch.num_rows, -1)
        place[row[mine[first]]] = mine[first]
        positions = pa.array(place, mask=place < 0)
        for part in elements.type:
            if part.name != key:
                found[f"{name}.{one}.{part.name}"] = elements.field(part.name).take(positions)
    return found


def _categories(values: pl.Series) -> np.ndarray:
    """Number the values of a column: each text, or the numeric bin of about equal size; missing is one of its own."""
    if values.dtype.is_temporal():
        values = values.dt.hour()
    if values.dtype.is_numeric() and values.n_unique() > _BINS * 2:
        known = values.drop_nulls().to_numpy()
        edges = np.unique(np.quantile(known, np.linspace(0, 1, _BINS + 1)[1:-1]))
        return np.where(values.is_null().to_numpy(), -1, np.searchsorted(edges, values.fill_null(0).to_numpy()))
    return values.hash(seed=1).to_numpy()


def column_auc(values: pl.Series, labels: np.ndarray, seed: int = 0) -> float:
    """Score each row by the mean label of its value among the rows of the other folds; give the AUC."""
    code = np.unique(_categories(values), return_inverse=True)[1]
    fold = np.random.default_rng(seed).integers(0, _FOLDS, len(labels))
    size = int(code.max()) + 1
    scores = np.empty(len(labels))
    for at in range(_FOLDS):
        others, own = fold != at, fold == at
        rows = np.bincount(code[others], minlength=size)
        finds = np.bincount(code[others], labels[others], minlength=size)
        prior = labels[others].mean()
        scores[own] = ((finds + prior * _PRIOR) / (rows + _PRIOR))[code[own]]
    return auc(labels, scores)


def look_up_auc(frame: pl.DataFrame, columns: list[str], labels: np.ndarray, early: np.ndarray) -> float:
    """Score later rows by the mean label of earlier rows that are equal in some columns; give the AUC."""
    key = frame.select(pl.struct(columns).hash(seed=1)).to_series().to_numpy()
    known = (
        pl.DataFrame({"key": key[early], "label": labels[early].astype(float)})
        .group_by("key")
        .agg(pl.col("label").mean())
    )
    later = pl.DataFrame({"key": key[~early]}).join(known, on="key", how="left", maintain_order="left")
    return auc(labels[~early], later["label"].fill_null(float(labels[early].mean())).to_numpy())


LOOK_UPS = {
    "goods": ["goods.1.hs", "goods.1.description", "goods.1.quantity"],
    "goods and value": ["goods.1.hs", "goods.1.quantity", "value"],
    "mass and value": ["net_mass_kg", "value"],
    "sender and goods": ["parties.consignor.name", "goods.1.hs"],
    "receiver": ["parties.consignee.name", "parties.consignee.address"],
}
"""What an earlier row must share with a later one to be called its copy."""


def measure(frame: pl.DataFrame, labels: np.ndarray, days: np.ndarray) -> Shortcuts:
    """Measure all columns of a flattened world, and copies across a split at 60 % of its days.

    ``labels`` says of each row whether it belongs to a scheme, ``days`` gives its day, counted from 0.
    """
    early = days < 0.6 * (days.max() + 1)
    single = {name: column_auc(frame[name], labels) for name in frame.columns}
    return Shortcuts(single, {name: look_up_auc(frame, columns, labels, early) for name, columns in LOOK_UPS.items()})
