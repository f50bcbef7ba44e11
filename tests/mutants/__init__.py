"""Emulators that are wrong on purpose, made by machine from the documents and the wiring.

`python -m tests.mutants` plays the conformance cases against each: a mutant that no case notices is a promise that
nobody checks. Each module of `kinds` makes mutants of one sort; `survivors.yaml` lists those that are known to live.
"""
