"""Mappings: how the columns of a foreign table become consignments."""

from tidewaiter.intake.mapping.apply import Origin, Table, apply_mapping, group_starts
from tidewaiter.intake.mapping.language import Mapping, MappingError, parse_mapping
from tidewaiter.intake.mapping.shipped import fits, for_header, load_mapping, mapping_for, shipped_mappings

__all__ = [
    "Mapping",
    "MappingError",
    "Origin",
    "Table",
    "apply_mapping",
    "fits",
    "for_header",
    "group_starts",
    "load_mapping",
    "mapping_for",
    "parse_mapping",
    "shipped_mappings",
]
