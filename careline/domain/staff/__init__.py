"""The people of the house: agents, teams, roles, grants, API tokens.

Its words: agent, team, role, grant, scope, reach. It must not know of customers, channels or cases.
"""
