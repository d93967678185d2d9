"""Search of everything that a person may see.

`asked.py` reads a query and makes conditions of it (`words.py` those on text, `operators.py` names the operators, `conditions.py`
says what each means); `cases.py` finds messages and cases, `people.py` customers and companies, `everything.py` puts them
together, mends spelling and makes hits of them (`hits.py`); `suggestions.py` answers while somebody types.
A kind that comes later (articles, canned replies) is a module with a `found(…)` of its own, named in `everything.OTHERS`.
"""
