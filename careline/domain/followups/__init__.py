"""What comes after an answer: follow-ups that are owed to customers, and voices, the suggestions, praise and reviews they give.

A *follow-up* has an owner, a kind and a date, and ends with an outcome; a *voice* is counted by the cases that raise it (its
*votes*); a *review* stands in public elsewhere and is answered as a case. It knows no surveys: what a low score sets off is a flow.
"""
