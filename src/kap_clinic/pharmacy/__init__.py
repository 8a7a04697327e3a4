"""Pharmacy: the safe of each site, its containers, what was drawn for orders, and every movement, chained.

What: receiving, drawing up by two, giving (joined by the dosing day), wasting before a witness, counting.
For: the two people who draw up, the custodian who keeps the safe, the inspector who reads.
Must not: decide what a dose should be (orders and kap.dosing do), or hold drug at an unregistered place.
"""
