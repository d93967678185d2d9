"""Rules of the company that press buttons: triggers, time rules, recurring cases, and the log of what each did and why not.

Owns rules, their runs, where time rules stand, and schedules. Its words: rule, condition, fact, action, run, chain, standing,
schedule. It must not know how an action is done (that is automation's, by the same flows as people).
"""
