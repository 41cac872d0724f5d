"""What administrations send one another: the objects, who may have them, how they are signed and delivered.

Pure rules and codecs. Storing, sending and showing is the node's business.
"""
