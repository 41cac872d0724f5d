"""Why a row, a message or a whole input was refused: the closed list of reasons, and the rows that say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from tidewaiter.intake.reading import ReadBatch
from tidewaiter.schemas import CONSIGNMENT, REJECT

RAW_BYTES = 64 * 1024
"""The raw text of a reject is cut after this many bytes of UTF-8."""


class Reason(StrEnum):
    """Reason of a reject. `SENTENCES` has the words."""

    UNREADABLE_FILE = "unreadable_file"
    NOT_A_FILE = "not_a_file"
    LINK_LOOP = "link_loop"
    TRUNCATED_INPUT = "truncated_input"
    CORRUPT_COMPRESSION = "corrupt_compression"
    CORRUPT_ARCHIVE = "corrupt_archive"
    NESTED_ARCHIVE = "nested_archive"
    CORRUPT_FILE = "corrupt_file"
    UNKNOWN_FORMAT = "unknown_format"
    UNKNOWN_SCHEMA = "unknown_schema"
    UNKNOWN_MESSAGE = "unknown_message"
    UNSUPPORTED_VERSION = "unsupported_version"
    INVALID_MAPPING = "invalid_mapping"
    NO_MAPPING = "no_mapping"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_HEADER = "duplicate_header"
    WRONG_ENCODING = "wrong_encoding"
    EMBEDDED_NULL = "embedded_null"
    WRONG_FIELD_COUNT = "wrong_field_count"
    MALFORMED_QUOTE = "malformed_quote"
    UNCLOSED_QUOTE = "unclosed_quote"
    FIELD_TOO_LONG = "field_too_long"
    ROW_TOO_LONG = "row_too_long"
    MALFORMED_JSON = "malformed_json"
    MALFORMED_XML = "malformed_xml"
    FORBIDDEN_ENTITY = "forbidden_entity"
    WRONG_STRUCTURE = "wrong_structure"
    TOO_DEEP = "too_deep"
    DUPLICATE_KEY = "duplicate_key"
    DUPLICATE_MESSAGE = "duplicate_message"
    MISSING_REQUIRED = "missing_required"
    NO_IDENTITY = "no_identity"
    TOO_MANY_ITEMS = "too_many_items"


SENTENCES: dict[Reason, str] = {
    Reason.UNREADABLE_FILE: "The file cannot be opened or read.",
    Reason.NOT_A_FILE: "This is a link, device or pipe, not a file.",
    Reason.LINK_LOOP: "The folder is a link to a folder that contains it.",
    Reason.TRUNCATED_INPUT: "The input ends too early; what came before was read.",
    Reason.CORRUPT_COMPRESSION: "The compressed data are damaged; what came before was read.",
    Reason.CORRUPT_ARCHIVE: "The archive is damaged; the members before the damage were read.",
    Reason.NESTED_ARCHIVE: "An archive within an archive is not opened.",
    Reason.CORRUPT_FILE: "The file is damaged.",
    Reason.UNKNOWN_FORMAT: "No reader knows this format.",
    Reason.UNKNOWN_SCHEMA: "The columns are not those of a consignment.",
    Reason.UNKNOWN_MESSAGE: "The message is not a declaration.",
    Reason.UNSUPPORTED_VERSION: "This version of the format is not supported.",
    Reason.INVALID_MAPPING: "The mapping is not valid.",
    Reason.NO_MAPPING: "No mapping fits the header; name one.",
    Reason.MISSING_COLUMN: "A column that the mapping needs is missing.",
    Reason.DUPLICATE_HEADER: "A column that the mapping uses occurs more than once.",
    Reason.WRONG_ENCODING: "The text is not in the encoding of its file.",
    Reason.EMBEDDED_NULL: "The row holds a null character.",
    Reason.WRONG_FIELD_COUNT: "The row has more or fewer fields than the header.",
    Reason.MALFORMED_QUOTE: "Text follows a closing quotation mark.",
    Reason.UNCLOSED_QUOTE: "A quotation mark is not closed.",
    Reason.FIELD_TOO_LONG: "A field is longer than allowed.",
    Reason.ROW_TOO_LONG: "The row is longer than allowed.",
    Reason.MALFORMED_JSON: "The line is not valid JSON.",
    Reason.MALFORMED_XML: "The message is not well-formed XML.",
    Reason.FORBIDDEN_ENTITY: "The message declares entities or a document type, which are never resolved.",
    Reason.WRONG_STRUCTURE: "An element does not have the shape that its place asks for.",
    Reason.TOO_DEEP: "The message is nested too deeply.",
    Reason.DUPLICATE_KEY: "A key occurs twice in one object.",
    Reason.DUPLICATE_MESSAGE: "The same message was read before.",
    Reason.MISSING_REQUIRED: "A required value is missing.",
    Reason.NO_IDENTITY: "The row names no declaration, no other reference and no goods.",
    Reason.TOO_MANY_ITEMS: "The declaration has more rows than any customs system takes.",
}
"""What each reason means, in one sentence."""


@dataclass(frozen=True, slots=True)
class Reject:
    """One refused row, message or input.

    ``message`` says what is wrong with this one; empty, the sentence of the reason stands for it.
    """

    code: Reason
    source_file: str
    source_position: str
    message: str = ""
    raw: str | bytes = ""


def reject_batch(rows: Iterable[Reject]) -> pa.RecordBatch:
    """Build a batch of ``schemas.REJECT`` from refused rows; the raw text is cut after 64 KiB.

    Bytes that are not UTF-8, and lone surrogates, are shown as ``\\xNN`` and ``\\uNNNN``.
    """
    kept = list(rows)
    columns = [
        pa.array([str(row.code) for row in kept], pa.string()),
        pa.array([_clean(row.message or SENTENCES[row.code], RAW_BYTES) for row in kept], pa.string()),
        pa.array([_clean(row.source_file, RAW_BYTES) for row in kept], pa.string()),
        pa.array([row.source_position for row in kept], pa.string()),
        pa.array([_clean(row.raw, RAW_BYTES) for row in kept], pa.large_string()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=REJECT)


def only_rejects(rows: Iterable[Reject]) -> ReadBatch:
    """Build a batch in which every row was refused."""
    rejects = reject_batch(rows)
    return ReadBatch(read=rejects.num_rows, accepted=0, consignments=no_consignments(), rejects=rejects)


def no_consignments() -> pa.RecordBatch:
    """Give an empty batch of ``schemas.CONSIGNMENT``."""
    return pa.RecordBatch.from_pylist([], schema=CONSIGNMENT)


def _clean(text: str | bytes, limit: int) -> str:
    if isinstance(text, str):
        text = text[:limit].encode("utf-8", "backslashreplace")
    elif len(text) > limit:
        text = text[:limit]
    shown = text.decode("utf-8", "backslashreplace").encode()
    return shown[:limit].decode("utf-8", "ignore")
