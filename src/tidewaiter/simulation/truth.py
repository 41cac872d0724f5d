"""The sealed truth: what is really so, kept in a folder of its own."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from tidewaiter.schemas.versioned import field, versioned
from tidewaiter.simulation.columns import pool, take
from tidewaiter.simulation.draft import NOTHING, Draft
from tidewaiter.simulation.schemes.family import Scheme
from tidewaiter.simulation.schemes.plan import ROLES

TRUTH = versioned(
    "simulation_truth",
    1,
    [
        field("consignment_id", pa.string(), "consignment", required=True),
        field("infringing", pa.bool_(), "belongs to a planted scheme", required=True),
        field("scheme", pa.string(), "planted scheme; null for honest consignments"),
        field("family", pa.string(), "family of the scheme"),
        field("role", pa.string(), "what the consignment is within the scheme"),
        field("tactic", pa.string(), "tactic of the scheme"),
        field("difficulty", pa.int8(), "1 easy to 3 hard: how often the tell is visible"),
        field("split", pa.string(), "open (to tune on), sealed (parameters unseen), unseen (family unseen)"),
        field("consignor_entity", pa.int64(), "who the consignor really is; the same number is the same entity"),
        field("consignee_entity", pa.int64(), "who the consignee really is"),
        field("declarant_entity", pa.int64(), "who the declarant really is"),
        field("synthetic", pa.bool_(), "true", required=True),
    ],
)

README = """\
SYNTHETIC, SEALED. Never join this folder to anything that trains, tunes or selects.

day=*/part-0.parquet  for each consignment of the world: the scheme it belongs to, and who its parties really are
schemes.json          the schemes: family, tactic, difficulty, days, entities, split

Open it once, to judge a finished list; report per family and per split, beside a random list of the same length.
Schemes of the split "open" may be looked at while building; "sealed" and "unseen" may not.
"""


def batch(draft: Draft, numbers: pa.Array, schemes: tuple[Scheme, ...]) -> pa.RecordBatch:
    """Write the truth of a day's consignments, given their numbers in order."""
    scheme = draft.truth.scheme
    honest = scheme == NOTHING
    position = np.where(honest, 0, scheme)

    def of_scheme(texts: list[str]) -> pa.Array:
        return take(pool(texts or [""]), position, honest)

    difficulty = np.array([s.difficulty for s in schemes] or [0], np.int8)[position]
    columns = [
        numbers,
        pa.array(~honest),
        of_scheme([s.id for s in schemes]),
        of_scheme([s.family for s in schemes]),
        take(pool(ROLES), np.where(honest, 0, draft.truth.role), honest),
        of_scheme([s.tactic for s in schemes]),
        pa.array(difficulty, mask=honest),
        of_scheme([s.split for s in schemes]),
        pa.array(draft.consignor),
        pa.array(draft.consignee),
        pa.array(draft.agent),
        pa.array(np.ones(draft.rows, bool)),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=TRUTH)


def write_schemes(folder: Path, schemes: tuple[Scheme, ...], start: date) -> None:
    """Write what the schemes are, and the warning."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(README, encoding="utf-8")
    rows = []
    for scheme in schemes:
        row = asdict(scheme)
        row["cast"] = {role: [int(one) for one in ids] for role, ids in scheme.cast.entities.items()}
        row["first"] = (start + timedelta(days=scheme.first)).isoformat()
        row["last"] = (start + timedelta(days=scheme.last)).isoformat()
        rows.append(row)
    text = json.dumps({"synthetic": True, "schemes": rows}, indent=1, ensure_ascii=False)
    (folder / "schemes.json").write_text(text + "\n", encoding="utf-8")
