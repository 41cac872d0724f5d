"""One file a format. A module here that defines ``READER`` is a format that Tidewaiter reads."""
