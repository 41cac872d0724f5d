"""Declarations of the WCO Data Model (version 3.6, message DEC) as XML.

``elements`` is the table of what is read and where it arrives; ``tree`` walks a message along it; ``documents`` takes
messages out of a stream safely; ``conversion`` makes a row of each; ``columns`` collects rows into Arrow batches.
"""
