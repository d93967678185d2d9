"""The complaints register: what was expressed as dissatisfaction, its clocks, investigation, redress and closure (ISO 10002).

It knows cases, orders and approvals from above; none of them knows it.
"""
