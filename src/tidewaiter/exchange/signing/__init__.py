"""Signatures: one over each batch of objects, one over each request between nodes.

``sign_batch(objects, key)`` gives a ``SignedBatch``, ``verify_batch(batch, keys)`` a ``VerifiedBatch`` with a proof for
each object; ``sign_request`` and ``verify_request`` are HTTP message signatures (RFC 9421). What does not hold raises
``Refused``.
"""

from tidewaiter.exchange.refusal import Reason, Refused
from tidewaiter.exchange.signing.batch import (
    Proof,
    RefusedObject,
    Seal,
    SignedBatch,
    VerifiedBatch,
    VerifiedObject,
    sign_batch,
    verify_batch,
    verify_object,
)
from tidewaiter.exchange.signing.keys import KeyRing, PublicKey, Signer, SigningKey
from tidewaiter.exchange.signing.requests import Request, VerifiedRequest, sign_request, verify_request

__all__ = [
    "KeyRing",
    "Proof",
    "PublicKey",
    "Reason",
    "Refused",
    "RefusedObject",
    "Request",
    "Seal",
    "SignedBatch",
    "Signer",
    "SigningKey",
    "VerifiedBatch",
    "VerifiedObject",
    "VerifiedRequest",
    "sign_batch",
    "sign_request",
    "verify_batch",
    "verify_object",
    "verify_request",
]
