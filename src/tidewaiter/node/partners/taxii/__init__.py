"""The TAXII 2.1 server: discovery, API root, inbox, status, for signed requests of active neighbours alone."""
