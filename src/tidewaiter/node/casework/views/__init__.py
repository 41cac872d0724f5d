"""The pages of controls and cases: they parse, call a query or a service, and render."""
