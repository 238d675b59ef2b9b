"""Capacities: which roles are one role in other words, and in which fields of public life they lie.

Pure functions over the roles that the extraction finds; nothing here knows a database.
"""

from quotes.capacities.fields import fields_conflict, fields_of
from quotes.capacities.grouping import group_roles, preferred_label, same_role
from quotes.capacities.titles import normal_title

__all__ = ["fields_conflict", "fields_of", "group_roles", "normal_title", "preferred_label", "same_role"]
