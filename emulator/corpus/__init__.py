"""The patents of the emulated world: what a record has to be, what it says in three languages, and how it is found.

Knows nothing of accounts, operations or requests; who may see which patents is told by others.
"""
