"""Reading joint operations. ``result`` is what `tidewaiter demo --json` asks: import it from ``queries.result``."""
