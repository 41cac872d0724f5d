"""Periodic work of casework."""

from tidewaiter.node import clock
from tidewaiter.node.casework.services import uploads

clock.every(86_400, "casework.forget_uploads", uploads.forget)
