"""What was promised to customers: which policy holds for a case, its clocks, their pauses, what was kept and what was broken.

Owns policies, clocks and the ledger. Its words: policy (who gets which promise), promise or target (so much time for one
kind of answer), clock (one promise that runs on one case), ledger (what became of each clock, step by step), measure (how
time is counted: on the wall or by a calendar). It must not know who works on a case, nor how a list is shown.
"""
