"""Why something was rejected, in a sentence in the language of the page: what the reason means, where, and which field.

The reader's own message is English and technical; it stands beside the sentence, not in its place.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES: Final[Mapping[str, Promise]] = {
    "unreadable_file": gettext_lazy("The file cannot be opened or read."),
    "not_a_file": gettext_lazy("This is a link, device or pipe, not a file."),
    "link_loop": gettext_lazy("The folder is a link to a folder that contains it."),
    "truncated_input": gettext_lazy("The input ends too early; what came before was read."),
    "corrupt_compression": gettext_lazy("The compressed data are damaged; what came before was read."),
    "corrupt_archive": gettext_lazy("The archive is damaged; the members before the damage were read."),
    "nested_archive": gettext_lazy("An archive within an archive is not opened."),
    "corrupt_file": gettext_lazy("The file is damaged."),
    "unknown_format": gettext_lazy("No reader knows this format."),
    "unknown_schema": gettext_lazy("The columns are not those of a consignment."),
    "unknown_message": gettext_lazy("The message is not a declaration."),
    "unsupported_version": gettext_lazy("This version of the format is not supported."),
    "invalid_mapping": gettext_lazy("The mapping is not valid."),
    "no_mapping": gettext_lazy("No mapping fits the header; name one."),
    "missing_column": gettext_lazy("A column that the mapping needs is missing."),
    "duplicate_header": gettext_lazy("A column that the mapping uses occurs more than once."),
    "wrong_encoding": gettext_lazy("The text is not in the encoding of its file."),
    "embedded_null": gettext_lazy("The row holds a null character."),
    "wrong_field_count": gettext_lazy("The row has more or fewer fields than the header."),
    "malformed_quote": gettext_lazy("Text follows a closing quotation mark."),
    "unclosed_quote": gettext_lazy("A quotation mark is not closed."),
    "field_too_long": gettext_lazy("A field is longer than allowed."),
    "row_too_long": gettext_lazy("The row is longer than allowed."),
    "malformed_json": gettext_lazy("The line is not valid JSON."),
    "malformed_xml": gettext_lazy("The message is not well-formed XML."),
    "forbidden_entity": gettext_lazy("The message declares entities or a document type, which are never resolved."),
    "wrong_structure": gettext_lazy("An element does not have the shape that its place asks for."),
    "too_deep": gettext_lazy("The message is nested too deeply."),
    "duplicate_key": gettext_lazy("A key occurs twice in one object."),
    "duplicate_message": gettext_lazy("The same message was read before."),
    "missing_required": gettext_lazy("A required value is missing."),
    "no_identity": gettext_lazy("The row names no declaration, no other reference and no goods."),
    "too_many_items": gettext_lazy("The declaration has more rows than any customs system takes."),
}
"""The sentences of `intake.rejects.SENTENCES`, by reason."""

_OF_FIELD: Final[Mapping[str, tuple[re.Pattern[str], Promise]]] = {
    "missing_column": (
        re.compile(r'needs the columns (".+"), which'),
        gettext_lazy("The mapping needs the column %(field)s, which is missing."),
    ),
    "duplicate_header": (
        re.compile(r'more than one column (".+")'),
        gettext_lazy("The column %(field)s, which the mapping uses, occurs more than once."),
    ),
    "duplicate_key": (
        re.compile(r'the key (".*") occurs'),
        gettext_lazy("The key %(field)s occurs twice in one object."),
    ),
    "missing_required": (
        re.compile(r"required but null: ([a-z_, ]+)$"),
        gettext_lazy("The required value of %(field)s is missing."),
    ),
}
"""Where the reader's message names the field: how, and the sentence that names it too."""

_ROW = re.compile(r"(line )?([0-9]+)")


def sentence(code: str, position: str, message: str) -> str:
    """Say why something at ``position`` was rejected. ``message`` is the reader's own, from which the field comes.

    The message itself for a reason that is new.
    """
    if code not in SENTENCES:
        return message
    words = str(SENTENCES[code])
    if code in _OF_FIELD:
        pattern, of_field = _OF_FIELD[code]
        named = pattern.search(message)
        if named is not None:
            words = str(of_field) % {"field": named[1]}
    row = _ROW.fullmatch(position)
    if row is None:
        return words
    where = _("Line %(position)s: %(sentence)s") if row[1] else _("Row %(position)s: %(sentence)s")
    return where % {"position": row[2], "sentence": words}
