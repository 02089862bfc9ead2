"""From files to facts: loaders, the extraction pipeline and its knowledge, assembly, and the load job.

Imports ``graph`` only. Nothing here asks questions of the graph but what loading itself needs.
"""
