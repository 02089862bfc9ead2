"""Who must do what: duty statements, running text, headings that name a department, and the inherited issuer.

``statements`` finds what is said as a statement (label lines, closing brackets, table cells), ``clauses`` reads running
text, ``owners`` puts both together for every task of a document. What words mean which role is in
``knowledge/roles.yaml``.
"""
