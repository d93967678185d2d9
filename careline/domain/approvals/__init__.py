"""What people may promise: limits of authority, company procedures as data, requests for a decision.

Owns limits, exchange rates, versions of the policy, what was decided and what was given, and who is asked. Its words: action
(refund, goodwill …), facts, decision, authority, request. What an action is about is a (kind, key): it must not know cases,
orders, or how anything is carried out.
"""
