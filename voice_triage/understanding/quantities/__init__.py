"""Numbers and times in a reply: found and reckoned by rules, chosen by what was learned."""
