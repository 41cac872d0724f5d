"""Reading lanes, deliveries and receipts."""
