"""The people who work here: what their role allows and which credentials they hold on a day.

Decides: who may do what; whether a credential is valid on a day and what is missing for a task.
For: permissions of every page and action; assignment to sessions, retreats and orders.
Must not import: any room but vocabulary and histories.
"""
