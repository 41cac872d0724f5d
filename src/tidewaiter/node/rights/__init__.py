"""The register of rights: whose mark, under which number, how to recognise it, whom to call."""
