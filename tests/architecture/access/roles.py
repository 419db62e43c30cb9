"""Who visits, in the access table.

Alfa is a company that the partner in Zwickau looks after, and the table is written from its side: "member" wrote Alfa's request,
"mentor" was asked, "coordinator" works for the partner in Zwickau. The other ones have nothing to do with any of it.
"""

#: who, and how they stand to what the table is about
ROLES = {
    "anonymous": "has not signed in",
    "visitor": "has not signed in, and has begun to write a request",
    "unverified": "gave the right password, but has not confirmed the mail address",
    "joining": "says to belong to Alfa, which nobody has confirmed",
    "member": "belongs to Alfa, and wrote its request",
    "colleague": "belongs to Alfa",
    "other member": "belongs to another company",
    "mentor": "was asked by Alfa",
    "other mentor": "was asked by nobody",
    "editor": "edits the pages",
    "translator": "translates them",
    "coordinator": "works for Alfa's home partner",
    "other coordinator": "works for another partner",
    "administrator": "may do everything",
}
MEMBERS = ["joining", "member", "colleague", "other member", "mentor", "other mentor"]
COORDINATORS = ["coordinator", "other coordinator"]
#: several people in few words
GROUPS = {
    "everybody": list(ROLES),
    "signed out": ["anonymous", "visitor", "unverified"],
    "members": MEMBERS,
    "coordinators": COORDINATORS,
    "staff": ["editor", "translator", *COORDINATORS, "administrator"],
    "signed in": [*MEMBERS, "editor", "translator", *COORDINATORS, "administrator"],
}
#: the kinds of people, and the groups of which one of each kind stands for all of it
KINDS = ("signed out", "members", "staff")
ALIKE = (*KINDS, "everybody", "signed in")
