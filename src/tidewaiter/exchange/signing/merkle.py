"""Merkle trees as in RFC 6962 section 2.1 (RFC 9162): root, path of each leaf, and the root that a path leads to."""

import hashlib
from collections.abc import Sequence


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf; its prefix differs from that of a node, so that neither can pass for the other."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_and_paths(leaves: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """The root over these leaf hashes, and for each leaf its path, from the leaf upwards.

    The root of no leaves is the hash of nothing (RFC 6962).
    """
    if not leaves:
        return hashlib.sha256().digest(), []
    if len(leaves) == 1:
        return leaves[0], [[]]
    half = _split(len(leaves))
    left, left_paths = root_and_paths(leaves[:half])
    right, right_paths = root_and_paths(leaves[half:])
    for path in left_paths:
        path.append(right)
    for path in right_paths:
        path.append(left)
    return node_hash(left, right), left_paths + right_paths


def root_of_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which the path leads from the leaf at ``index`` of ``size``; None for a path of a wrong length."""
    if not 0 <= index < size:
        return None
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    half = _split(size)
    if index < half:
        below = root_of_path(leaf, index, half, path[:-1])
        return None if below is None else node_hash(below, path[-1])
    below = root_of_path(leaf, index - half, size - half, path[:-1])
    return None if below is None else node_hash(path[-1], below)


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
