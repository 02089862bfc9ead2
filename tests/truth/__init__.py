"""Documents of which everything is known: texts generated from a specification, and texts written by hand.

Nothing here knows the rules of extraction or resolution, and nothing may. What is true is said in
``specification.yaml`` and ``hand/annotations.yaml``; how it is worded, in ``wording.yaml`` and in the texts
of ``hand``. ``scoring`` compares a prediction with it.
``python -m tests.truth OUT_DIR`` writes texts and truth.
"""
