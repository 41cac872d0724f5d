"""Maps and charts with their tables."""

from typing import Any

from django.template import Library

from tidewaiter.node.ui.drawing import charts, maps
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.tables import Table

register = Library()


@register.inclusion_tag("ui/components/map.html")
def lane_map(map: maps.LaneMap, table: Table, open: bool = False) -> dict[str, Any]:
    """`{% lane_map route legs %}`: a `LaneMap` and the `Table` that says the same; `open` shows the table at once."""
    return {"drawn": maps.draw(map), "table": table, "open": open}


@register.inclusion_tag("ui/components/bars.html")
def bar_chart(chart: charts.Bars, table: Table) -> dict[str, Any]:
    """`{% bar_chart finds twin %}`: a `Bars` and its table."""
    return {"chart": chart, "bars": charts.bars(chart, tag()), "table": table}


@register.inclusion_tag("ui/components/chart.html")
def line_chart(chart: charts.Line, table: Table | None = None) -> dict[str, Any]:
    """`{% line_chart weekly twin %}`: a `Line` and its table; a multiple whose table stands for all leaves it out."""
    return {"picture": charts.line(chart, tag()), "table": table}


@register.inclusion_tag("ui/components/chart.html")
def calendar(chart: charts.Calendar) -> dict[str, Any]:
    """`{% calendar clocks %}`: several clocks on one calendar; the chips below it are its table."""
    return {"picture": charts.calendar(chart, tag()), "table": None, "wide": True}
