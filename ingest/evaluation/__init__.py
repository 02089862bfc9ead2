"""How good extraction is: annotated texts beside what the pipeline reads in them. Nothing here changes what is read.

gold         the annotation format: reading it, and predictions in it
matching     which predicted span answers which annotated one
counts       hits, false hits, misses and what follows from them
spans, relations, attributes      one document scored
evaluate     a folder of annotations against a folder of texts
report       the figures as plain values
mistakes     misses and false hits with their surroundings
"""

from ingest.evaluation.counts import Counts
from ingest.evaluation.evaluate import Evaluation, evaluate
from ingest.evaluation.gold import Annotation, predicted, read_gold
from ingest.evaluation.mistakes import Mistake
from ingest.evaluation.report import figures, rows

__all__ = ["Annotation", "Counts", "Evaluation", "Mistake", "evaluate", "figures", "predicted", "read_gold", "rows"]
