"""What identifies a message and a consignment.

A message is one row group or document of an input; a consignment is what all versions of one declaration speak of.
Both are strings that stay the same when the same input is read again.
"""

import hashlib

import polars as pl

DIGEST_CHARACTERS = 16
"""64 bits of SHA-256: in a run over a million files the chance of any two colliding is below one in ten million."""

TRANSPORT_REFERENCES = ("house_bill", "air_waybill", "postal_item", "courier_tracking")
"""Types of reference that stand for the consignment where no declaration is named, best first."""


def source_digest(source_name: str) -> str:
    """Shorten the name of a source to a digest that starts the ids of its messages.

    The whole name counts, not its last part: two folders may hold files of the same name.
    """
    return hashlib.sha256(source_name.encode("utf-8", "surrogateescape")).hexdigest()[:DIGEST_CHARACTERS]


def message_id(source_name: str, position: str | int) -> str:
    """Name a message by its source and its position there."""
    return f"{source_digest(source_name)}-{position}"


def message_ids(source_name: str, positions: pl.Expr) -> pl.Expr:
    """Name messages by their source and their positions there (any type that casts to text)."""
    return pl.concat_str(pl.lit(source_digest(source_name) + "-"), positions.cast(pl.String))


def consignment_id(
    administration: str,
    message: str,
    *,
    declaration_number: str | None = None,
    functional_reference: str | None = None,
    declarant: str | None = None,
    transport: tuple[str, str] | None = None,
) -> str:
    """Name the consignment that a message speaks of.

    The declaration number does if there is one; else the functional reference, which is unique for its declarant
    only; else ``transport``, the type (of `TRANSPORT_REFERENCES`) and value of the reference on the parcel; else the
    consignment is named after its ``message``. All but the declaration number carry their type, so that a house bill
    that happens to equal a declaration number is not another version of that declaration.
    """
    if declaration_number:
        return f"{administration}:{declaration_number}"
    if functional_reference:
        return f"{administration}:functional_reference:{declarant or ''}/{functional_reference}"
    if transport is not None:
        return f"{administration}:{transport[0]}:{transport[1]}"
    return f"{administration}:message:{message}"


def consignment_ids(
    administration: pl.Expr,
    message: pl.Expr,
    *,
    declaration_number: pl.Expr | None = None,
    functional_reference: pl.Expr | None = None,
    declarant: pl.Expr | None = None,
    transport: dict[str, pl.Expr] | None = None,
) -> pl.Expr:
    """Name consignments in bulk, by the same rule as `consignment_id`; a null or empty text counts as absent."""
    choices: list[pl.Expr] = []
    if declaration_number is not None:
        choices.append(pl.concat_str(administration, pl.lit(":"), _present(declaration_number)))
    if functional_reference is not None:
        scope = pl.lit("") if declarant is None else declarant.fill_null("")
        reference = _present(functional_reference)
        choices.append(pl.concat_str(administration, pl.lit(":functional_reference:"), scope, pl.lit("/"), reference))
    for kind in TRANSPORT_REFERENCES:
        if transport and kind in transport:
            choices.append(pl.concat_str(administration, pl.lit(f":{kind}:"), _present(transport[kind])))
    choices.append(pl.concat_str(administration, pl.lit(":message:"), message))
    return pl.coalesce(choices)


def _present(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
