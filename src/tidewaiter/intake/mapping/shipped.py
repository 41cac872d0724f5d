"""The mappings that come with Tidewaiter, and how one is chosen."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from tidewaiter.intake.mapping.language import Mapping, MappingError, parse_mapping
from tidewaiter.intake.mapping.targets import parse_target


@cache
def shipped_mappings() -> dict[str, Mapping]:
    """Give the mappings in ``intake/mappings``, by name."""
    folder = files("tidewaiter.intake").joinpath("mappings")
    found = [
        parse_mapping(file.read_text(encoding="utf-8"), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    return {mapping.name: mapping for mapping in found}


def load_mapping(name_or_path: str) -> Mapping:
    """Give a shipped mapping by its name, or read one from a file. Raises `MappingError`."""
    shipped = shipped_mappings()
    if name_or_path in shipped:
        return shipped[name_or_path]
    try:
        text = Path(name_or_path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        names = ", ".join(shipped)
        words = f"{name_or_path}: no such mapping; give the path of a TOML file or one of: {names} ({error})"
        raise MappingError(words) from error
    return parse_mapping(text, name_or_path)


def mapping_for(header: Sequence[str]) -> Mapping | None:
    """Recognise a shipped mapping by the names of the columns; None where none fits."""
    return next((mapping for mapping in shipped_mappings().values() if fits(mapping, header)), None)


def fits(mapping: Mapping, header: Sequence[str]) -> bool:
    """Say whether a header is the one that the mapping was written for."""
    if mapping.columns_are_targets:
        targets = [parse_target(name) for name in header]
        return all(targets) and any(
            target is not None and target.section in ("references", "goods") for target in targets
        )
    return bool(mapping.recognise) and set(mapping.recognise) <= set(header)


def for_header(mapping: Mapping, header: Sequence[str]) -> Mapping:
    """Complete a mapping whose columns are named after their targets with the columns that are there.

    Raises `MappingError` for a name that is no target.
    """
    if not mapping.columns_are_targets:
        return mapping
    columns = []
    for name in header:
        target = parse_target(name)
        if target is None:
            raise MappingError(f'the column "{name}" is no target of the mapping language')
        columns.append(replace(mapping.defaults, source=name, target=target))
    by, also = (tuple(name for name in names if name in header) for names in (mapping.group, mapping.group_also))
    return replace(mapping, columns=tuple(columns), group=by, group_also=also)
