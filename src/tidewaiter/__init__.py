"""Tidewaiter: software for neighbouring customs administrations that enforce intellectual property rights together."""

__version__ = "0.1.0"
