"""Which messages can have to do with each other at all."""

import numpy as np
import numpy.typing as npt

__all__ = ["components"]

Numbers = npt.NDArray[np.int64]


def components(message: Numbers, name: npt.NDArray[np.uint64], messages: int) -> Numbers:
    """Give for each of ``messages`` (counted from 0) the smallest message that it is linked to, through any others.

    Two messages are linked by a name that both bear; ``message`` and ``name`` have one entry for each name of each
    message. Rounds of halving: their number grows with the logarithm of the longest chain.
    """
    label = np.arange(messages, dtype=np.int64)
    if message.size == 0:
        return label
    order = np.argsort(name, kind="stable")
    message = message[order]
    starts = np.flatnonzero(np.concatenate([[True], name[order][1:] != name[order][:-1]]))
    lengths = np.diff(np.append(starts, message.size))
    while True:
        smallest = np.repeat(np.minimum.reduceat(label[message], starts), lengths)
        lower = label.copy()
        # The label of a message is one too: what it learns, all that carry it learn.
        np.minimum.at(lower, label[message], smallest)
        np.minimum.at(lower, message, smallest)
        while not np.array_equal(lower[lower], lower):
            lower = lower[lower]
        if np.array_equal(lower, label):
            return label
        label = lower
