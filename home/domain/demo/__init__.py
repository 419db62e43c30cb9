"""The demo: content, people and companies from the files in home/demo, so that a newcomer stands in a living portal.

Everything has a key, so a second run adds only what is missing.
"""
