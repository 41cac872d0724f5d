"""The demonstration: three nodes, a synthetic world, a joint operation from plan to statement, then a live one.

`director` plays the script in processes that each belong to one node (`actor`); what crosses between nodes goes by the
nodes' own exchange. Nothing here writes to a node but through its services.
"""
